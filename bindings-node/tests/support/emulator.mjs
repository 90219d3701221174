// A project on a local Appwrite for a test file.

import { fileURLToPath } from "node:url";
import { Client } from "polywrite";
import { emulator } from "polywrite/testing";

process.env.POLYWRITE_CLI ??= fileURLToPath(new URL("../../../target/debug/polywrite", import.meta.url));

/**
 * Makes one, which ends with this process, and returns its endpoint, ID and key. With `./dev test --live` the tests call
 * the server that the environment names instead. POLYWRITE_LIKE makes it like an older one.
 */
export async function startEmulator(options) {
    const { POLYWRITE_LIVE, APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID, APPWRITE_API_KEY } = process.env;
    if (POLYWRITE_LIVE) return { endpoint: APPWRITE_ENDPOINT, project: APPWRITE_PROJECT_ID, key: APPWRITE_API_KEY };
    const like = process.env.POLYWRITE_LIKE ?? "1.9";
    const started = await (options || like !== "1.9" ? emulator.start({ like, ...options }) : emulator.shared());
    const { endpoint, projectId, key } = await started.project();
    return { endpoint, project: projectId, key, caCertificate: started.certificate };
}

/** Why a test is skipped, as `skip` expects it: the server of `./dev test --live` has no such thing. */
export const lacking = (kind) =>
    (process.env.POLYWRITE_LACKS ?? "").split(" ").includes(kind) && `this server lacks ${kind}`;

/** A client of it that may do everything. */
export const adminOf = ({ endpoint, project, key }) => new Client({ endpoint, project, key });

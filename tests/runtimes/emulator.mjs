// A project on a local Appwrite for the programs, which ends with this process.

import { fileURLToPath } from "node:url";
import { emulator } from "../../bindings-node/dist/testing.mjs";

process.env.POLYWRITE_CLI ??= fileURLToPath(new URL("../../target/debug/polywrite", import.meta.url));

/** Makes one and returns its endpoint, ID and key. */
export async function startEmulator(options) {
    const { endpoint, projectId, key } = await emulator.project(options);
    return { endpoint, project: projectId, key };
}

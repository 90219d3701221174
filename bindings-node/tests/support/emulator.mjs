// A local Appwrite of its own for a test file.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { after } from "node:test";
import { Client } from "polywrite";

const binary = fileURLToPath(new URL("../../../target/debug/polywrite-emulator", import.meta.url));

/**
 * Starts it, to end with the tests of this file, and returns its endpoint, project and key. With `./dev test --live` the
 * tests call the server that the environment names instead. POLYWRITE_LIKE makes it like an older one.
 */
export async function startEmulator(...options) {
    const { POLYWRITE_LIVE, APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID, APPWRITE_API_KEY } = process.env;
    if (POLYWRITE_LIVE) return { endpoint: APPWRITE_ENDPOINT, project: APPWRITE_PROJECT_ID, key: APPWRITE_API_KEY };
    if (!existsSync(binary)) throw new Error("build the emulator first: cargo build -p polywrite-emulator");
    const like = ["--like", process.env.POLYWRITE_LIKE ?? "newest"];
    const child = spawn(
        binary,
        ["--project", "tests", "--port", "0", "--no-rate-limits", "--json", ...like, ...options],
        {
            stdio: ["ignore", "pipe", "inherit"],
        },
    );
    after(() => child.kill());
    for await (const line of createInterface({ input: child.stdout })) {
        child.stdout.resume();
        return JSON.parse(line);
    }
    throw new Error("the emulator ended before it was ready");
}

/** Why a test is skipped, as `skip` expects it: the server of `./dev test --live` has no such thing. */
export const lacking = (kind) =>
    (process.env.POLYWRITE_LACKS ?? "").split(" ").includes(kind) && `this server lacks ${kind}`;

/** A client of it that may do everything. */
export const adminOf = ({ endpoint, project, key }) => new Client({ endpoint, project, key });

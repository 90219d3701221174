// Other runtimes with the same package and library: those of Bun and Deno that are installed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { startEmulator } from "./support/emulator.mjs";

const smoke = fileURLToPath(new URL("support/smoke.mjs", import.meta.url));
const server = await startEmulator();
const expected = [
    "call Ada",
    "64 at once true",
    "error user_not_found",
    "failed argument",
    "abort enough",
    "bytes 100 true true true",
    "stream 100 true true true",
    "file 100 true true true",
    "left [object Object] false",
    "deleted",
];

for (const [name, ...options] of [[process.execPath], ["bun"], ["deno", "run", "--allow-all"]]) {
    if (spawnSync(name, ["--version"]).error) continue;
    test(`${name} makes calls, moves files and ends`, { timeout: 60_000 }, () => {
        const env = { ...process.env, SERVER: JSON.stringify(server) };
        const { stdout, stderr, status } = spawnSync(name, [...options, smoke], {
            env,
            encoding: "utf8",
            timeout: 50_000,
        });
        assert.deepEqual(stdout.trim().split("\n"), expected, stderr);
        assert.equal(status, 0);
    });
}

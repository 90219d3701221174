// Programs in TypeScript, with compilers of several years, with and without the types of browsers.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { workshop } from "./support/workshop.mjs";

let folder;
before(async () => (folder = await workshop("typescript")), { timeout: 300_000 });

const { devDependencies } = JSON.parse(readFileSync(new URL("typescript/package.json", import.meta.url), "utf8"));
for (const compiler of Object.keys(devDependencies).filter((name) => name.startsWith("typescript-"))) {
    for (const lib of ["es2022", "es2022,dom"]) {
        test(`${compiler} with ${lib}`, { timeout: 120_000 }, () => {
            const tsc = join(folder, "node_modules", compiler, "bin/tsc");
            const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", lib];
            const { stdout } = spawnSync(process.execPath, [tsc, ...options, "--types", "node", "program.mts"], {
                cwd: folder,
                encoding: "utf8",
            });
            // Complaints about other packages' types are not ours.
            const complaints = stdout.split("\n").filter((line) => /^(program|node_modules\/polywrite)/.test(line));
            assert.deepEqual(complaints, []);
        });
    }
}

// A program's tests with the official SDK, in Jest and Vitest, each with a project on a local Appwrite.

import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { installProgram, run, workshop } from "./support/workshop.mjs";

const jest = ["jest", "--config", "testing/alone.config.cjs"];
const sharingJest = ["jest", "--config", "testing/shared.config.cjs"];
const vitest = ["vitest", "run", "--config", "testing/alone.config.mjs"];
const sharingVitest = ["vitest", "run", "--config", "testing/shared.config.mjs"];

// How many emulators there are at most: a runner decides itself how many processes it needs.
for (const [runner, most, ...command] of [
    ["Jest, two files in one process", 1, ...jest, "--runInBand"],
    ["Jest, a process for each file", 2, ...jest, "--maxWorkers=2"],
    ["Jest with a global set-up", 1, ...sharingJest, "--maxWorkers=2"],
    ["Vitest with forks", 2, ...vitest, "--pool=forks"],
    ["Vitest with threads", 2, ...vitest, "--pool=threads"],
    ["Vitest with vmThreads", 2, ...vitest, "--pool=vmThreads"],
    ["Vitest with forks and a global set-up", 1, ...sharingVitest, "--pool=forks"],
]) {
    test(runner, { timeout: 300_000 }, async () => {
        const folder = await workshop("runners");
        installProgram(folder);
        const noted = join(folder, "noted");
        rmSync(noted, { force: true });
        await run(folder, { NOTED: noted, POLYWRITE_CLI: "", POLYWRITE_EMULATOR: "" }, "npx", ...command);
        const urls = readFileSync(noted, "utf8").trim().split("\n");
        assert.equal(urls.length, 2);
        assert.ok(new Set(urls).size <= most, urls.join());
        for (const url of urls) await assert.rejects(fetch(url), "it runs on");
    });
}

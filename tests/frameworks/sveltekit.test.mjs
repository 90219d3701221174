// SvelteKit with its Node.js adapter, which bundles what stands in devDependencies.

import assert from "node:assert/strict";
import { test } from "node:test";
import { serves } from "./support/deployed.mjs";
import { moved, run, trace, workshop } from "./support/workshop.mjs";

for (const name of ["polywrite", "node-appwrite"]) {
    test(`SvelteKit with ${name}`, { timeout: 600_000 }, async () => {
        const folder = await workshop("sveltekit", name);
        await run(folder, {}, "npx", "vite", "build");
        await trace(folder, "build/index.js", "traced");
        await serves(moved(folder, "traced"), "build/index.js");
    });
}

test("the build fails at once with the package in devDependencies", { timeout: 600_000 }, async () => {
    const folder = await workshop("sveltekit", "polywrite", "devDependencies");
    await assert.rejects(run(folder, {}, "npx", "vite", "build"), /polywrite\.node .*Unexpected character/);
});

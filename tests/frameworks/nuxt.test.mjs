// Nuxt, whose server Nitro bundles and traces.

import { test } from "node:test";
import { serves } from "./support/deployed.mjs";
import { moved, run, workshop } from "./support/workshop.mjs";

for (const name of ["polywrite", "node-appwrite"]) {
    test(`Nuxt with ${name}`, { timeout: 600_000 }, async () => {
        const folder = await workshop("nuxt", name);
        await run(folder, {}, "npx", "nuxt", "build");
        await serves(moved(folder, ".output"), "server/index.mjs");
    });
}

// Astro with its Node.js adapter. The package stays outside of what Vite builds; hosting services trace it.

import { test } from "node:test";
import { serves } from "./support/deployed.mjs";
import { moved, run, trace, workshop } from "./support/workshop.mjs";

for (const name of ["polywrite", "node-appwrite"]) {
    test(`Astro with ${name}`, { timeout: 600_000 }, async () => {
        const folder = await workshop("astro", name);
        await run(folder, {}, "npx", "astro", "build");
        await trace(folder, "dist/server/entry.mjs", "traced");
        await serves(moved(folder, "traced"), "dist/server/entry.mjs");
    });
}

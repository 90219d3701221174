// Next.js, built as `standalone`, with both of its bundlers.

import { test } from "node:test";
import { serves } from "./support/deployed.mjs";
import { moved, run, workshop } from "./support/workshop.mjs";

for (const name of ["polywrite", "node-appwrite"]) {
    for (const bundler of ["--turbopack", "--webpack"]) {
        test(`Next.js ${bundler} with ${name}`, { timeout: 600_000 }, async () => {
            const folder = await workshop("next", name);
            await run(folder, {}, "npx", "next", "build", bundler);
            await serves(moved(folder, ".next/standalone"), "server.js");
        });
    }
}

// Bundlers and a file tracer build a program that uses the package; it runs where no `node_modules` is.

import { test } from "node:test";
import { prints } from "./support/deployed.mjs";
import { moved, run, trace, workshop } from "./support/workshop.mjs";

/** Each builds a program into a folder and returns what to start there. */
const builds = {
    async esbuild(folder, main, out) {
        const options = ["--bundle", "--platform=node", "--loader:.node=copy", `--outfile=${out}/main.js`];
        await run(folder, {}, "npx", "esbuild", main, ...options);
        return "main.js";
    },
    async "esbuild, as an ES module"(folder, main, out) {
        const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
        const options = ["--bundle", "--platform=node", "--format=esm", "--loader:.node=copy", `--banner:js=${banner}`];
        await run(folder, {}, "npx", "esbuild", main, ...options, `--outfile=${out}/main.mjs`);
        return "main.mjs";
    },
    async webpack(folder, main, out) {
        await run(folder, {}, "node", "webpack.mjs", main, out);
        return "main.js";
    },
    async ncc(folder, main, out) {
        await run(folder, {}, "npx", "ncc", "build", main, "--out", out);
        return main.replace("main", "index");
    },
    async "rollup, with the package traced"(folder, main, out) {
        await run(folder, {}, "node", "rollup.mjs", main, "bundle");
        await trace(folder, "bundle/main.mjs", out);
        return "bundle/main.mjs";
    },
    async "@vercel/nft"(folder, main, out) {
        await trace(folder, main, out);
        return main;
    },
};

for (const [name, main] of [
    ["polywrite", "main.mjs"],
    ["polywrite", "main.cjs"],
    ["node-appwrite", "main.mjs"],
]) {
    for (const [bundler, build] of Object.entries(builds)) {
        if (bundler.startsWith("rollup") && main.endsWith(".cjs")) continue;
        test(`${bundler}: ${main} with ${name}`, { timeout: 120_000 }, async () => {
            const folder = await workshop("bundlers", name);
            const start = await build(folder, main, "out");
            await prints(moved(folder, "out"), start);
        });
    }
}

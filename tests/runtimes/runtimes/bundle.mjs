// Bundles programs as the tools of runtimes without files do.

import { createRequire } from "node:module";
import { join } from "node:path";
import { tools } from "../workshop.mjs";

const { build } = createRequire(join(tools, "index.js"))("esbuild");

/** The bundle of a text that stands in a folder. */
export async function bundled(folder, text, conditions) {
    const { outputFiles } = await build({
        stdin: { contents: text, resolveDir: folder },
        bundle: true,
        write: false,
        platform: "browser",
        conditions,
        format: "iife",
        target: "es2022",
        logLevel: "error",
    });
    return outputFiles[0].text;
}

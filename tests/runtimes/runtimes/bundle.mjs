// Bundles programs as the tools of runtimes without files do.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { tools } from "../workshop.mjs";

const { build } = createRequire(join(tools, "index.js"))("esbuild");

/** Bundles a program; `text` is what calls it. Returns the bundle's text and the bytes of the module, if it has one. */
export async function bundled(folder, text, conditions, format, moduleText) {
    let module;
    const modules = {
        name: "modules",
        setup(building) {
            building.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path, resolveDir }) => {
                module = readFileSync(join(resolveDir, path.replace("?module", "")));
                return { path: "module", namespace: "module" };
            });
            building.onLoad({ filter: /.*/, namespace: "module" }, () => ({ contents: moduleText }));
        },
    };
    const { outputFiles } = await build({
        stdin: { contents: text, resolveDir: folder },
        bundle: true,
        write: false,
        platform: "browser",
        conditions,
        format,
        target: "es2022",
        logLevel: "error",
        plugins: moduleText === undefined ? [] : [modules],
    });
    return { text: outputFiles[0].text, module };
}

import { createRequire } from "node:module";
import { join } from "node:path";
import { tools } from "../workshop.mjs";
import { bundled } from "./bundle.mjs";

const { EdgeRuntime } = createRequire(join(tools, "index.js"))("edge-runtime");

/** Bundles a text that listens to requests, and returns what it responds. `globals` are variables of it. */
export async function runEdge(folder, text, globals) {
    // Modules are variables of a program, as Vercel's builder makes them.
    const conditions = ["edge-light", "worker", "browser"];
    const bundle = await bundled(folder, text, conditions, "iife", "export default globalThis.wasm_module;");
    const runtime = new EdgeRuntime({
        initialCode: bundle.text,
        extend: (context) =>
            Object.assign(context, globals, bundle.module && { wasm_module: new WebAssembly.Module(bundle.module) }),
    });
    return (await runtime.dispatchFetch("http://localhost/")).text();
}

/** Vercel's Edge. */
export const edgeLight = {
    label: "Vercel's edge-runtime",
    run: (folder, program, origin) =>
        runEdge(
            folder,
            `import program from "./programs/${program}.mjs";
            addEventListener("fetch", (event) =>
                event.respondWith(program(${JSON.stringify(origin)}).then((text) => new Response(text))));`,
        ),
};

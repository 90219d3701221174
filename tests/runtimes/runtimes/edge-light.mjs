import { createRequire } from "node:module";
import { join } from "node:path";
import { tools } from "../workshop.mjs";
import { bundled } from "./bundle.mjs";

const { EdgeRuntime } = createRequire(join(tools, "index.js"))("edge-runtime");

/** Vercel's Edge. */
export const edgeLight = {
    label: "Vercel's edge-runtime",
    async run(folder, program, origin) {
        const text = `import program from "./programs/${program}.mjs";
            addEventListener("fetch", (event) =>
                event.respondWith(program(${JSON.stringify(origin)}).then((text) => new Response(text))));`;
        const initialCode = await bundled(folder, text, ["edge-light", "worker", "browser"]);
        return (await new EdgeRuntime({ initialCode }).dispatchFetch("http://localhost/")).text();
    },
};

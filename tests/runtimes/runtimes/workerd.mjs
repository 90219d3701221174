import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { tool, tools } from "../workshop.mjs";

const { Miniflare } = createRequire(join(tools, "index.js"))("miniflare");
const compatibilityDate = "2026-07-01";

/** Builds a Worker of a text as wrangler would deploy it, and returns what starts it, with variables if it has any. */
export function builtWorker(folder, name, text, compatibilityFlags = []) {
    const out = join(folder, `${name}-out`);
    const config = join(folder, `${name}.json`);
    writeFileSync(join(folder, `${name}.mjs`), text);
    const settings = { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags };
    writeFileSync(config, JSON.stringify({ name, main: `${name}.mjs`, ...settings }));
    execFileSync(tool("node"), [tool("wrangler"), "deploy", "--dry-run", "--config", config, "--outdir", out], {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder, CI: "1", WRANGLER_SEND_METRICS: "false" },
        stdio: ["ignore", "ignore", "inherit"],
    });
    const scriptPath = join(
        out,
        readdirSync(out).find((file) => /\.m?js$/.test(file)),
    );
    return (bindings = {}) =>
        new Miniflare({
            modules: true,
            modulesRoot: out,
            scriptPath,
            modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
            compatibilityDate,
            compatibilityFlags,
            bindings,
        });
}

/** The text of a Worker's response. */
export async function responseOf(worker) {
    try {
        return await (await worker.dispatchFetch("http://localhost/")).text();
    } finally {
        await worker.dispose();
    }
}

/** Cloudflare's Workers. */
export const workerd = {
    label: "Cloudflare's workerd",
    // It does not say whether it was connected.
    decides: /^errors network$/,
    run(folder, program, origin) {
        const text = `import program from "./programs/${program}.mjs";
            export default { fetch: async () => new Response(await program(${JSON.stringify(origin)})) };`;
        return responseOf(builtWorker(folder, program, text)());
    },
};

// Programs for node-appwrite do the same after their import's name is changed, on Workers, Vercel's Edge and Appwrite's Deno.

import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { startEmulator } from "./emulator.mjs";
import { runDeno } from "./runtimes/deno.mjs";
import { runEdge } from "./runtimes/edge-light.mjs";
import { builtWorker, responseOf } from "./runtimes/workerd.mjs";
import { workshop } from "./workshop.mjs";

const { folder, installLibrary, installOfficial } = workshop();
installLibrary();
installOfficial();

/** Writes the programs as for a package, and returns the folder's name. */
function programsFor(name) {
    const source = fileURLToPath(new URL("drop-in/", import.meta.url));
    const out = join(folder, `for-${name}`);
    cpSync(source, out, { recursive: true });
    for (const file of readdirSync(out)) {
        const text = readFileSync(join(out, file), "utf8");
        writeFileSync(join(out, file), text.replaceAll(/"node-appwrite(?=["/])/g, `"${name}`));
    }
    return `for-${name}`;
}

const hosts = {
    workerd(programs, env) {
        const text = `export { default } from "./${programs}/worker.mjs";`;
        return responseOf(builtWorker(folder, `${programs}-worker`, text, ["nodejs_compat"])(env));
    },
    async "edge-light"(programs, env) {
        const text = `import handler from "./${programs}/edge.mjs";
            addEventListener("fetch", (event) => event.respondWith(handler(event.request)));`;
        return runEdge(folder, text, { process: { env } });
    },
    deno(programs, env) {
        const text = `import program from "./${programs}/function.mjs";
            console.log(await program({ res: { text: (text) => text } }));`;
        return runDeno(folder, text, env);
    },
};

/** The result of the program for a package, each time with a new server. */
async function resultOf(run, sdk) {
    const { endpoint, project, key } = await startEmulator();
    const env = { APPWRITE_ENDPOINT: endpoint, APPWRITE_PROJECT_ID: project, APPWRITE_API_KEY: key };
    return JSON.parse(await run(programsFor(sdk), env));
}

// node-appwrite 27.1 cannot be bundled for Vercel's Edge: it brings undici, which needs Node's streams.
const expected = await resultOf(hosts.deno, "node-appwrite");

for (const [name, run] of Object.entries(hosts)) {
    test(`a program for node-appwrite does the same on ${name}`, { timeout: 120_000 }, async () => {
        if (name !== "edge-light") assert.deepEqual(await resultOf(run, "node-appwrite"), expected);
        assert.deepEqual(await resultOf(run, "polywrite"), expected);
        assert.deepEqual(expected.bytes, [true, "hello"]);
    });
}

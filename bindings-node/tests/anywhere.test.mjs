// Helpers and enums in every runtime: in browsers, workers and edge runtimes without a native library, in Node before one is
// loaded.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { exact } from "../../tests/runners/node/json.mjs";
import { runScript } from "./support/script.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const vectors = (name) =>
    JSON.parse(readFileSync(new URL(`../../tests/vectors/generated/${name}.json`, import.meta.url)))[name];

const runtimes = {
    "a browser": { platform: "browser" },
    workerd: { platform: "neutral", conditions: ["workerd", "worker", "browser"] },
    "an edge runtime": { platform: "neutral", conditions: ["edge-light", "worker", "browser"] },
};

/** Bundles a program as for a runtime; `files` are those of the package that it has. */
async function bundled(contents, runtime) {
    const { outputFiles, metafile } = await build({
        stdin: { contents, resolveDir: root },
        bundle: true,
        format: "iife",
        write: false,
        metafile: true,
        logLevel: "error",
        // As the tools of those runtimes know it.
        loader: { ".wasm": "empty" },
        ...runtimes[runtime],
    });
    const [{ inputs, imports }] = Object.values(metafile.outputs);
    assert.deepEqual(imports, [], "the bundle needs something from elsewhere");
    const files = Object.keys(inputs).filter((name) => name.startsWith("dist/") && inputs[name].bytesInOutput > 0);
    return { text: outputFiles[0].text, files };
}

/** What a program leaves in `result`, run with functions of the web alone. */
function run(text) {
    const context = createContext({
        atob,
        crypto,
        queueMicrotask,
        TextEncoder,
        TextDecoder,
        URL,
        Blob,
        AbortSignal,
        ReadableStream,
        console,
    });
    runInContext(text, context);
    return context.result;
}

for (const runtime of Object.keys(runtimes)) {
    test(`helpers and enums write in ${runtime} what they write everywhere`, async () => {
        const groups = ["Channel", "ID", "Operator", "Permission", "Query", "Role", "Topic"];
        const enums = vectors("enums");
        const names = [...groups, ...Object.keys(enums)].join(", ");
        const { text, files } = await bundled(
            `import { ${names} } from "polywrite"; globalThis.result = { ${names} };`,
            runtime,
        );
        assert.deepEqual(files.sort(), ["dist/web/chunk.mjs", "dist/web/texts.mjs"]);
        const made = run(text);
        for (const { helper, arguments: given, text, texts, refused, matches } of vectors("helpers")) {
            const [group, method] = helper.split(".");
            const values = "on" in given ? [given.table, given.on, given.alias] : Object.values(given);
            const write = () => made[group][method](...values.map(exact));
            if (refused) assert.throws(write, { name: "AppwriteException", kind: "argument" });
            else if (matches) assert.match(String(write()), new RegExp(matches));
            else assert.deepEqual(texts ? [...write()] : String(write()), texts ?? text);
        }
        for (const [name, values] of Object.entries(enums)) assert.deepEqual(Object.values(made[name]), values);
    });

    test(`a component that imports Query is small in ${runtime}`, async () => {
        const { text } = await bundled(
            `import { Query } from "polywrite"; globalThis.result = Query.equal("name", "Ada");`,
            runtime,
        );
        assert.equal(run(text), '{"method":"equal","attribute":"name","values":["Ada"]}');
        assert.ok(text.length < 32_000, `${text.length} characters`);
    });
}

test("a client is set in a browser as everywhere, at once", async () => {
    const { text } = await bundled(
        `import { Client, ConfigurationException, Users } from "polywrite";
         import { InputFile } from "polywrite/file";
         const client = new Client().setEndpoint("https://appwrite.example.com/v1").setProject("p");
         new Users(client);
         globalThis.result = [client.config.project, InputFile.fromPlainText("a", "b").filename];
         try { client.setEndpoint("nowhere"); } catch (error) {
             globalThis.result.push(error instanceof ConfigurationException, error.message);
         }`,
        "a browser",
    );
    assert.deepEqual([...run(text)].slice(0, 3), ["p", "b", true]);
});

const loaded = `Object.keys(require.cache).map((file) => file.split("/").at(-1))`;

test("a program that makes no calls loads no native library", async () => {
    const { output } = await runScript(`
        import { createRequire } from "node:module";
        import { Adapter, ErrorType, ID, InputFile, Query, Topic, UploadSession, Users } from "polywrite";
        const require = createRequire(import.meta.url);
        const queries = [Query.equal("a", 2n ** 60n), Query.limit(1)];
        console.log(Query.or(queries), ID.unique().length, Adapter.Ssr, String(Topic.path("a")), Users.name);
        InputFile.fromPlainText("a", "b");
        console.log(${loaded}.some((name) => name.endsWith(".node")));
        new UploadSession();
        console.log(${loaded}.some((name) => name.endsWith(".node")));`);
    assert.deepEqual(output.split("\n"), [
        '{"method":"or","values":[{"method":"equal","attribute":"a","values":[1152921504606846976]},' +
            '{"method":"limit","values":[1]}]} 20 ssr a Users',
        "false",
        "true",
    ]);
});

test("`require` loads services and enums when they are used", async () => {
    const { output } = await runScript(`
        import { createRequire } from "node:module";
        const require = createRequire(import.meta.url);
        const seen = () => console.log(${loaded}.sort().join(" "));
        const polywrite = require("polywrite");
        seen();
        polywrite.Adapter;
        seen();
        polywrite.Users;
        seen();
        console.log(polywrite.Users === polywrite.Users, Object.keys(polywrite).includes("Users"));`);
    assert.deepEqual(output.split("\n"), [
        "core.js index.js",
        "core.js index.js names.js",
        "core.js index.js names.js services.js",
        "true true",
    ]);
});

// Jest and Vitest, which run tests in realms of their own: their `Error` and `ArrayBuffer` are not those of Node.js.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "../../bindings-node/tests/support/server.mjs";
import { run, workshop } from "./support/workshop.mjs";

const server = await startServer(({ url, body }, response) => {
    if (url.endsWith("/download")) return void response.end("hello");
    if (url === "/v1/users/ada") return { name: "Ada" };
    if (url.startsWith("/v1/storage")) return { name: /\r\n\r\n(hello)\r\n/.exec(body)?.[1] };
    response.statusCode = 404;
    return { message: "not found", code: 404, type: "user_not_found" };
});
const environment = {
    APPWRITE_ENDPOINT: server.endpoint,
    APPWRITE_PROJECT_ID: "library",
    APPWRITE_API_KEY: "standard_secret",
};

for (const [runner, ...command] of [
    ["Jest, two files in one process", "jest", "--runInBand"],
    ["Jest, a process for each file", "jest", "--maxWorkers=2"],
    ...["vmThreads", "vmForks", "threads"].map((pool) => [`Vitest with ${pool}`, "vitest", "run", `--pool=${pool}`]),
]) {
    test(runner, { timeout: 300_000 }, async () => {
        const folder = await workshop("runners");
        server.take();
        await run(folder, environment, "npx", ...command);
        const paths = server.take().map(({ method, url, headers }) => `${method} ${url} ${headers["x-appwrite-key"]}`);
        const once = [
            "GET /v1/users/missing standard_secret",
            ...Array(4).fill("POST /v1/storage/buckets/b/files standard_secret"),
            ...Array(2).fill("GET /v1/storage/buckets/b/files/f/download standard_secret"),
        ];
        assert.deepEqual(paths.sort(), [...once, ...once].sort());
    });
}

// What only Workers have: programs that begin before any request, and requests that must not touch what another began.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { builtWorker } from "./runtimes/workerd.mjs";
import { workshop } from "./workshop.mjs";

const { folder } = workshop();
const seen = new Set();
const server = createServer((request, response) => {
    const user = request.url.split("/").at(-1);
    const isFirst = !seen.has(user);
    seen.add(user);
    response.writeHead(isFirst ? 503 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify({ $id: user, name: `name of ${user}` }));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => (server.closeAllConnections(), server.close()));

test("a client of the whole Worker serves many requests at once, each with its own calls and waits", async () => {
    const start = builtWorker(
        folder,
        "shared",
        `import { Client, Users } from "polywrite";
        const retries = { max: 2, baseDelay: 20, maxDelay: 60 };
        const settings = { endpoint: "http://127.0.0.1:${server.address().port}/v1", project: "p", key: "k", retries };
        const users = new Users(new Client(settings));
        export default {
            async fetch({ url }) {
                const userId = url.split("/").at(-1);
                const [one, two] = await Promise.all([users.get({ userId }), users.get({ userId })]);
                return new Response(one.name + ", " + two.name);
            },
        };`,
    );
    const worker = start();
    after(() => worker.dispose());
    const names = Array.from({ length: 40 }, (_, place) => `u${place}`);
    const texts = await Promise.all(
        names.map(async (name) => (await worker.dispatchFetch(`http://localhost/${name}`)).text()),
    );
    assert.deepEqual(
        texts,
        names.map((name) => `name of ${name}, name of ${name}`),
    );
});

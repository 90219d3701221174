// Helpers and enums write in every runtime what they write everywhere, with the package as it is deployed there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { runtimes } from "./runtimes/index.mjs";
import { workshop } from "./workshop.mjs";

const vectors = (name) =>
    JSON.parse(readFileSync(new URL(`../vectors/generated/${name}.json`, import.meta.url), "utf8"))[name];
const facts = JSON.stringify({ helpers: vectors("helpers"), enums: vectors("enums") });
const server = createServer((_, response) => response.end(facts));
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const { folder } = workshop();

for (const { label, run } of Object.values(runtimes)) {
    test(`helpers and enums in ${label}`, { timeout: 120_000 }, async () => {
        const wrong = await run(folder, "texts", `http://127.0.0.1:${server.address().port}/`);
        assert.deepEqual(JSON.parse(wrong), []);
    });
}

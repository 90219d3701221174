// What the package does to its process: exit, threads, worker threads, cluster, memory.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { Client, Users } from "polywrite";
import { runFile, runScript } from "./support/script.mjs";
import { startServer } from "./support/server.mjs";

const server = await startServer();
const prelude = `
    import { Client, Users } from 'polywrite';
    const users = new Users(new Client({ endpoint: '${server.endpoint}', project: 'p', key: 'k' }));
`;
const ok = () => ({ ok: true });

test("an idle process ends at once", async () => {
    server.respond = ok;
    const { code, output } = await runScript(`${prelude} await users.get('u'); console.log('done', process.uptime());
        const start = performance.now(); process.on('exit', () => console.log('after', performance.now() - start < 500));`);
    assert.equal(code, 0);
    assert.match(output, /after true$/);
});

test("a program starts with unusable certificates in NODE_EXTRA_CA_CERTS", async () => {
    server.respond = ok;
    const folder = mkdtempSync(join(tmpdir(), "polywrite-"));
    const file = join(folder, "ca.pem");
    writeFileSync(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    const { code, output } = await runScript(`${prelude} console.log('got', (await users.get('u')).ok);`, {
        NODE_EXTRA_CA_CERTS: file,
    });
    rmSync(folder, { recursive: true });
    assert.equal(code, 0, output);
    assert.match(output, /AppwriteWarning: NODE_EXTRA_CA_CERTS is not used: certificate 1 /);
    assert.match(output, /^got true$/m);
});

test("a call in flight keeps the process alive", async () => {
    server.respond = () => new Promise((resolve) => setTimeout(() => resolve({ ok: true }), 200));
    const { code, output } = await runScript(`${prelude} users.get('u').then((user) => console.log('got', user.ok));`);
    assert.deepEqual([code, output], [0, "got true"]);
});

test("a cancelled call does not keep it alive", async () => {
    server.respond = () => undefined;
    const { code, output } = await runScript(`${prelude}
        users.get({ userId: 'u' }, { signal: AbortSignal.timeout(50), timeout: 60_000 }).catch((error) => console.log(error.name));
        setTimeout(() => {}, 100);`);
    assert.deepEqual([code, output], [0, "TimeoutError"]);
});

test("process.exit is prompt with calls in flight", async () => {
    server.respond = () => undefined;
    const { code, millis } = await runScript(
        `${prelude} for (let i = 0; i < 20; i++) users.get('u').catch(() => {}); setTimeout(() => process.exit(7), 50);`,
    );
    assert.equal(code, 7);
    assert.ok(millis < 5_000, `${millis} ms`);
});

test(
    "workers that end in mid-call do no harm, and share the thread",
    { skip: process.versions.bun && "other worker API" },
    async () => {
        server.respond = () => undefined;
        const text = `
        const { parentPort, workerData } = require('node:worker_threads');
        const { Client, Users } = require(workerData.polywrite);
        const users = new Users(new Client({ endpoint: workerData.endpoint, project: 'p' }));
        for (let i = 0; i < 16; i++) users.get('u').catch(() => {});
        setImmediate(() => parentPort.postMessage('started'));
    `;
        const polywrite = new URL("../dist/index.js", import.meta.url).pathname;
        for (let round = 0; round < 30; round++) {
            const worker = new Worker(text, { eval: true, workerData: { polywrite, endpoint: server.endpoint } });
            await new Promise((resolve) => worker.once("message", resolve));
            await worker.terminate();
        }
        server.respond = ok;
        assert.deepEqual(await new Users(new Client({ endpoint: server.endpoint, project: "p" })).get("u"), {
            ok: true,
        });
        if (process.platform === "linux") {
            const names = readdirSync("/proc/self/task").map((id) =>
                readFileSync(`/proc/self/task/${id}/comm`, "utf8").trim(),
            );
            assert.equal(names.filter((name) => /^polywrite-io-\d$/.test(name)).length, 1);
        }
    },
);

test("a library that only a worker loads survives it", async () => {
    server.respond = ok;
    const { code, output } = await runScript(`
        import { Worker } from 'node:worker_threads';
        const text = \`
            import('polywrite').then(({ Client, Users }) =>
                new Users(new Client({ endpoint: '${server.endpoint}', project: 'p' })).get('u'));
        \`;
        for (let i = 0; i < 5; i++) await new Promise((resolve) => new Worker(text, { eval: true }).on('exit', resolve));
        console.log('alive');`);
    assert.deepEqual([code, output], [0, "alive"]);
});

test("cluster workers make calls", async () => {
    server.respond = ok;
    const { code, output } = await runFile("tests/support/cluster.mjs", { TEST_ENDPOINT: server.endpoint });
    assert.deepEqual([code, output], [0, "0,0"]);
});

test("memory stays flat over many calls", { timeout: 60_000 }, async () => {
    // In a process of its own, with the server elsewhere, so that only what calls leave behind counts.
    server.respond = ok;
    const { code, output } = await runScript(
        `${prelude}
        const run = (calls) => Promise.all(Array.from({ length: 32 }, async () => { for (let i = 0; i < calls / 32; i++) await users.get('u'); }));
        await run(3000);
        globalThis.gc?.();
        const before = process.memoryUsage().rss;
        await run(6000);
        globalThis.gc?.();
        console.log(Math.round((process.memoryUsage().rss - before) / 2 ** 20));`,
        { NODE_OPTIONS: "--expose-gc" },
    );
    server.take();
    assert.equal(code, 0);
    assert.ok(Number(output) < 16, `${output} MiB more after 6,000 calls`);
});

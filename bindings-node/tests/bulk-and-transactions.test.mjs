// Bulk writes and transactions: the cases of tests/flow, which all languages run, and what is Node's own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { test } from "node:test";
import { AppwriteException, ArgumentException, Client, DocumentsDB, TablesDB } from "polywrite";
import { startServer } from "./support/server.mjs";

const server = await startServer();
const client = new Client({
    endpoint: server.endpoint,
    project: "p",
    key: "KEY",
    retries: { max: 1, baseDelay: 1, maxDelay: 1 },
});
const services = { tablesDB: new TablesDB(client), documentsDB: new DocumentsDB(client) };
const tables = services.tablesDB;
const table = { databaseId: "d", tableId: "t" };
const cases = (name) => JSON.parse(readFileSync(new URL(`../../tests/flow/${name}.json`, import.meta.url), "utf8"));

/** Has the server follow a script, and break the connection of a request that the script does not expect. */
function follow(responses) {
    server.take();
    const turns = responses.values();
    server.respond = (_request, response) => {
        const { status, body } = turns.next().value ?? {};
        if (status === undefined) response.socket.destroy();
        else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
}

/** Checks the requests that came, as far as a case describes them. */
function checkRequests(expected) {
    const seen = server.take();
    const paths = (requests, pathOf) => requests.map((request) => `${request.method} ${pathOf(request)}`);
    assert.deepEqual(
        paths(seen, ({ url }) => url.split("?")[0]),
        paths(expected, ({ path }) => path),
    );
    expected.forEach(({ query, body }, index) => {
        const { searchParams } = new URL(seen[index].url, server.endpoint);
        if (query !== undefined) assert.deepEqual(Object.fromEntries(searchParams), query);
        if (body !== undefined) assert.deepEqual(marked(JSON.parse(seen[index].body), body), body);
    });
}

/** Puts `<made>` in place of IDs that look made and should be. */
function marked(seen, wanted) {
    if (Array.isArray(seen)) return seen.map((each, index) => marked(each, wanted?.[index]));
    if (typeof seen === "object" && seen !== null) {
        return Object.fromEntries(Object.entries(seen).map(([name, value]) => [name, marked(value, wanted?.[name])]));
    }
    return wanted === "<made>" && /^[0-9a-f]{20}$/.test(seen) ? wanted : seen;
}

function begin({ write, params, rows, options }, from = (rows) => rows) {
    const [service, method] = write.split(".");
    const name = /Update|Delete/.test(method) ? "ids" : service === "documentsDB" ? "documents" : "rows";
    return services[service][method]({ ...params, [name]: from(rows) }, options);
}

async function* slowly(rows) {
    for (const row of rows) {
        await null;
        yield row;
    }
}

for (const each of cases("bulk")) {
    for (const from of [(rows) => rows, slowly]) {
        test(`bulk write: ${each.name}${from === slowly ? ", from an async iterable" : ""}`, async () => {
            follow(each.responses);
            const { written, failures, stopped } = await begin(each, from);
            checkRequests(each.requests);
            assert.deepEqual({ written, stopped }, { written: each.written, stopped: each.stopped });
            assert.equal(failures.length, each.failures.length);
            failures.forEach(({ index, id, error }, place) => {
                const { type, kind, ...where } = each.failures[place];
                assert.ok(error instanceof AppwriteException);
                assert.deepEqual({ index, id }, { id: null, ...where });
                if (type !== undefined) assert.equal(error.type, type);
                if (kind !== undefined) assert.equal(error.kind, kind);
            });
        });
    }
}

for (const { name, service, options, work, fails, responses, requests, runs, error } of cases("transactions")) {
    test(`transaction: ${name}`, async () => {
        follow(responses);
        let begun = 0;
        const own = new Error("the work failed");
        const run = services[service].transaction(async (tx) => {
            begun++;
            for (const { call, params } of work) await tx[call](params);
            if (fails) throw own;
        }, options);
        const caught = await run.then(
            () => null,
            (reason) => reason,
        );
        checkRequests(requests);
        assert.equal(begun, runs);
        if (error === null) return assert.equal(caught, null);
        if (error.own) return assert.equal(caught, own);
        assert.ok(caught instanceof AppwriteException, String(caught));
        if (error.type !== undefined) assert.equal(caught.type, error.type);
        if (error.kind !== undefined) assert.equal(caught.kind, error.kind);
        assert.ok(String(caught).includes(error.says ?? ""), String(caught));
    });
}

/** Rows that are counted when they are taken, and a note of the source's end. */
function counted(count) {
    const source = { taken: 0, closed: false };
    source.rows = (async function* () {
        try {
            for (; source.taken < count;) yield { $id: `r${source.taken++}` };
        } finally {
            source.closed = true;
        }
    })();
    return source;
}

/** Has the server hold every request until `release` is called, which answers them and all that follow. */
function hold() {
    server.take();
    const held = [];
    let open = false;
    let arrived;
    const answer = (response) =>
        response.writeHead(201, { "content-type": "application/json" }).end('{"total":0,"rows":[]}');
    server.respond = (_request, response) => {
        if (open) return void answer(response);
        held.push(response);
        arrived?.();
    };
    return {
        async requests(count) {
            while (held.length < count) await new Promise((resolve) => (arrived = resolve));
        },
        release() {
            open = true;
            held.forEach(answer);
        },
    };
}

test("a write takes no more rows from its source than it has calls for", async () => {
    const held = hold();
    const source = counted(1000);
    const write = tables.bulkCreateRows({ ...table, rows: source.rows }, { limit: 5, concurrency: 2 });
    await held.requests(2);
    // Two calls, and the rows of one more.
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    assert.ok(source.taken <= 16, `${source.taken} rows`);
    held.release();
    const { written } = await write;
    assert.deepEqual([written, source.taken, source.closed], [1000, 1000, true]);
});

test("rows come from iterables, streams of Node and web streams", async () => {
    const rows = () => Array.from({ length: 250 }, (_, index) => ({ $id: `r${index}` }));
    const sources = [rows, () => new Set(rows()), () => Readable.from(rows()), () => ReadableStream.from(rows())];
    for (const source of sources) {
        server.take();
        server.respond = () => ({ total: 0, rows: [] });
        const { written, failures } = await tables.bulkCreateRows({ ...table, rows: source() });
        const sent = server.take().flatMap(({ body }) => JSON.parse(body).rows.map(({ $id }) => $id));
        assert.deepEqual([written, failures, new Set(sent).size, sent.length], [250, [], 250, 250]);
    }
    // As all other methods, with positional arguments too.
    const { written } = await tables.bulkDeleteRows("d", "t", ["a", "b"]);
    assert.equal(written, 2);
});

test("progress grows with each call, and a listener that throws ends the write", async () => {
    server.respond = () => ({ total: 0, rows: [] });
    const heard = [];
    const rows = Array.from({ length: 7 }, (_, index) => ({ $id: `r${index}` }));
    const options = { limit: 2, concurrency: 1, onProgress: (progress) => heard.push(progress) };
    await tables.bulkCreateRows({ ...table, rows }, options);
    assert.deepEqual(heard.at(-1), { taken: 7, written: 7, failed: 0 });
    assert.ok(heard.length >= 3, `${heard.length}`);
    const mine = new Error("mine");
    const source = counted(1000);
    const onProgress = () => {
        throw mine;
    };
    await assert.rejects(tables.bulkCreateRows({ ...table, rows: source.rows }, { ...options, onProgress }), mine);
    assert.equal(source.closed, true);
});

test("a row that JSON cannot write fails alone, and the error says where", async () => {
    server.respond = () => ({ total: 0, rows: [] });
    const rows = [
        { $id: "a" },
        { $id: "b", price: NaN },
        undefined,
        { $id: "c", total: 12345678901234567890n },
        { $id: "d" },
    ];
    // A table of its own: calls that another test gave up may still arrive.
    const { written, failures, stopped } = await tables.bulkCreateRows({ ...table, tableId: "alone", rows });
    assert.deepEqual([written, failures.map(({ index }) => index), stopped], [2, [1, 2, 3], false]);
    assert.match(String(failures[0].error), /tablesDB\.bulkCreateRows: `row\.price` is NaN, which JSON cannot write/);
    const request = server.take().find(({ url }) => url.includes("/alone/"));
    assert.deepEqual(JSON.parse(request.body).rows, [{ $id: "a" }, { $id: "d" }]);
});

test("a source that throws ends the write with what it threw", async () => {
    server.respond = () => ({ total: 0, rows: [] });
    const mine = new Error("mine");
    async function* broken() {
        yield { $id: "a" };
        throw mine;
    }
    await assert.rejects(tables.bulkCreateRows({ ...table, rows: broken() }), mine);
    const stream = new Readable({ objectMode: true, read: () => stream.destroy(mine) });
    await assert.rejects(tables.bulkCreateRows({ ...table, rows: stream }), mine);
});

test("a write that ends before its source closes it", async () => {
    follow([{ status: 401, body: { message: "m", code: 401, type: "general_unauthorized_scope" } }]);
    const source = counted(1000);
    const { stopped, written } = await tables.bulkCreateRows(
        { ...table, rows: source.rows },
        { limit: 2, concurrency: 1 },
    );
    assert.deepEqual([stopped, written, source.closed], [true, 0, true]);
    assert.ok(source.taken < 20, `${source.taken}`);
});

test("a signal ends a write with its reason: calls are cancelled, and a source that stalls is closed", async () => {
    const reason = new Error("enough");
    const held = hold();
    const calls = new AbortController();
    const source = counted(1000);
    const write = tables.bulkCreateRows({ ...table, rows: source.rows }, { limit: 2, signal: calls.signal });
    await held.requests(4);
    calls.abort(reason);
    await assert.rejects(write, reason);
    assert.equal(source.closed, true);
    for (const stall of [
        new Readable({ objectMode: true, read: () => setImmediate(() => stalled.abort(reason)) }),
        new ReadableStream({ pull: () => void setImmediate(() => stalled.abort(reason)) }, { highWaterMark: 0 }),
    ]) {
        var stalled = new AbortController();
        await assert.rejects(tables.bulkCreateRows({ ...table, rows: stall }, { signal: stalled.signal }), reason);
        if (stall instanceof Readable) assert.equal(stall.destroyed, true);
    }
    const aborted = AbortSignal.abort(reason);
    await assert.rejects(tables.bulkCreateRows({ ...table, rows: [{}] }, { signal: aborted }), reason);
});

test("what cannot be rows or options is refused before anything is sent", async () => {
    server.take();
    for (const rows of [undefined, null, 7, "abc", { a: 1 }]) {
        await assert.rejects(tables.bulkCreateRows({ ...table, rows }), /`rows` must be an array, an iterable/);
    }
    for (const [option, value] of [
        ["limit", 0],
        ["limit", "2"],
        ["limit", 1.5],
        ["limit", NaN],
        ["concurrency", -1],
        ["stopOnError", "yes"],
        ["onProgress", "call me"],
        ["nonsense", 1],
        ["timeout", -1],
        ["signal", {}],
    ]) {
        const source = counted(3);
        await assert.rejects(tables.bulkCreateRows({ ...table, rows: source.rows }, { [option]: value }), (error) => {
            assert.ok(error instanceof ArgumentException, String(error));
            assert.match(String(error), new RegExp(`tablesDB\\.(bulkC|c)reateRows: .*${option}`), option);
            return true;
        });
        assert.equal(source.taken, 0);
    }
    for (const [option, value] of [
        ["attempts", 0],
        ["attempts", "3"],
        ["ttl", NaN],
        ["ttl", 1.5],
        ["nonsense", 1],
        ["signal", {}],
    ]) {
        await assert.rejects(
            tables.transaction(() => assert.fail(), { [option]: value }),
            (error) => error instanceof ArgumentException && String(error).includes(option),
            option,
        );
    }
    await assert.rejects(tables.transaction("work"), /must be a function/);
    assert.deepEqual(server.take(), []);
});

const begun = { status: 201, body: { $id: "1", status: "pending" } };
const ended = { status: 200, body: { $id: "1" } };
const row = { status: 200, body: { $id: "r" } };
const refused = { status: 409, body: { message: "m", code: 409, type: "transaction_conflict" } };
const rollback = ({ body }) => assert.deepEqual(JSON.parse(body), { rollback: true });

test("a transaction returns what its work returned, and its service ends with it", async () => {
    follow([begun, row, ended]);
    let left;
    const result = await tables.transaction(async (tx) => {
        assert.ok(tx instanceof TablesDB);
        left = tx;
        return (await tx.getRow({ ...table, rowId: "r" })).$id;
    });
    assert.equal(result, "r");
    await assert.rejects(left.getRow({ ...table, rowId: "r" }), /the transaction has ended/);
    assert.equal(server.take().length, 3);
});

test("a call that the work does not await rolls the transaction back", async () => {
    for (const forget of [
        (tx) => tx.updateRow({ ...table, rowId: "r", data: { n: 1 } }),
        (tx) => tx.updateRow({ ...table, rowId: "r", data: { text: "x".repeat(100_000) } }),
        (tx) => tx.updateRow({ ...table, rowId: "r", data: { n: 1 } }, { signal: new AbortController().signal }),
        (tx) => tx.bulkCreateRows({ ...table, rows: slowly([{}]) }),
    ]) {
        server.take();
        server.respond = ({ method, url }, response) => {
            const { status, body } = method === "POST" && url.endsWith("/transactions") ? begun : ended;
            response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
        };
        let forgotten;
        const run = tables.transaction((tx) => {
            forgotten = forget(tx).catch(() => {});
        });
        await assert.rejects(run, (error) => {
            assert.ok(error instanceof ArgumentException, String(forget));
            assert.match(String(error), /a call of the transaction has no result yet.*; await every call/);
            return true;
        });
        await forgotten;
        const bodies = server.take().map(({ body }) => body);
        assert.ok(bodies.includes('{"rollback":true}') && !bodies.some((body) => body.includes("commit")), `${bodies}`);
    }
});

test("a signal rolls the transaction back, and it ends with the reason", async () => {
    follow([begun, ended]);
    const reason = new Error("enough");
    const controller = new AbortController();
    const run = tables.transaction(
        () => {
            setImmediate(() => controller.abort(reason));
            return new Promise(() => {});
        },
        { signal: controller.signal },
    );
    await assert.rejects(run, reason);
    const requests = server.take();
    assert.equal(requests.length, 2);
    rollback(requests[1]);
    // Before the beginning nothing is sent.
    await assert.rejects(
        tables.transaction(() => assert.fail(), { signal: controller.signal }),
        reason,
    );
    assert.deepEqual(server.take(), []);
});

test("work that throws at once rolls back, and a conflict that it hides does not", async () => {
    follow([begun, ended]);
    const own = new Error("mine");
    const thrown = tables.transaction(() => {
        throw own;
    });
    await assert.rejects(thrown, own);
    rollback(server.take()[1]);
    follow([begun, refused, ended, begun, row, ended]);
    let runs = 0;
    await tables.transaction(async (tx) => {
        runs++;
        await tx.updateRow({ ...table, rowId: "r", data: { n: 1 } });
    });
    assert.equal(runs, 2);
});

// Lists and waits: the cases of tests/flow, which all languages run.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { AppwriteException, Client, Functions, Messaging, Mongo, TablesDB } from "polywrite";
import { startServer } from "./support/server.mjs";

const server = await startServer();
const client = new Client({ endpoint: server.endpoint, project: "p", key: "KEY", retries: { max: 0 } });
const tables = new TablesDB(client);
const cases = (name) => JSON.parse(readFileSync(new URL(`../../tests/flow/${name}.json`, import.meta.url), "utf8"));
const [lists, waits] = [cases("lists"), cases("waits")];
const fields = {
    "tablesDB.listRows": "rows",
    "tablesDB.listIndexes": "indexes",
    "messaging.listTopics": "topics",
    "mongo.listOperations": "operations",
};

/** Has the server send the responses of a case, and then the last one again. */
function stage({ call, responses }) {
    server.take();
    let next = 0;
    server.respond = (_request, response) => {
        const { items, total, status = 200, body, headers = {} } = responses[Math.min(next++, responses.length - 1)];
        const whole = body ?? { total, [fields[call]]: itemsOf(call, ...items) };
        response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(whole));
    };
}

function itemsOf(call, from, to) {
    return Array.from({ length: to - from }, (_, place) => {
        const id = `i${from + place}`;
        return call === "tablesDB.listIndexes" ? { $id: `x_${id}`, key: id } : { $id: id };
    });
}

/** The queries of a request, or its parameters where it has no queries. */
function queriesOf({ url }) {
    const pairs = [...new URL(url, server.endpoint).searchParams];
    const values = pairs.map(([, value]) => value);
    return pairs.some(([name]) => name.startsWith("queries")) ? values : Object.fromEntries(pairs);
}

function listOf({ call, queries, pageSize, arguments: given }) {
    const page = pageSize === undefined ? {} : { pageSize };
    const params = { ...page, ...given, ...(queries && { queries }) };
    if (call === "tablesDB.listRows") return tables.iterateRows({ databaseId: "d", tableId: "t", ...params });
    if (call === "tablesDB.listIndexes") return tables.iterateIndexes({ databaseId: "d", tableId: "t", ...params });
    if (call === "messaging.listTopics") return new Messaging(client).iterateTopics(params);
    return new Mongo(client).iterateOperations({ databaseId: "d", ...params });
}

function waitFor({ call, timeout }, onStatus) {
    const options = { onStatus, ...(timeout === undefined ? {} : { timeout }) };
    const table = { databaseId: "d", tableId: "t" };
    if (call === "tablesDB.waitForColumn") return tables.waitForColumn({ ...table, key: "year" }, options);
    if (call === "tablesDB.waitForTable") return tables.waitForTable(table, options);
    if (call === "tablesDB.waitForDatabase") return tables.waitForDatabase({ databaseId: "d" }, options);
    if (call === "messaging.waitForMessage") {
        return new Messaging(client).waitForMessage({ messageId: "m" }, options);
    }
    return new Functions(client).waitForDeployment({ functionId: "f", deploymentId: "d" }, options);
}

function checkError(wanted, error) {
    if (wanted === undefined) assert.equal(error, undefined);
    else {
        assert.ok(error instanceof AppwriteException, String(error));
        assert.equal(error.kind, wanted.kind);
        const line = String(error).replace(/^\w+: /, "");
        if (wanted.line !== undefined) assert.equal(line, wanted.line);
        assert.ok(line.includes(wanted.contains ?? ""), line);
    }
}

for (const each of lists) {
    test(`list: ${each.name}`, async () => {
        stage(each);
        const found = [];
        let error;
        try {
            if (each.take !== 0) {
                for await (const item of listOf(each)) {
                    found.push(each.call === "tablesDB.listIndexes" ? item.key : item.$id);
                    if (found.length === each.take) break;
                }
            }
        } catch (caught) {
            error = caught;
        }
        checkError(each.wanted.error, error);
        const expected = itemsOf("tablesDB.listRows", ...each.wanted.items).map(({ $id }) => $id);
        assert.deepEqual(found, expected);
        assert.deepEqual(server.take().map(queriesOf), each.wanted.requests);
    });
}

for (const each of waits) {
    test(`wait: ${each.name}`, async () => {
        stage(each);
        const statuses = [];
        const { value, error } = await waitFor(each, (status) => statuses.push(status)).then(
            (value) => ({ value }),
            (error) => ({ error }),
        );
        checkError(each.wanted.error, error);
        if (each.wanted.status) assert.equal(value.status, each.wanted.status);
        assert.deepEqual(statuses, each.wanted.statuses);
        if (each.wanted.requests !== null) assert.equal(server.take().length, each.wanted.requests);
    });
}

const find = (all, name) => all.find((each) => each.name === name);

test("pages are whole responses, and each loop reads the list from its beginning", async () => {
    const each = find(lists, "a page and 1");
    stage(each);
    const list = listOf(each);
    assert.equal(server.take().length, 0);
    const pages = [];
    for await (const page of list.pages()) pages.push([page.total, page.rows.length]);
    assert.deepEqual(pages, [
        [101, 100],
        [101, 1],
    ]);
    stage(each);
    let count = 0;
    for await (const _ of list) count++;
    assert.equal(count, 101);
});

test("items that are asked for at once come in order", async () => {
    stage(find(lists, "a limit above the page"));
    const items = listOf(find(lists, "a limit above the page"))[Symbol.asyncIterator]();
    const taken = await Promise.all(Array.from({ length: 6 }, () => items.next()));
    assert.deepEqual(
        taken.map(({ done, value }) => (done ? "end" : value.$id)),
        ["i0", "i1", "i2", "i3", "i4", "end"],
    );
});

test("a signal ends a list and a wait with its reason", async () => {
    server.respond = () => undefined;
    const reason = new Error("enough");
    const listed = new AbortController();
    const list = tables.iterateRows({ databaseId: "d", tableId: "t" }, { signal: listed.signal });
    const read = list[Symbol.asyncIterator]().next();
    setTimeout(() => listed.abort(reason), 20);
    await assert.rejects(read, reason);
    const waited = new AbortController();
    const wait = tables.waitForTable({ databaseId: "d", tableId: "t" }, { signal: waited.signal });
    setTimeout(() => waited.abort(reason), 20);
    await assert.rejects(wait, reason);
});

test("what cannot be a page size, a time or a listener is refused", async () => {
    server.take();
    for (const pageSize of [0, -1, 1.5, "2", Number.NaN]) {
        await assert.rejects(async () => {
            for await (const _ of tables.iterateRows({ databaseId: "d", tableId: "t", pageSize })) assert.fail();
        }, /pageSize/);
    }
    const ids = { databaseId: "d", tableId: "t" };
    for (const timeout of [0, -1, "1", Number.NaN]) {
        await assert.rejects(tables.waitForTable(ids, { timeout }), /timeout/);
    }
    await assert.rejects(tables.waitForTable(ids, { onStatus: "call me" }), /onStatus/);
    assert.equal(server.take().length, 0);
});

test("a listener that throws ends the wait with what it threw", async () => {
    stage(find(waits, "time is over"));
    const thrown = new Error("mine");
    const wait = tables.waitForTable(
        { databaseId: "d", tableId: "t" },
        {
            onStatus: () => {
                throw thrown;
            },
        },
    );
    stage({ ...find(waits, "a table whose columns and indexes become ready") });
    await assert.rejects(wait, thrown);
});

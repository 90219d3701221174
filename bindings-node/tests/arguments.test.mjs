import assert from "node:assert/strict";
import { test } from "node:test";
import * as official from "node-appwrite";
import { Account, ArgumentException, Client, Graphql, Locale, TablesDB, Users } from "polywrite";
import { requestOf, startServer } from "./support/server.mjs";

const server = await startServer();
const client = new Client({ endpoint: server.endpoint, project: "p", key: "k" });
const [tables, users, account] = [new TablesDB(client), new Users(client), new Account(client)];
const sent = async (call) => {
    const { method, url, body } = await requestOf(server, call);
    return `${method} ${decodeURIComponent(url)} ${body}`.trim();
};
const fails = (call, message) =>
    assert.rejects(call, (error) => error instanceof ArgumentException && message.test(error.message));

test("positional and named arguments make the same request", async () => {
    const pairs = [
        [() => users.get("u1"), () => users.get({ userId: "u1" })],
        [() => tables.list(["q"], "find"), () => tables.list({ queries: ["q"], search: "find" })],
        [
            () => tables.create("d", "Name", true, "s", 2),
            () => tables.create({ databaseId: "d", name: "Name", enabled: true, specification: "s", replicas: 2 }),
        ],
        [
            () => tables.createRow("d", "t", "r", { a: 1 }, ["p"]),
            () => tables.createRow({ databaseId: "d", tableId: "t", rowId: "r", data: { a: 1 }, permissions: ["p"] }),
        ],
        [
            () => tables.updateStringColumn("d", "t", "k", true, "x"),
            () => tables.updateStringColumn({ databaseId: "d", tableId: "t", key: "k", required: true, xdefault: "x" }),
        ],
        [() => account.updatePrefs({ theme: "dark" }), () => account.updatePrefs({ prefs: { theme: "dark" } })],
    ];
    for (const [positional, named] of pairs) assert.equal(await sent(positional), await sent(named));
});

test("a whole number may be an ID in a path, as with the official package", async () => {
    assert.equal(await sent(() => users.get(12)), "GET /v1/users/12");
    assert.equal(await sent(() => users.get({ userId: 12 })), "GET /v1/users/12");
    await fails(() => users.create({ userId: 12 }), /`userId` must be a string, not a whole number/);
});

test("an object that is the argument itself is not taken for named ones", async () => {
    assert.match(
        await sent(() => account.updatePrefs({ prefs: { a: 1 }, theme: "dark" })),
        /\{"prefs":\{"prefs":\{"a":1\},"theme":"dark"\}\}$/,
    );
    assert.match(await sent(() => account.updatePrefs({ prefs: 5 })), /\{"prefs":\{"prefs":5\}\}$/);
    const graphql = new Graphql(account.client);
    assert.match(await sent(() => graphql.query({ query: "{ x }" })), /\{"query":\{"query":"\{ x \}"\}\}$/);
    assert.match(await sent(() => graphql.query({ query: { query: "{ x }" } })), /\{"query":\{"query":"\{ x \}"\}\}$/);
});

test("undefined is absent, null is null only where it may be", async () => {
    assert.equal(await sent(() => users.list({ search: undefined, queries: null })), "GET /v1/users");
    assert.equal(await sent(() => users.updateName("u", "n", undefined)), 'PATCH /v1/users/u/name {"name":"n"}');
    const update = { databaseId: "d", tableId: "t", key: "k", required: false, xdefault: null };
    assert.match(await sent(() => tables.updateStringColumn(update)), /\{"required":false,"default":null\}$/);
    assert.match(await sent(() => tables.createRow("d", "t", "r", { a: null })), /"data":\{"a":null\}/);
});

test("BigInts are sent as integers", async () => {
    const request = await sent(() =>
        tables.createRow("d", "t", "r", { big: 9223372036854775807n, list: [-9007199254740993n] }),
    );
    assert.match(request, /"data":\{"big":9223372036854775807,"list":\[-9007199254740993\]\}/);
});

test("call options follow the arguments", async () => {
    const headers = { "x-trace": "7" };
    const request = await requestOf(server, () => users.get({ userId: "u" }, { headers, timeout: 5000, retries: 0 }));
    assert.equal(request.headers["x-trace"], "7");
    assert.equal((await requestOf(server, () => users.list(undefined, { headers }))).headers["x-trace"], "7");
    assert.equal((await requestOf(server, () => new Locale(users.client).get({ headers }))).headers["x-trace"], "7");
    assert.equal((await requestOf(server, () => users.get("u", { headers }))).headers["x-trace"], "7");
});

test("an option that is a header replaces the client's for one call", async () => {
    const agent = async (options) =>
        (await requestOf(server, () => users.get({ userId: "u" }, options))).headers["x-forwarded-user-agent"];
    assert.equal(await agent({ forwardedUserAgent: "Opera" }), "Opera");
    assert.equal(await agent(undefined), undefined);
});

test("bad input fails before anything is sent", async () => {
    server.take();
    await fails(() => users.get(), /userId/);
    await fails(() => users.get({}), /userId/);
    await fails(() => users.get(""), /userId/);
    await fails(() => users.get(".."), /userId/);
    await fails(() => users.get(null), /userId/);
    await fails(() => users.get({ userId: 7.5 }), /userId/);
    await fails(() => users.get({ user: "u" }), /user/);
    await fails(() => users.list({ queries: "x" }), /queries/);
    await fails(() => users.get({ userId: "u" }, { timeOut: 5 }), /timeOut/);
    await fails(() => users.get({ userId: "u" }, { timeout: "soon" }), /option/);
    await fails(() => users.get({ userId: "u" }, { signal: "stop" }), /AbortSignal/);
    await fails(() => users.get({ userId: "u" }, { timeout: -1 }), /`timeout`/);
    await fails(() => users.get({ userId: "u" }, { timeout: NaN }), /`timeout`/);
    for (const name of ["timeout", "deadline", "maxResponseBytes"])
        for (const value of [0, -1, NaN, Infinity, "1"])
            await fails(() => users.get({ userId: "u" }, { [name]: value }), new RegExp(`\`${name}\``));
    await fails(() => users.get({ userId: "u" }, { maxConnections: 1 }), /maxConnections/);
    await fails(() => users.get({ userId: "u" }, { retries: 1.5 }), /`retries`/);
    await fails(() => users.get({ userId: "u" }, { retries: -1 }), /`retries` must be a whole number, 0 or more/);
    await fails(() => users.get({ userId: "u" }, { forwardedUserAgent: 5 }), /`forwardedUserAgent` must be text/);
    await fails(() => users.get({ userId: "u" }, { headers: { a: 5 } }), /`headers`/);
    await fails(() => users.get({ userId: "u" }, { to: "file" }), /`to`/);
    await fails(() => users.get(() => "u"), /userId.*function/);
    await fails(() => users.get(Symbol("u")), /userId.*symbol/);
    await fails(() => tables.create({ databaseId: "d", name: "n", replicas: NaN }), /`replicas` is NaN/);
    const circle = {};
    circle.circle = circle;
    await fails(() => tables.createRow("d", "t", "r", circle), /`data\.circle\.circle.*contains itself/);
    for (const other of [
        undefined,
        {},
        new Proxy(client, {}),
        Object.create(Client.prototype),
        new official.Client(),
    ]) {
        assert.throws(() => new Users(other), ArgumentException);
    }
    const replaced = new Users(client);
    replaced.client = {};
    await fails(() => replaced.get("u"), /Client of polywrite/);
    assert.deepEqual(server.take(), []);
});

// Realtime against the local Appwrite.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { inspect } from "node:util";
import { Client, ConfigurationException, ID, Query, Realtime, TablesDB, Users } from "polywrite";
import { adminOf, lacking, startEmulator } from "./support/emulator.mjs";

const emulator = await startEmulator();
const admin = adminOf(emulator);
const tables = new TablesDB(admin);
const databaseId = ID.unique();
const tableId = "films";
const channel = `tablesdb.${databaseId}.tables.${tableId}.rows`;
const skip = lacking("realtime");
let user;

before(async () => {
    if (skip) return;
    await tables.create({ databaseId, name: "Films" });
    const columns = [{ key: "year", type: "integer", required: false }];
    await tables.createTable({ databaseId, tableId, name: "Films", permissions: ['read("users")'], columns });
    const users = new Users(admin);
    const userId = ID.unique();
    await users.create({ userId, email: `${userId}@example.com`, password: "password-1", name: "Ada" });
    user = admin.withSession((await users.createSession({ userId })).secret);
});

const create = (rowId, year) => tables.createRow({ databaseId, tableId, rowId, data: { year } });

test(
    "a loop gets the events of its channels and queries, and leaving it closes the subscription",
    { skip },
    async () => {
        const realtime = new Realtime(user);
        const all = realtime.subscribe(channel);
        const old = realtime.subscribe([channel], { queries: [Query.lessThan("year", 1990)] });
        // Both are subscribed once the first event comes: they go out in one message, or one after the other.
        const seen = [];
        let number = 0;
        const timer = setInterval(() => create(`r${number}`, number++ % 2 ? 1999 : 1971), 20);
        for await (const message of old) {
            assert.equal(message.type, "event");
            assert.equal(message.model, "Row");
            assert.match(message.events[0], /^tablesdb\.\w+\.tables\.films\.rows\.r\d+\.create$/);
            assert.ok(message.channels.includes(channel));
            seen.push(message.payload.year);
            if (seen.length === 3) break;
        }
        clearInterval(timer);
        assert.deepEqual(seen, [1971, 1971, 1971]);
        const years = new Set();
        for await (const message of all) {
            years.add(message.payload.year);
            if (years.size === 2) break;
        }
        assert.deepEqual([...years].sort(), [1971, 1999]);
    },
);

test(
    "a listener gets events until the subscription is closed, and printing them shows no secret",
    { skip },
    async () => {
        const userId = ID.unique();
        await new Users(admin).create({ userId, email: `${userId}@example.com`, password: "password-1" });
        const session = await new Users(admin).createSession({ userId });
        let heard;
        const first = new Promise((resolve) => (heard = resolve));
        const subscription = new Realtime(admin.withSession(session.secret)).subscribe("account", heard);
        // The first ones may come before the server has the subscription.
        const timer = setInterval(() => new Users(admin).createSession({ userId }), 20);
        const message = await first;
        clearInterval(timer);
        assert.equal(message.model, "Session");
        assert.ok(message.payload.secret.length > 100);
        assert.ok(!inspect(message, { depth: 9 }).includes(message.payload.secret));
        assert.match(inspect(message), /model: 'Session'/);
        const { type, model, events, channels, timestamp, payload } = message;
        assert.deepEqual(JSON.parse(JSON.stringify(message)), { type, model, events, channels, timestamp, payload });
        await subscription.close();
        await subscription.closed;
    },
);

test(
    "reads that a program has given up, and several at once, lose nothing and bring nothing twice",
    { skip },
    async () => {
        const subscription = new Realtime(user).subscribe(channel);
        const events = subscription[Symbol.asyncIterator]();
        // The first one is lost to a race; all wait for the same batch.
        const reads = [events.next(), events.next(), events.next()];
        assert.equal(await Promise.race([reads[0], "too late"]), "too late");
        let made = 0;
        const timer = setInterval(() => create(`n${made}`, made++), 20);
        for (let more = 0; more < 5; more += 1) reads.push(events.next());
        const years = (await Promise.all(reads)).map((read) => read.value.payload.year);
        clearInterval(timer);
        await subscription.close();
        // The first rows may have come before the server had the subscription.
        assert.deepEqual(
            [...years].sort((one, other) => one - other),
            years.map((_, place) => Math.min(...years) + place),
        );
    },
);

test("a listener that fails ends its subscription, and `closed` says why", { skip }, async () => {
    const subscription = new Realtime(user).subscribe(channel, () => {
        throw new TypeError("of the listener");
    });
    let made = 0;
    const timer = setInterval(() => create(`f${made}`, made++), 20);
    await assert.rejects(subscription.closed, /of the listener/);
    clearInterval(timer);
    for await (const message of subscription) assert.fail(inspect(message));
});

test("a client with a key is refused before anything is sent", async () => {
    const client = new Client({ endpoint: "http://127.0.0.1:1/v1", project: "p", key: "s3cret" });
    const subscription = new Realtime(client).subscribe("rows");
    await assert.rejects(
        async () => {
            for await (const message of subscription) assert.fail(inspect(message));
        },
        (error) => error instanceof ConfigurationException && /take this client for a guest/.test(String(error)),
    );
    const failed = new Realtime(client).subscribe("rows", () => undefined);
    await assert.rejects(failed.closed, ConfigurationException);
});

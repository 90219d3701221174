// What a server, or the author of its data, cannot do to a program.

import assert from "node:assert/strict";
import { constants } from "node:buffer";
import { freemem } from "node:os";
import { test } from "node:test";
import { Account, Client, DecodeException, Query, TablesDB, Users } from "polywrite";
import { runScript } from "./support/script.mjs";
import { startServer } from "./support/server.mjs";

const server = await startServer();
const client = new Client({ endpoint: server.endpoint, project: "p", retries: { max: 0 } });
const [account, users, tables] = [new Account(client), new Users(client), new TablesDB(client)];
const respondWith = (body) => {
    server.respond = () => body;
};

test("texts and numbers of any length are read", async () => {
    const size = 512 * 1024;
    const big = '"big":9007199254740993';
    for (const [text, value] of [
        ["0".repeat(size), "0".repeat(size)],
        [": 000".repeat(size / 5), ": 000".repeat(size / 5)],
        ['\\"'.repeat(size / 2), '"'.repeat(size / 2)],
        ["\\\\".repeat(size / 2), "\\".repeat(size / 2)],
        ['\\"9007199254740993,'.repeat(size / 20), '"9007199254740993,'.repeat(Math.floor(size / 20))],
    ]) {
        respondWith(`{"$id":"${text}"}`);
        assert.equal((await users.get("u")).$id, value);
        respondWith(`{${big},"$id":"${text}"}`);
        const user = await users.get("u");
        assert.deepEqual([user.$id, user.big], [value, 9007199254740993n]);
    }
    respondWith(`{"prefs":{"a":[${"9007199254740993,".repeat(size / 17)}1]}}`);
    const { a } = (await users.get("u")).prefs;
    assert.deepEqual([a.length, a[0], a.at(-1)], [Math.floor(size / 17) + 1, 9007199254740993n, 1]);
});

test("queries within queries may hold any text", () => {
    const text = '"\\'.repeat(256 * 1024);
    const nested = Query.or([Query.equal("a", text), Query.equal("b", 9007199254740993n)]);
    assert.ok(nested.endsWith('"values":[9007199254740993]}]}'));
    assert.equal(JSON.parse(nested).values[0].values[0], text);
});

test("a number that no float holds is an error", async () => {
    for (const digits of [310, 200_000]) {
        respondWith(`{"prefs":{"a":${"9".repeat(digits)}}}`);
        await assert.rejects(users.get("u"), (error) => {
            assert.ok(error instanceof DecodeException);
            assert.match(error.message, /^a number is larger than a 64-bit float can be; /);
            return true;
        });
    }
    respondWith(`{"prefs":{"a":${"9".repeat(308)}}}`);
    assert.equal((await users.get("u")).prefs.a, 1e308);
});

test("what is not an object is an error where an object is due", async () => {
    for (const [body, found] of [
        ["null", "null"],
        ["[]", "a list"],
        ["5", "a number"],
        ['"text"', "a text"],
        ["<html></html>", "a web page"],
    ]) {
        respondWith(body);
        await assert.rejects(users.get("u"), {
            name: "AppwriteException",
            kind: "decode",
            code: 200,
            operation: "users.get",
            message: `not an object but ${found}; the response (${body.length} bytes) begins: ${body}`,
        });
    }
    respondWith("[]");
    assert.deepEqual(await account.getPrefs(), []);
});

test("a web page is an error where nothing is due", async () => {
    respondWith("<html></html>");
    await assert.rejects(users.delete("u"), { kind: "decode", code: 200, hint: /proxy/ });
});

test("bytes that are not UTF-8 and unpaired surrogates are errors", async () => {
    server.respond = (_request, response) => void response.end(Buffer.from('{"a":"\xff"}', "latin1"));
    await assert.rejects(users.get("u"), { kind: "decode" });
    respondWith('{"a":"\\ud83d"}');
    await assert.rejects(users.get("u"), { kind: "decode", message: /^an unpaired UTF-16 surrogate/ });
    respondWith('{"a":"\\ud83d\\ude00"}');
    assert.deepEqual(await users.get("u"), { a: "😀" });
});

test("of a key that comes twice the last value counts", async () => {
    respondWith('{"name":"a","name":"b"}');
    assert.deepEqual(await users.get("u"), { name: "b" });
});

const nested = (levels, inside = 0) => `${'{"a":'.repeat(levels)}${inside}${"}".repeat(levels)}`;

test("nesting that Appwrite can send is read, and deeper is an error", async () => {
    for (const inside of ["0", "9007199254740993"]) {
        respondWith(`{"users":[{"prefs":${nested(510, inside)}}]}`);
        let { prefs } = (await users.list()).users[0];
        for (let level = 0; level < 510; level++) prefs = prefs.a;
        assert.equal(String(prefs), inside);
    }
    for (const levels of [641, 100_000]) {
        respondWith(nested(levels));
        await assert.rejects(users.get("u"), { kind: "decode", message: /^nested more than 640 levels deep; / });
    }
});

test("nesting that Appwrite accepts is sent, and deeper is an error", async () => {
    respondWith("{}");
    server.take();
    await tables.createRow("d", "t", "r", JSON.parse(nested(510)));
    assert.equal(server.take()[0].body, `{"rowId":"r","data":${nested(510)}}`);
    const tooDeep = { kind: "argument", message: /is nested deeper than 510 levels/ };
    await assert.rejects(tables.createRow("d", "t", "r", JSON.parse(nested(511))), tooDeep);
    const circular = {};
    circular.self = circular;
    await assert.rejects(tables.createRow("d", "t", "r", circular), { kind: "argument" });
    await assert.rejects(tables.createRow("d", "t", "r", JSON.parse(nested(100_000))), { kind: "argument" });
    assert.deepEqual(server.take(), []);
});

test("an event that fails does not affect others", async () => {
    server.respond = (_request, response) => {
        response.setHeader("x-appwrite-warning", `unheard of ${Math.random()}`);
        return { $id: "u" };
    };
    const { code, output } = await runScript(`
        import { Client, Users } from "polywrite";
        const thrown = [];
        process.on("uncaughtException", (error) => thrown.push(error.message));
        const users = new Users(new Client({ endpoint: "${server.endpoint}", project: "p" }));
        process.emitWarning = () => {
            throw new Error("no warnings here");
        };
        const found = await Promise.all(Array.from({ length: 20 }, () => users.get("u")));
        await new Promise((resolve) => setImmediate(resolve));
        console.log(found.map((user) => user.$id).join(""), ...new Set(thrown), thrown.length);
    `);
    assert.deepEqual([code, output], [0, `${"u".repeat(20)} no warnings here 20`]);
});

const room = freemem() > 6 * 2 ** 30;
test(
    "a response beyond a string's size fails its call and no other",
    { skip: room ? false : "too little memory" },
    async () => {
        server.respond = async ({ url }, response) => {
            if (!url.endsWith("/large")) return { $id: "u" };
            const piece = Buffer.alloc(16 * 2 ** 20, "a");
            response.write('{"$id":"');
            for (let size = 0; size <= constants.MAX_STRING_LENGTH; size += piece.length) {
                if (!response.write(piece)) await new Promise((resolve) => response.once("drain", resolve));
            }
            response.end('"}');
        };
        const patient = new Client({
            endpoint: server.endpoint,
            project: "p",
            retries: { max: 0 },
            maxResponseBytes: 2 ** 30,
        });
        const large = assert.rejects(new Users(patient).get("large"), {
            kind: "decode",
            code: 200,
            operation: "users.get",
            message: /^the response has \d+ bytes, more than a string can hold$/,
            hint: "ask for less at a time",
        });
        const others = Array.from({ length: 50 }, () => users.get("u"));
        assert.deepEqual(new Set((await Promise.all(others)).map((user) => user.$id)), new Set(["u"]));
        await large;
        assert.equal((await users.get("u")).$id, "u");
    },
);

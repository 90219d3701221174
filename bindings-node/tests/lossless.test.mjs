// Values that JSON would lose silently: an error names their place, and nothing is sent.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ArgumentException, Client, InputFile, Operator, Query, Storage, TablesDB, Users } from "polywrite";
import { requestOf, startServer } from "./support/server.mjs";

const server = await startServer();
const client = new Client({ endpoint: server.endpoint, project: "p", key: "k" });
const [tables, users, storage] = [new TablesDB(client), new Users(client), new Storage(client)];
const half = "🌈".slice(0, 1);
const create = (data) => tables.createRow({ databaseId: "d", tableId: "t", rowId: "r", data });

async function fails(call, message) {
    server.take();
    await assert.rejects(
        async () => call(),
        (error) => error instanceof ArgumentException && message.test(String(error)),
    );
    assert.deepEqual(server.take(), []);
}

test("values that would vanish are errors with their place", async () => {
    const lost = [
        [new Map([["a", 1]]), /a Map.*Object\.fromEntries/],
        [new Set([1]), /a Set.*\[\.\.\.set\]/],
        [NaN, /NaN/],
        [-Infinity, /-Infinity/],
        [new Number(NaN), /NaN/],
        [new Date(NaN), /an invalid date/],
        [new Float32Array(2), /a Float32Array.*Array\.from/],
        [new ArrayBuffer(2), /an? ArrayBuffer/],
        [() => 1, /a function/],
        [Symbol("s"), /a symbol/],
        [Promise.resolve(1), /a Promise.*await/],
        [/x/, /a RegExp/],
        [new Error("x"), /an? Error/],
        [new Headers(), /a Headers/],
        [new URLSearchParams("a=1"), /a URLSearchParams/],
        [[1][Symbol.iterator](), /which JSON cannot write/],
        [2n ** 63n, /beyond 64 bits/],
        [{ toJSON: () => new Set() }, /a Set/],
        [`a${half}`, /half of a character, U\+D83C/],
    ];
    for (const [value, reason] of lost) {
        const message = new RegExp(`tablesDB\\.createRow: \`data\\.tags\\[2\\]\\.price\` (is|has) .*${reason.source}`);
        await fails(() => create({ tags: [1, 2, { price: value }] }), message);
    }
    await fails(() => create({ list: [1, undefined] }), /`data\.list\[1\]` is undefined/);
    await fails(() => create({ list: [1, , 3] }), /`data\.list\[1\]` is undefined/);
    await fails(() => create({ [half]: 1 }), /`data` has half of a character/);
});

/** A value of the table that all languages share, with the marked values in place of their marks. */
function unmarked(value) {
    if (Array.isArray(value)) return value.map(unmarked);
    if (typeof value !== "object" || value === null) return value;
    const [[mark, text] = []] = Object.entries(value);
    if (mark === "@float") return { nan: NaN, inf: Infinity, "-inf": -Infinity }[text];
    if (mark === "@integer") return BigInt(text);
    if (mark === "@half") return String.fromCharCode(Number.parseInt(text, 16));
    if (mark === "@deep") return Array.from({ length: text }).reduce((inner) => ({ a: inner }), 0);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unmarked(inner)]));
}

const exactly = (data) =>
    JSON.stringify(data, (_key, value) => (typeof value === "bigint" ? `@${value}` : value)).replace(
        /"@(-?\d+)"/g,
        "$1",
    );

test("every language rejects the same values, and sends all others", async () => {
    const table = JSON.parse(readFileSync(new URL("../../tests/fixtures/lost.json", import.meta.url)));
    for (const { value, place, reason } of table) {
        const data = unmarked(value);
        if (place === undefined) {
            const { body } = await requestOf(server, () => create(data));
            assert.equal(body, `{"rowId":"r","data":${exactly(data)}}`);
        } else {
            const start = `tablesDB\\.createRow: \`data${place.replace(/[.[\]]/g, "\\$&")}`;
            await fails(() => create(data), new RegExp(`${start}.*${reason}`));
        }
    }
});

test("everything that JSON can write is sent", async () => {
    class Film {
        title = "Heat";
        #hidden = 1;
    }
    const data = {
        film: new Film(),
        when: new Date(0),
        price: { toJSON: () => "19.99" },
        left: undefined,
        none: null,
        bytes: Buffer.from("a"),
        bare: Object.assign(Object.create(null), { a: [] }),
        big: 2 ** 64,
        rainbow: "🌈",
    };
    const { body } = await requestOf(server, () => create(data));
    const sent = JSON.parse(body).data;
    assert.deepEqual(sent, JSON.parse(JSON.stringify(data)));
});

test("text cut inside of an emoji is an error in every place", async () => {
    await fails(() => users.create({ userId: "u", name: half }), /users\.create: `name` has half/);
    await fails(() => users.get({ userId: half }), /`userId` has half/);
    await fails(() => tables.listRows("d", "t", [half]), /`queries\[0\]` has half/);
    await fails(() => Query.equal("a", ["b", half]), /`Query\.equal\.values\[1\]` has half/);
    await fails(() => Query.orderAsc(half), /`Query\.orderAsc\.attribute` has half/);
    await fails(() => Operator.arrayAppend([half]), /`Operator\.arrayAppend\.values\[0\]` has half/);
    await fails(() => users.get({ userId: "u" }, { headers: { "x-note": half } }), /`headers\.x-note` has half/);
    await fails(() => client.call("post", new URL(`${server.endpoint}/x`), {}, { x: half }), /`x` has half/);
    const file = InputFile.fromPlainText("a", `${half}.txt`);
    await fails(() => storage.createFile("b", "f", file), /storage\.createFile: `file\.filename` has half/);
    assert.throws(() => new Client().addHeader("x-note", half), /`headers\.x-note` has half/);
    assert.throws(() => new Client({ project: half }), /`project` has half/);
});

test("queries reject what would vanish", async () => {
    await fails(() => Query.between("a", 1, NaN), /`Query\.between\.values\[1\]` is NaN/);
    await fails(() => Query.equal("a", new Set([1])), /`Query\.equal\.values\[0\]` is a Set/);
    await fails(() => Query.greaterThan("a", 2n ** 63n), /beyond 64 bits/);
    for (const wrong of ["limit(2)", ["[1]"], ["{"], [7]]) {
        await fails(() => Query.or(wrong), /`queries\[0\]` is not a query/);
    }
});

test("a renamed parameter also accepts its wire name", async () => {
    const update = { databaseId: "d", tableId: "t", key: "k", required: false };
    const sent = async (more) => {
        const { body } = await requestOf(server, () => tables.updateStringColumn({ ...update, ...more }));
        return JSON.parse(body);
    };
    assert.deepEqual(await sent({ default: null }), { required: false, default: null });
    assert.deepEqual(await sent({ xdefault: null }), { required: false, default: null });
    assert.deepEqual(await sent({ default: "x", xdefault: undefined }), { required: false, default: "x" });
    await fails(
        () => tables.updateStringColumn({ ...update, default: "x", xdefault: "y" }),
        /`default` is given twice/,
    );
});

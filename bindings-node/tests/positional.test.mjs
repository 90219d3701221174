// Every method of node-appwrite with the older positional arguments: both packages send the same request.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { positionalMethods } from "./support/twin.mjs";
import { startServer } from "./support/server.mjs";

const require = createRequire(import.meta.url);
const [official, ours] = [require("node-appwrite"), require("polywrite")];
const folder = fileURLToPath(new URL(".", pathToFileURL(require.resolve("node-appwrite"))));
const methods = positionalMethods(folder);
const server = await startServer((request, response) => {
    // Only the path distinguishes redirecting calls.
    if (request.url.includes("oauth2") && request.method === "GET")
        response.setHeader("location", "https://x.example/");
    if (/\/tokens\/oauth2\//.test(request.url)) return void response.writeHead(301).end();
    return {};
});

/** A value of a type; `place` makes the values of one call differ. */
function sample(type, place, name) {
    if (type.startsWith("("))
        return type.includes("=>") ? () => {} : sample(type.slice(1).split(/ \| |\)/)[0], place, name);
    if (/^any(\[\])+$/.test(type)) return coordinates(name);
    if (type.endsWith("[]")) return [0, 1].map((index) => sample(type.slice(0, -2), place * 10 + index, name));
    const first = type.split(" | ")[0];
    if (/ extends /.test(type)) return { key: place, list: ["a"] };
    if (first === "string") return `value ${place}/ä`;
    if (first === "number") return place + 1;
    if (first === "boolean") return true;
    if (first === "File") return new File(["content"], "name.txt");
    if (first in official && typeof official[first] === "object") return Object.values(official[first])[0];
    if (/^(object|any|Partial|Omit|\{|Record)/.test(first)) return { key: place, list: ["a"] };
    throw new Error(`${name}: no sample of ${type}`);
}

/** A point, line or polygon for their names; a list for everything else. */
function coordinates(name) {
    const point = [1, 2.5];
    if (/Line/.test(name)) return [point, point];
    return /Polygon/.test(name) ? [[point, point, point]] : point;
}

const clientOf = ({ Client }) => new Client().setEndpoint(server.endpoint).setProject("p").setKey("k");
const clients = new Map([official, ours].map((sdk) => [sdk, clientOf(sdk)]));

/** The parts of the request that have a meaning. */
async function sent(sdk, { service, method }, args) {
    server.take();
    await new sdk[service](clients.get(sdk))[method](...args);
    const [request] = server.take();
    const url = new URL(request.url, server.endpoint);
    return {
        method: request.method,
        path: url.pathname,
        query: [...url.searchParams].map(([name, value]) => [name.replace(/\[\d*\]$/, "[]"), truth(value)]).sort(),
        body: bodyOf(request),
        // Theirs sends no Accept in some calls.
        accept: request.headers.accept.replace("*/*", "application/json"),
        project: request.headers["x-appwrite-project"],
        mode: request.headers["x-sdk-graphql"],
    };
}

/** Appwrite reads `true` and `1` as true, but also `false`. */
const truth = (value) => (value === "true" ? "1" : value);

function bodyOf({ headers, body }) {
    const [, boundary] = /boundary=(.*)$/.exec(headers["content-type"] ?? "") ?? [];
    if (boundary === undefined) return body === "" ? {} : JSON.parse(body);
    const parts = body.split(`--${boundary}`).slice(1, -1);
    return parts
        .map((part) => [/name="([^"]*)"/.exec(part)[1].replace(/\[\d*\]$/, "[]"), part.split("\r\n\r\n")[1].trim()])
        .sort();
}

/** What differs on purpose. */
const onPurpose = [
    // Theirs sends `[object Object]`.
    "Avatars.getScreenshot",
];

test("positional arguments make the requests that node-appwrite makes", async () => {
    assert.ok(methods.length > 600, `${methods.length} methods`);
    const different = [];
    for (const each of methods) {
        const name = `${each.service}.${each.method}`;
        const args = each.types.map((type, place) => sample(type, place, name));
        const theirs = await settle(official, each, args);
        const mine = await settle(ours, each, args);
        if (!isDeepStrictEqual(mine, theirs)) different.push({ name, mine, theirs });
    }
    assert.deepEqual(
        different.filter(({ name }) => !onPurpose.includes(name)),
        [],
    );
    assert.deepEqual(
        onPurpose.filter((name) => !different.some((each) => each.name === name)),
        [],
        "these do not differ any more",
    );
});

const settle = (sdk, each, args) => sent(sdk, each, args).catch((error) => `${error.name}: ${error.message}`);

// What a program can watch: the response itself, hooks, log lines.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { ArgumentException, Client, InputFile, NotFoundException, Storage, TablesDB, Users } from "polywrite";
import { startServer } from "./support/server.mjs";
import { runScript } from "./support/script.mjs";

const server = await startServer();
const client = () => new Client({ endpoint: server.endpoint, project: "p", retries: { baseDelay: 1 } });
const json = { "content-type": "application/json" };
const limited = { ...json, "X-RateLimit-Limit": "10", "X-RateLimit-Remaining": "9", "X-RateLimit-Reset": "1795831200" };
const users = '{"total":0,"users":[]}';

/** Responds one after the other, and with the last one again. */
function respond(...responses) {
    let left = responses;
    server.respond = (_request, response) => {
        const [[status, body, headers]] = left;
        if (left.length > 1) left = left.slice(1);
        response.writeHead(status, headers).end(body);
    };
}

test("a call returns its response beside what it returns", async () => {
    respond([503, ""], [200, users, { ...limited, "set-cookie": "a=s3cret" }]);
    const { data, response } = await new Users(client()).list().withResponse();
    assert.equal(data.total, 0);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("Content-Type"), "application/json");
    assert.deepEqual(response.rateLimit, { limit: 10, remaining: 9, reset: new Date(1795831200_000) });
    assert.equal(response.serverVersion, null);
    assert.deepEqual(
        response.attempts.map(({ kind, status }) => [kind, status]),
        [["api", 503]],
    );
    assert.ok(response.attempts[0].wait >= 0 && response.duration >= response.attempts[0].elapsed);
    assert.ok(!inspect(response).includes("s3cret") && inspect(response).includes("set-cookie"));
});

test("uploads and downloads have their responses, too", async () => {
    respond([201, '{"$id":"f","chunksTotal":1,"chunksUploaded":1}', limited]);
    const storage = new Storage(client());
    const file = InputFile.fromBuffer(Buffer.from("content"), "a.txt");
    const sent = await storage.createFile({ bucketId: "b", fileId: "f", file }).withResponse();
    assert.deepEqual([sent.data.$id, sent.response.status, sent.response.rateLimit.limit], ["f", 201, 10]);
    respond([200, "content", limited]);
    const params = { bucketId: "b", fileId: "f" };
    const whole = await storage.getFileDownload(params).withResponse();
    assert.equal(Buffer.from(whole.data).toString(), "content");
    assert.equal(whole.response.rateLimit.remaining, 9);
    const stream = await storage.getFileDownload(params, { as: "stream" }).withResponse();
    assert.equal(stream.response.status, 200);
    assert.equal(await new Response(stream.data).text(), "content");
});

test("a call's promise is one of the engine's", async () => {
    respond([200, users, json]);
    const promise = new Users(client()).list();
    assert.ok(promise instanceof Promise && promise.constructor === Promise);
    assert.match(inspect(promise), /^Promise \{\s+<pending>/);
    assert.equal(Object.keys(promise).length, 0);
    const [first, second] = [new Users(client()).list(), new Users(client()).get("u")];
    const both = await Promise.all([first.withResponse(), second.withResponse()]);
    assert.deepEqual(
        both.map(({ response }) => response.status),
        [200, 200],
    );
    await promise;
    await assert.rejects(promise.withResponse(), ArgumentException);
});

test("a failed call fails in the same way, and once", async () => {
    respond([404, '{"message":"gone","code":404,"type":"user_not_found"}', json]);
    await assert.rejects(new Users(client()).get("u").withResponse(), NotFoundException);
    await assert.rejects(new Users(client()).get().withResponse(), ArgumentException);
    const { code, output } = await runScript(`
        import { Client, Users } from "polywrite";
        process.on("unhandledRejection", (error) => console.log("unhandled", error.code));
        const users = new Users(new Client({ endpoint: ${JSON.stringify(server.endpoint)}, project: "p" }));
        users.get("u");
        await users.get("u").withResponse().catch((error) => console.log("handled", error.code));
    `);
    assert.equal(code, 0);
    assert.deepEqual(output.split("\n").sort(), ["handled 404", "unhandled 404"]);
});

test("hooks hear of each attempt in order, and of those of clients made of theirs", async () => {
    const heard = [];
    const hear = (name) => (event) => heard.push([name, event.attempt, event.status, event.kind, event.wait !== null]);
    const watched = client().setHooks({
        beforeAttempt: hear("before"),
        afterAttempt: hear("after"),
        beforeRetry: hear("retry"),
    });
    respond([503, ""], [200, users, json]);
    await new Users(watched.withKey("s3cret")).list();
    assert.deepEqual(heard, [
        ["before", 1, null, null, false],
        ["after", 1, 503, "api", true],
        ["retry", 1, 503, "api", true],
        ["before", 2, null, null, false],
        ["after", 2, 200, null, false],
    ]);
    let seen;
    watched.setHooks({ afterAttempt: (event) => (seen = event) });
    await new Users(watched).get("s3cret");
    const { operation, method, host, path } = seen;
    assert.deepEqual([operation, method, path], ["users.get", "GET", "/users/{userId}"]);
    assert.ok(server.endpoint.includes(`//${host}/`) && !JSON.stringify(seen).includes("s3cret"));
    const { response } = await new Users(watched).list().withResponse();
    assert.equal(response.status, 200);
    assert.throws(() => watched.setHooks({ afterAttemt() {} }), ArgumentException);
});

test("hooks hear of the calls of a bulk write and of a transaction's begin and end", async () => {
    const heard = [];
    const lines = [];
    const line = (line) => lines.push(line);
    const watched = client()
        .setHooks({ afterAttempt: ({ operation, status }) => heard.push(`${operation} ${status}`) })
        .setLogger({ error: line, warn: line, info: line, debug: line, trace: line }, "debug");
    const tables = new TablesDB(watched);
    const table = { databaseId: "d", tableId: "t" };
    respond([503, ""], [201, '{"total":1,"rows":[],"$id":"x"}', json]);
    await tables.bulkCreateRows({ ...table, rows: [{ a: 1 }, { a: 2 }] }, { limit: 1, concurrency: 1 });
    const row = "tablesDB.createRows";
    assert.deepEqual(heard.splice(0), [`${row} 503`, `${row} 201`, `${row} 201`]);
    await tables.transaction((inside) => inside.deleteRow({ ...table, rowId: "r" }));
    const ends = ["tablesDB.createTransaction 201", "tablesDB.deleteRow 201", "tablesDB.updateTransaction 201"];
    assert.deepEqual(heard, ends);
    assert.equal(lines.filter((line) => /attempt \d+: /.test(line)).length, 6);
});

test("a hook that throws becomes a warning and nothing else", async () => {
    respond([200, users, json]);
    const warned = new Promise((resolve) => process.once("warning", resolve));
    const watched = client().setHooks({
        afterAttempt() {
            throw new Error("in a hook");
        },
    });
    assert.equal((await new Users(watched).list()).total, 0);
    assert.equal((await warned).message, "a hook failed: in a hook");
});

test("a logger gets a line for each attempt up to its level", async () => {
    const lines = [];
    const write = (level) => (line) => lines.push(`${level} ${line}`);
    const levels = ["error", "warn", "info", "debug", "trace"];
    const logger = Object.fromEntries(levels.map((level) => [level, write(level)]));
    respond([503, "busy"], [200, users, { ...json, "set-cookie": "a=s3cret" }]);
    const watched = client().setLogger(logger).setKey("s3cret");
    await new Users(watched).list();
    const begin = `users.list: GET ${new URL(server.endpoint).host} /users, attempt`;
    const shape = lines.map((line) => line.replace(begin, "").replace(/[\d.]+ s$/, "…"));
    assert.deepEqual(shape, ["debug  1: busy in …", "info  1 failed; the next one follows in …", "debug  2: 200 in …"]);
    await new Users(watched.setLogger(logger, "trace")).list();
    assert.ok(lines.some((line) => line.startsWith("trace") && line.includes("set-cookie: [redacted]")));
    assert.ok(!lines.join("\n").includes("s3cret"));
});

test("the environment variable POLYWRITE_LOG has lines go to the standard error", async () => {
    respond([200, users, json]);
    const program = `
        import { Client, Users } from "polywrite";
        await new Users(new Client({ endpoint: ${JSON.stringify(server.endpoint)}, project: "p", key: "s3cret" })).list();
    `;
    const { output } = await runScript(program, { POLYWRITE_LOG: "debug" });
    assert.match(output, /^polywrite debug: users\.list: GET \S+ \/users, attempt 1: 200 in [\d.]+ s$/);
    assert.equal((await runScript(program)).output, "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import {
    Account,
    AppwriteException,
    CancelledException,
    Client,
    ConflictException,
    DecodeException,
    MissingScopeException,
    NetworkException,
    NotFoundException,
    RateLimitedException,
    TablesDB,
    TimeoutException,
    UnauthorizedException,
    Users,
} from "polywrite";
import { startServer } from "./support/server.mjs";

const server = await startServer();
const client = new Client({ endpoint: server.endpoint, project: "p", key: "SECRET", retries: { max: 0 } });
const [users, tables] = [new Users(client), new TablesDB(client)];
const respondWith = (status, body, headers = {}) => {
    server.respond = (_request, response) => void response.writeHead(status, headers).end(body);
};
const json = { "content-type": "application/json" };

test("a printed error names the call, the status and what to do", async () => {
    respondWith(401, '{"message":"missing scopes","code":401,"type":"general_unauthorized_scope"}', json);
    const error = await users.get("u").catch((error) => error);
    assert.equal(error.message, "missing scopes");
    const line =
        "AppwriteException: users.get: missing scopes (401 general_unauthorized_scope); the API key needs the scope users.read";
    assert.equal(String(error), line);
    assert.equal(error.stack.split("\n")[0], line);
    assert.ok(inspect(error).startsWith(`${line}\n    at `), inspect(error));
    assert.equal(String(new AppwriteException("own")), "AppwriteException: own");
});

test("control characters and secrets of a server stay out of logs", async () => {
    const odd = JSON.stringify("a\u001b[31m\r\n2026-01-01 root logged in\0\u202e\u2028b");
    respondWith(500, `{"message":${odd},"code":500,"type":${odd},"trace":[{"password":"TOPSECRET"}]}`, json);
    const error = await users.get("u").catch((error) => error);
    for (const text of [error.message, error.type, String(error)]) {
        assert.doesNotMatch(text, /[\u0000-\u001f\u007f-\u009f\u202e\u2028]/);
    }
    respondWith(
        200,
        '{"total":"2","users":[{"password":"TOPSECRET","hash":"TOPSECRET","se\\u0063ret":"TOPSECRET"',
        json,
    );
    const broken = await users.list().catch((error) => error);
    assert.ok(broken instanceof DecodeException);
    for (const failed of [error, broken]) {
        assert.ok(!`${failed} ${inspect(failed)} ${JSON.stringify(failed)} ${failed.stack}`.includes("TOPSECRET"));
        assert.ok(failed.response.includes("[redacted]"));
    }
});

test("integers are exact, and objects are plain", async () => {
    respondWith(
        200,
        '{"max":9223372036854775807,"min":-9223372036854775808,"safe":9007199254740991,"next":9007199254740993,"text":"9007199254740993","f":0.12345678901234567,"e":1e30,"huge":99999999999999999999,"zip":1234567890123456}',
        json,
    );
    const row = await tables.getRow("d", "t", "r");
    assert.deepEqual(row, {
        max: 9223372036854775807n,
        min: -9223372036854775808n,
        safe: 9007199254740991,
        next: 9007199254740993n,
        text: "9007199254740993",
        f: 0.12345678901234567,
        e: 1e30,
        huge: 1e20,
        zip: 1234567890123456,
    });
    assert.equal(Object.getPrototypeOf(row), Object.prototype);
    assert.equal(String(row).slice(0, 28), '{"max":9223372036854775807,"');
    assert.ok(!Object.keys(row).includes("toString"));
});

test("large and small bodies, ASCII and not, arrive unchanged", async () => {
    for (const size of [1, 10, 1000, 70_000, 300_000]) {
        for (const letter of ["a", "é", "漢", "😀", '\\u00e9"\\']) {
            const text = letter.repeat(size);
            respondWith(200, JSON.stringify({ text, n: [1, 2.5, null, true] }), json);
            assert.deepEqual(await users.get("u"), { text, n: [1, 2.5, null, true] });
        }
    }
    // Few letters beyond Latin-1, which are escaped, and too many for that.
    for (const text of [`${"x".repeat(100)}é✓😀`.repeat(700), `${"x".repeat(10)}é✓😀`.repeat(7000)]) {
        respondWith(200, JSON.stringify({ text, n: [1] }), json);
        assert.deepEqual(await users.get("u"), { text, n: [1] });
        respondWith(200, JSON.stringify({ text, n: [1] }).replace("[1]", "[9007199254740993]"), json);
        assert.deepEqual(await users.get("u"), { text, n: [9007199254740993n] });
    }
});

test("a column may have any name", async () => {
    const row = '{"toString":"x","__proto__":{"polluted":true},"constructor":1}';
    respondWith(200, row, json);
    assert.equal(JSON.stringify(await tables.getRow("d", "t", "r")), row);
    assert.equal({}.polluted, undefined);
});

test("a response without a body is an empty object", async () => {
    respondWith(204, "", { "content-type": "text/html" });
    assert.deepEqual(await users.delete("u"), {});
});

test("errors have their kind, and the members of node-appwrite's errors", async () => {
    const cases = [
        [400, "general_argument_invalid", AppwriteException, "argument"],
        [401, "user_unauthorized", UnauthorizedException, "unauthorized"],
        [401, "general_unauthorized_scope", MissingScopeException, "missing_scope"],
        [404, "user_not_found", NotFoundException, "not_found"],
        [409, "user_already_exists", ConflictException, "conflict"],
        [429, "general_rate_limit_exceeded", RateLimitedException, "rate_limited"],
        [500, "general_unknown", AppwriteException, "api"],
    ];
    for (const [status, type, kind, name] of cases) {
        const body = JSON.stringify({ message: `It says ${type}`, code: status, type, version: "1.9.6" });
        respondWith(status, body, json);
        const error = await users.get("u").catch((error) => error);
        assert.ok(error instanceof kind, `${type}: ${error.constructor.name}`);
        assert.ok(error instanceof AppwriteException && error instanceof Error);
        assert.deepEqual(
            [error.message, error.code, error.type, error.response, error.name],
            [`It says ${type}`, status, type, body, "AppwriteException"],
        );
        assert.equal(error.kind, name);
        assert.equal(error.operation, "users.get");
        assert.ok(!inspect(error, { depth: 9 }).includes("SECRET"));
    }
});

test("the stack of an error shows who made the call", async () => {
    respondWith(404, '{"message":"no","code":404,"type":"user_not_found"}', json);
    async function theCaller() {
        await users.get("u");
    }
    await assert.rejects(theCaller(), (error) => error.stack.includes("theCaller"));
});

test("HTML and cut-off JSON are decode errors that show how the response begins", async () => {
    respondWith(200, "<html>maintenance</html>", { "content-type": "text/html" });
    await assert.rejects(
        users.get("u"),
        (error) => error instanceof DecodeException && /maintenance/.test(error.message + error.response),
    );
    respondWith(200, '{"$id": "u"', json);
    await assert.rejects(users.get("u"), DecodeException);
});

test("JSON that is malformed in its middle is a decode error, worded by the core and without secrets", async () => {
    const secret = "eyJhbGciOi.abc";
    const malformed = `{"$id":"t","jwt":"${secret}", nonsense, "size":9007199254740993}`;
    for (const body of [malformed, malformed.replace(/, "size.*/, "}"), malformed.replace('"t"', '"漢é"')]) {
        respondWith(200, body, json);
        for (const [call, operation] of [
            [() => users.createJWT("u"), "users.createJWT"],
            [() => client.call("get", new URL(`${server.endpoint}/any`)), "client.request"],
        ]) {
            const error = await call().catch((error) => error);
            assert.ok(error instanceof DecodeException, error.stack);
            assert.equal(error.operation, operation);
            assert.match(error.message, /at line 1 column \d+; the response \(\d+ bytes\) begins: \{"\$id":/);
            assert.match(error.response, /"jwt":"\[redacted\]", nonsense/);
            assert.ok(!inspect(error, { depth: 9 }).includes(secret));
        }
    }
});

test("time-outs and broken connections are AppwriteExceptions", async () => {
    server.respond = () => undefined;
    await assert.rejects(users.get({ userId: "u" }, { timeout: 50 }), TimeoutException);
    server.respond = (_request, response) => void response.destroy();
    await assert.rejects(users.get("u"), NetworkException);
    const unreachable = new Users(
        new Client({ endpoint: "http://127.0.0.1:1/v1", project: "p", retries: { max: 1, baseDelay: 1 } }),
    );
    const error = await unreachable.get("u").catch((error) => error);
    assert.ok(error instanceof NetworkException);
    assert.equal(error.attempts.length, 2);
    const patient = new Users(new Client({ endpoint: "http://127.0.0.1:1/v1", project: "p", retries: 1 }));
    assert.equal((await patient.get("u").catch((error) => error)).attempts.length, 2);
});

test("an AbortSignal ends the call, closes the connection, and throws its reason", async () => {
    const arrived = withResolvers();
    const closed = withResolvers();
    server.respond = (_request, response) => {
        response.on("close", closed.resolve);
        arrived.resolve();
    };
    const controller = new AbortController();
    const call = users.get({ userId: "u" }, { signal: controller.signal });
    await arrived.promise;
    const reason = new Error("enough");
    controller.abort(reason);
    await assert.rejects(call, (error) => error === reason);
    await closed.promise;
    await assert.rejects(
        users.get({ userId: "u" }, { signal: AbortSignal.abort(reason) }),
        (error) => error === reason,
    );
    server.respond = () => undefined;
    await assert.rejects(users.get({ userId: "u" }, { signal: AbortSignal.timeout(20) }), { name: "TimeoutError" });
    assert.ok(CancelledException);
});

test("many calls can share a signal", async () => {
    const warnings = [];
    const listen = (warning) => warnings.push(warning.message);
    process.on("warning", listen);
    const [controller, reason] = [new AbortController(), new Error("enough")];
    const { signal } = controller;
    respondWith(200, "{}", json);
    await Promise.all(Array.from({ length: 20 }, () => users.get({ userId: "u" }, { signal })));
    server.respond = () => undefined;
    const calls = Array.from({ length: 20 }, () => users.get({ userId: "u" }, { signal }));
    controller.abort(reason);
    for (const { reason: found } of await Promise.allSettled(calls)) assert.equal(found, reason);
    await new Promise(setImmediate);
    process.off("warning", listen);
    assert.deepEqual(warnings, []);
});

test("a redirect is returned, not followed", async () => {
    respondWith(301, "", { location: "https://provider.example/authorize?x=1" });
    const url = await new Account(users.client).createOAuth2Token({ provider: "github" });
    assert.equal(url, "https://provider.example/authorize?x=1");
});

test("a warning of the server is printed once a process", async () => {
    const warnings = [];
    process.on("warning", (warning) => warnings.push(`${warning.name}: ${warning.message}`));
    respondWith(200, "{}", { ...json, "x-appwrite-warning": "The format is newer than the server" });
    await users.get("u");
    await users.get("u");
    await new Promise(setImmediate);
    assert.deepEqual(warnings, ["AppwriteWarning: The format is newer than the server"]);
});

function withResolvers() {
    const parts = {};
    parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
    return parts;
}

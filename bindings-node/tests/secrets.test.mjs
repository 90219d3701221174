import assert from "node:assert/strict";
import { Console } from "node:console";
import { Writable } from "node:stream";
import { test } from "node:test";
import { format, inspect } from "node:util";
import { Account, Client, Functions, Project, Users } from "polywrite";
import { startServer } from "./support/server.mjs";

const SECRET = "standard_SECRET";
const server = await startServer();
const client = new Client({ endpoint: server.endpoint, project: "shop", key: SECRET });

/** What `console.log` and its relatives print. */
function printed(...values) {
    const parts = [];
    const stdout = new Writable({ write: (chunk, _encoding, done) => (parts.push(chunk.toString()), done()) });
    const console = new Console({ stdout, stderr: stdout });
    console.log(...values);
    console.error(...values);
    console.info("%o %O %s", values[0], values[0], values[0]);
    return parts.join("") + inspect(values, { showHidden: true, showProxy: true, depth: 9 }) + format(...values);
}

test("printing a client's headers hides its key and what the program added, and sending them does not", async () => {
    const added = new Client({ endpoint: server.endpoint, key: SECRET, headers: { "X-Mine": `${SECRET}2` } });
    for (const headers of [added.headers, added.getHeaders()]) {
        const text = printed(headers, [headers], { headers });
        assert.ok(!text.includes(SECRET), text);
        assert.match(text, /'X-Appwrite-Key': '\[redacted\]'/);
        assert.match(text, /'x-sdk-language': 'nodejs'/);
        assert.equal(headers["X-Appwrite-Key"], SECRET);
        assert.equal({ ...headers }["x-mine"], `${SECRET}2`);
        assert.equal(JSON.parse(JSON.stringify(headers))["X-Appwrite-Key"], SECRET);
        assert.equal(new Headers(headers).get("x-appwrite-key"), SECRET);
        assert.equal(new Request("http://127.0.0.1", { headers }).headers.get("x-mine"), `${SECRET}2`);
        assert.equal(Object.prototype.hasOwnProperty.call(headers, "X-Appwrite-Key"), true);
    }
    assert.deepEqual(added.headers, { ...added.headers });
});

const responses = {
    "a session": [
        (it) => new Account(it).createAnonymousSession(),
        { $id: "s", secret: SECRET, userId: "u" },
        ["secret"],
    ],
    "a token": [(it) => new Account(it).createJWT(), { jwt: SECRET }, ["jwt"]],
    "recovery codes": [
        (it) => new Account(it).createMFARecoveryCodes(),
        { recoveryCodes: [SECRET] },
        ["recoveryCodes"],
    ],
    "users in a list": [
        (it) => new Users(it).list(),
        {
            total: 1,
            users: [{ $id: "u", password: SECRET, prefs: { a: 1 }, hashOptions: { salt: SECRET, type: "scrypt" } }],
        },
        ["users", 0, "password"],
    ],
    "variables within functions": [
        (it) => new Functions(it).list(),
        { total: 1, functions: [{ $id: "f", vars: [{ $id: "v", key: "KEY", value: SECRET }] }] },
        ["functions", 0, "vars", 0, "value"],
    ],
    "one of several models": [
        (it) => new Project(it).getOAuth2Provider({ providerId: "github" }),
        { $id: "github", clientId: "id", clientSecret: SECRET },
        ["clientSecret"],
    ],
};

for (const [what, [call, body, path]] of Object.entries(responses)) {
    test(`printing ${what} hides secrets, and reading and sending do not`, async () => {
        server.respond = () => body;
        const response = await call(client);
        let secret = response;
        for (const name of path) {
            if (typeof secret === "object") {
                const text = printed(secret, { secret }, [secret]) + `${response}` + String(response);
                assert.ok(!text.includes(SECRET), text);
            }
            secret = secret[name];
        }
        assert.match(inspect(response, { depth: 9 }) + String(response), /\[redacted\]/);
        // Reading, copying, storing, comparing.
        assert.deepEqual([secret].flat(), [SECRET]);
        assert.deepEqual(JSON.parse(JSON.stringify(response)), body);
        assert.deepEqual(response, Object.assign(structuredClone(body)));
        assert.deepEqual({ ...response }, body);
        assert.deepEqual(structuredClone({ ...response }), body);
        assert.deepEqual(Object.keys(response), Object.keys(body));
    });
}

test("an object without a secret is printed as it is", async () => {
    server.respond = () => ({ $id: "s", secret: "", userId: "u" });
    const session = await new Account(client).createAnonymousSession();
    assert.equal(inspect(session), "{ '$id': 's', secret: '', userId: 'u' }");
    assert.equal(String(session), '{"$id":"s","secret":"","userId":"u"}');
});

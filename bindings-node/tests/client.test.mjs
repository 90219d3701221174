import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { inspect } from "node:util";
import { Client, ConfigurationException, Users } from "polywrite";
import { InputFile } from "polywrite/file";
import { requestOf, startServer } from "./support/server.mjs";

const SECRET = "standard_SECRET";
const server = await startServer();
const base = () => new Client().setEndpoint(server.endpoint).setProject("shop");
const headersOf = async (client) => (await requestOf(server, () => new Users(client).get("u"))).headers;

test("setters chain and reach the wire", async () => {
    const client = base()
        .setKey(SECRET)
        .setLocale("de")
        .setForwardedUserAgent("ua")
        .setImpersonateUserId("u")
        .addHeader("X-Mine", "1");
    const headers = await headersOf(client);
    assert.equal(headers["x-appwrite-project"], "shop");
    assert.equal(headers["x-appwrite-key"], SECRET);
    assert.equal(headers["x-appwrite-locale"], "de");
    assert.equal(headers["x-forwarded-user-agent"], "ua");
    assert.equal(headers["x-appwrite-impersonate-user-id"], "u");
    assert.equal(headers["x-mine"], "1");
    assert.equal(headers["x-sdk-language"], "nodejs");
    const shown = client.getHeaders();
    assert.equal(shown["X-Appwrite-Key"], SECRET);
    assert.equal(shown["x-mine"], "1");
    shown["X-Appwrite-Key"] = "changed";
    assert.equal(client.getHeaders()["X-Appwrite-Key"], SECRET);
});

test("config and headers can be read and assigned, as in node-appwrite", async () => {
    const client = base().setDevKey("d");
    assert.equal(client.config.endpoint, server.endpoint);
    assert.equal(client.config.project, "shop");
    assert.equal(client.config.devkey, "d");
    assert.equal(client.config.session, "");
    client.config.locale = "fr";
    client.headers["X-Other"] = "2";
    const headers = await headersOf(client);
    assert.equal(headers["x-appwrite-locale"], "fr");
    assert.equal(headers["x-other"], "2");
});

test("headers and config are those of the calls, whatever set them", async () => {
    const names = { key: "X-Appwrite-Key", session: "X-Appwrite-Session", jwt: "X-Appwrite-JWT" };
    const known = { ...process.env };
    Object.assign(process.env, {
        APPWRITE_ENDPOINT: server.endpoint,
        APPWRITE_PROJECT_ID: "p",
        APPWRITE_API_KEY: SECRET,
    });
    const clients = [
        ["key", SECRET, Client.fromEnv()],
        ["session", "abc", Client.fromCookies("a_session_p=abc")],
        ["jwt", "j", Client.fromFunctionUser({ headers: { "x-appwrite-user-jwt": "j" } })],
    ];
    process.env = known;
    for (const [setting, value, client] of clients) {
        assert.deepEqual([client.getHeaders()[names[setting]], client.config[setting]], [value, value]);
        assert.deepEqual([client.config.project, client.getHeaders()["X-Appwrite-Project"]], ["p", "p"]);
        const sent = await headersOf(client);
        for (const [name, text] of Object.entries(client.getHeaders())) assert.equal(sent[name.toLowerCase()], text);
        assert.ok(client.getHeaders()["user-agent"] && client.getHeaders()["X-Appwrite-Response-Format"]);
    }
});

test("headers can be deleted, and headers and config replaced", async () => {
    const client = base().setKey(SECRET).addHeader("x-mine", "1");
    client.headers["X-Appwrite-Key"] = "changed";
    client.setKey("again");
    assert.equal((await headersOf(client))["x-appwrite-key"], "again");
    delete client.headers["X-Appwrite-Key"];
    delete client.headers["X-Mine"];
    let headers = await headersOf(client);
    assert.deepEqual([headers["x-appwrite-key"], headers["x-mine"]], [undefined, undefined]);
    client.headers["Authorization"] = "Bearer b";
    assert.equal(client.config.bearer, "b");
    client.headers = { ...client.headers, "X-Other": "2" };
    assert.equal(client.headers["X-Other"], "2");
    client.headers = { "X-Appwrite-Locale": "de" };
    headers = await headersOf(client);
    assert.deepEqual(
        [headers["x-other"], headers.authorization, headers["x-appwrite-locale"]],
        [undefined, undefined, "de"],
    );
    client.setSession("s");
    client.config = { ...base().config, key: "k", session: "" };
    headers = await headersOf(client);
    assert.deepEqual([headers["x-appwrite-key"], headers["x-appwrite-session"]], ["k", undefined]);
    assert.deepEqual([headers["x-appwrite-project"], headers["x-appwrite-locale"]], ["shop", undefined]);
});

test("a client with another credential keeps none of the old ones", async () => {
    const admin = base().setKey(SECRET).setImpersonateUserId("u").addHeader("x-trace", "1");
    for (const [client, header, value] of [
        [admin.withSession("s"), "x-appwrite-session", "s"],
        [admin.withJWT("j"), "x-appwrite-jwt", "j"],
        [admin.withBearer("b"), "authorization", "Bearer b"],
        [admin.withCookie("c=1"), "cookie", "c=1"],
        [admin.withDevKey("d"), "x-appwrite-dev-key", "d"],
        [admin.withKey("k2"), "x-appwrite-key", "k2"],
    ]) {
        const headers = await headersOf(client);
        assert.equal(headers[header], value);
        assert.equal(headers["x-appwrite-project"], "shop");
        assert.equal(headers["x-trace"], "1");
        assert.equal(headers["x-appwrite-impersonate-user-id"], undefined);
        assert.ok(!JSON.stringify(headers).includes(SECRET));
        assert.ok(!JSON.stringify(client.getHeaders()).includes(SECRET));
    }
    assert.equal((await headersOf(admin.withoutCredentials()))["x-appwrite-key"], undefined);
    assert.equal((await headersOf(admin))["x-appwrite-key"], SECRET);
});

test("a key and a session together are an error", () => {
    assert.throws(
        () => base().setKey(SECRET).setSession("s"),
        (error) => {
            assert.ok(error instanceof ConfigurationException);
            assert.match(error.message, /together/);
            assert.match(error.hint, /two clients/);
            return !inspect(error).includes(SECRET);
        },
    );
});

/** A setting that is a number above zero. */
function checkLimit(name) {
    for (const value of [NaN, Infinity, -1, 0, "1"]) {
        assert.throws(
            () => new Client({ [name]: value }),
            (error) => {
                assert.ok(error instanceof ConfigurationException);
                return error.message.includes(`\`${name}\``);
            },
        );
    }
    assert.ok(new Client({ [name]: 1 }).configure({ [name]: null }));
}

test("a limit of connections that cannot work is an error at once", () => {
    checkLimit("maxConnections");
    assert.throws(() => new Client({ maxConnections: 1.5 }), /whole number/);
});

test("settings that cannot work are an error at once", () => {
    assert.throws(() => new Client().setEndpoint("ftp://x"), ConfigurationException);
    assert.throws(() => new Client().setEndpoint(""), ConfigurationException);
    assert.throws(() => new Client().setKey(undefined), /setKey/);
    assert.throws(
        () => new Client().setKey(`${SECRET}\nx: y`),
        (error) => !inspect(error).includes(SECRET),
    );
    assert.throws(() => new Client({ endPoint: "x" }), /endPoint/);
    assert.throws(() => new Client({ timeout: "long" }), /timeout/);
    for (const name of ["timeout", "deadline", "maxResponseBytes"]) checkLimit(name);
    assert.throws(() => new Client({ maxResponseBytes: 1.5 }), /whole number/);
    assert.throws(() => new Client({ retries: { max: -1 } }), /retries\.max/);
    assert.throws(() => new Client({ retries: { most: 1 } }), /most/);
    assert.throws(() => new Client({ retries: -1 }), /retries\.max` must be a whole number, 0 or more/);
    assert.throws(() => new Client({ headers: ["a"] }), /headers/);
    assert.throws(() => new Client({ headers: { a: 1 } }), /headers\.a/);
    assert.throws(() => new Client({ headers: new Headers({ a: "b" }) }), /headers/);
    assert.throws(() => new Client({ headers: new Map([["a", "b"]]) }), /headers/);
    assert.throws(() => new Client({ caCertificates: "no certificate" }), ConfigurationException);
});

test("nothing that prints a client shows a secret", () => {
    const client = base().setKey(SECRET).setProject("shop").addHeader("x-appwrite-jwt", SECRET);
    const users = new Users(client);
    for (const text of [
        inspect(client, { depth: 9, showHidden: true }),
        JSON.stringify(client),
        `${client}`,
        inspect(users, { depth: 9 }),
        JSON.stringify(users),
        inspect(client.config),
        inspect(client.config, { showHidden: true, showProxy: true }),
    ]) {
        assert.ok(!text.includes(SECRET), text);
    }
});

test("clients from the environment, a function and cookies", async () => {
    const known = { ...process.env };
    Object.assign(process.env, {
        APPWRITE_ENDPOINT: server.endpoint,
        APPWRITE_FUNCTION_PROJECT_ID: "fn",
        APPWRITE_API_KEY: "env",
    });
    try {
        assert.equal((await headersOf(Client.fromEnv()))["x-appwrite-key"], "env");
        assert.equal((await headersOf(Client.fromEnv({ project: "other" })))["x-appwrite-project"], "other");
        const request = { headers: { "x-appwrite-key": "dynamic", "x-appwrite-user-jwt": "jwt" } };
        const asFunction = await headersOf(Client.fromFunction(request));
        assert.equal(asFunction["x-appwrite-key"], "dynamic");
        assert.equal(asFunction["x-appwrite-project"], "fn");
        const asUser = await headersOf(Client.fromFunctionUser({ headers: new Headers(request.headers) }));
        assert.equal(asUser["x-appwrite-jwt"], "jwt");
        assert.equal(asUser["x-appwrite-key"], undefined);
        const browser = await headersOf(Client.fromCookies("x=1; a_session_fn=abc"));
        assert.equal(browser["x-appwrite-session"], "abc");
        assert.equal(browser["x-appwrite-key"], undefined);
        assert.equal((await headersOf(Client.fromCookies(undefined)))["x-appwrite-session"], undefined);
    } finally {
        process.env = known;
    }
});

test("without an endpoint or a project in the environment, an error names the variables", async () => {
    const known = { ...process.env };
    const key = { APPWRITE_API_KEY: SECRET };
    const endpoint = { APPWRITE_ENDPOINT: server.endpoint };
    const project = { APPWRITE_PROJECT_ID: "shop" };
    const request = { headers: { "x-appwrite-key": "dynamic" } };
    const makers = [
        (settings) => Client.fromEnv(settings),
        (settings) => Client.fromFunction(request, settings),
        (settings) => Client.fromFunctionUser(request, settings),
        (settings) => Client.fromCookies("a_session_shop=abc", settings),
    ];
    try {
        for (const make of makers) {
            for (const [set, setting, variables] of [
                [{ ...key, ...project }, "endpoint", /APPWRITE_ENDPOINT, APPWRITE_FUNCTION_API_ENDPOINT/],
                [{ ...key, ...project, APPWRITE_ENDPOINT: "" }, "endpoint", /APPWRITE_SITE_API_ENDPOINT/],
                [{ ...key, ...endpoint }, "project", /APPWRITE_PROJECT_ID, APPWRITE_FUNCTION_PROJECT_ID/],
                [{ ...key, ...endpoint, APPWRITE_PROJECT_ID: " " }, "project", /APPWRITE_SITE_PROJECT_ID/],
            ]) {
                process.env = { ...set };
                const given = { endpoint: server.endpoint, project: "shop" };
                const left = { ...given, [setting]: setting === "endpoint" ? null : "" };
                for (const settings of [undefined, {}, left]) {
                    assert.throws(
                        () => make(settings),
                        (error) => {
                            assert.ok(error instanceof ConfigurationException);
                            assert.match(error.message, new RegExp(`the environment does not name the ${setting}`));
                            assert.match(String(error), variables);
                            assert.ok(!String(error).includes(SECRET));
                            return true;
                        },
                    );
                }
                assert.equal((await headersOf(make({ [setting]: given[setting] })))["x-appwrite-project"], "shop");
            }
        }
        process.env = { ...key, ...endpoint };
        assert.equal((await headersOf(Client.fromEnv({ organization: "acme" })))["x-appwrite-project"], undefined);
    } finally {
        process.env = known;
    }
});

test("the session of a visitor is found in every form that frameworks have of the cookies", async () => {
    const cases = JSON.parse(readFileSync(new URL("../../tests/fixtures/cookies.json", import.meta.url)));
    const session = async (cookies) => {
        const headers = await headersOf(base().setKey(SECRET).withSessionOf(cookies));
        assert.equal(headers["x-appwrite-key"], undefined);
        return headers["x-appwrite-session"] ?? null;
    };
    const asNext = (cookies) => ({
        jar: new Map(Object.entries(cookies)),
        get(name) {
            const value = this.jar.get(name) ?? undefined;
            return value === undefined ? undefined : { name, value };
        },
    });
    for (const { cookies, session: expected } of cases) {
        const forms = [cookies ?? undefined, cookies];
        if (typeof cookies === "string") {
            forms.push(new Headers({ cookie: cookies }), { cookie: cookies }, { cookie: [cookies] });
        }
        if (typeof cookies === "object" && cookies !== null && !("Cookie" in cookies)) {
            const withoutPrototype = Object.assign(Object.create(null), cookies);
            forms.push(new Map(Object.entries(cookies)), asNext(cookies), withoutPrototype);
        }
        for (const form of forms) assert.equal(await session(form), expected, inspect(form));
    }
    const strange = base().setProject("not a header's name");
    assert.doesNotThrow(() => strange.withSessionOf(new Headers({ cookie: "x=1" })));
    for (const wrong of [5, true, Promise.resolve(""), () => ""]) {
        assert.throws(() => base().withSessionOf(wrong), /takes a Cookie header, headers or cookies/);
    }
    assert.throws(() => new Client().withSessionOf({ a: "b" }), /found by its project/);
});

test("a function's request has headers", () => {
    assert.throws(() => Client.fromFunction({}, { endpoint: server.endpoint, project: "p" }), /headers/);
});

test("ping and calls without a method of their own", async () => {
    const client = base().setKey(SECRET);
    server.respond = ({ url }, response) => {
        if (url === "/v1/ping") return void response.end("Pong!");
        if (url === "/v1/bytes") return void response.setHeader("content-type", "image/png").end("png");
        return { ok: true, big: 1 };
    };
    assert.deepEqual(await client.ping(), { message: "Pong!" });
    const response = await client.call("post", new URL(`${client.config.endpoint}/any`), { "x-a": "b" }, { value: 1n });
    assert.equal(response.ok, true);
    const { method, headers, body } = server.take().at(-1);
    assert.deepEqual([method, headers["x-a"], body], ["POST", "b", '{"value":1}']);
    const bytes = await client.call("get", new URL(`${server.endpoint}/bytes`), {}, {}, "arrayBuffer");
    assert.equal(Buffer.from(bytes).toString(), "png");
    await assert.rejects(client.call("get", new URL("http://127.0.0.1:9/v1/x")), /endpoint/);
    const circle = {};
    circle.circle = circle;
    await assert.rejects(client.call("post", new URL(`${server.endpoint}/x`), {}, circle), /contains itself/);
    server.respond = ({ url }, response) => {
        if (url !== "/v1/moved") return { moved: url };
        response.writeHead(302, { location: "/v1/there" }).end();
    };
    assert.equal((await client.call("get", new URL(`${server.endpoint}/moved`))).moved, "/v1/there");
    server.respond = () => ({});
});

test("requests are prepared as node-appwrite prepares them", async () => {
    const require = createRequire(import.meta.url);
    const official = require("node-appwrite");
    const nested = { queries: ["a", ["b", "c"]], limit: 5, on: { x: 1 } };
    assert.deepEqual(Client.flatten(nested), official.Client.flatten(nested));
    assert.deepEqual(Client.flatten(nested, "p"), official.Client.flatten(nested, "p"));
    const prepared = ({ Client }, method, headers, params) => {
        const client = new Client().setEndpoint(server.endpoint).setProject("shop").setKey(SECRET);
        const { uri, options } = client.prepareRequest(method, new URL(`${server.endpoint}/x?a=1`), headers, params);
        const names = Object.keys(options.headers).filter((name) => !/^(x-sdk|user-agent|x-appwrite-resp)/i.test(name));
        return { uri, method: options.method, body: options.body, key: options.headers["X-Appwrite-Key"], names };
    };
    const json = { "content-type": "application/json" };
    for (const [method, headers, params] of [
        ["get", {}, { queries: ["a", "b"], total: true }],
        ["post", json, { name: "n", list: [1, 2] }],
        ["delete", json, {}],
    ]) {
        const ours = prepared({ Client }, method, headers, params);
        const theirs = prepared(official, method, headers, params);
        assert.deepEqual({ ...ours, names: [] }, { ...theirs, names: [] });
        assert.deepEqual(
            theirs.names.filter((name) => !ours.names.includes(name)),
            [],
        );
    }
    const form = base().prepareRequest(
        "post",
        new URL(server.endpoint),
        { "content-type": "multipart/form-data" },
        { file: new File(["x"], "x.txt"), permissions: ["p"] },
    ).options;
    assert.deepEqual([...form.body.keys()], ["file", "permissions[]"]);
    assert.equal(form.headers["content-type"], undefined);
});

test("redirects and uploads by hand", async () => {
    const client = base().setKey(SECRET);
    const at = (path) => new URL(server.endpoint + path);
    server.respond = ({ method }, response) => {
        if (method === "GET") return void response.writeHead(301, { location: "https://x.example/" }).end();
        return { $id: "f 1", chunksTotal: 1, chunksUploaded: 1 };
    };
    assert.equal(await client.redirect("get", at("/account/tokens/oauth2/github")), "https://x.example/");
    const form = { "content-type": "multipart/form-data", "x-mine": "1" };
    const payload = () => ({ fileId: "f 1", file: InputFile.fromPlainText("text", "t.txt"), permissions: ["p"] });
    for (const send of [
        () => client.chunkedUpload("post", at("/storage/buckets/b%201/files"), form, payload(), () => {}),
        () => client.call("post", at("/storage/buckets/b%201/files"), form, payload()),
    ]) {
        server.take();
        assert.equal((await send()).$id, "f 1");
        const [{ url, headers, body }] = server.take();
        assert.equal(url, "/v1/storage/buckets/b%201/files");
        assert.equal(headers["x-mine"], "1");
        assert.match(body, /name="fileId"\r\n\r\nf 1\r\n/);
        assert.match(body, /filename="t.txt"/);
    }
    await assert.rejects(client.chunkedUpload("post", at("/users"), {}, payload()), /POST \/users takes no file/);
    await assert.rejects(client.chunkedUpload("post", at("/storage/buckets/b/files"), {}, {}), /`file` is missing/);
    await assert.rejects(client.call("get", "no URL"), /URL/);
    server.respond = () => ({});
});

test("a thousand clients share one connection", async () => {
    const other = await startServer();
    for (let index = 0; index < 1000; index++) {
        await new Users(new Client({ endpoint: other.endpoint, project: `p${index}`, key: "k" })).get("u");
    }
    assert.equal(other.connections, 1);
});

test("the error for an unknown setting suggests the nearest one", () => {
    const message = "`endPoint` is not a setting; did you mean `endpoint`?";
    for (const endPoint of ["http://127.0.0.1/v1", undefined, () => {}]) {
        assert.throws(
            () => new Client({ endPoint }),
            (error) => {
                assert.equal(error.message, message);
                return error instanceof ConfigurationException;
            },
        );
    }
});

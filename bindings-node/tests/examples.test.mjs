import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ID, Project, ProjectKeyScopes, Storage, TablesDB, UnauthorizedException, Users } from "polywrite";
import { adminOf, lacking, startEmulator } from "./support/emulator.mjs";
import { runFile } from "./support/script.mjs";

const emulator = await startEmulator();
const admin = adminOf(emulator);
const users = new Users(admin);
const env = {
    APPWRITE_ENDPOINT: emulator.endpoint,
    APPWRITE_PROJECT_ID: emulator.project,
    APPWRITE_API_KEY: emulator.key,
};
Object.assign(process.env, env);
const example = (path) => `../examples/${path}`;

test("quick start", async () => {
    const { code, output } = await runFile(example("quick-start/node/quick-start.mjs"), env);
    assert.deepEqual([code, output], [0, "Momo 3"]);
});

test("upload with a progress bar", async () => {
    const folder = mkdtempSync(join(tmpdir(), "polywrite-example-"));
    after(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "film.bin");
    writeFileSync(path, Buffer.alloc(12 * 2 ** 20, "x"));
    const bucketId = ID.unique();
    await new Storage(admin).createBucket({ bucketId, name: "Films" });
    const { code, output } = await runFile(example("upload-with-progress/node/upload.mjs"), env, bucketId, path);
    assert.equal(code, 0, output);
    assert.match(output, /#{40} 100 % \(3 of 3\)\nfilm\.bin: 12582912 bytes as \w+$/);
});

test("a CSV file is imported with a progress bar", async () => {
    const folder = mkdtempSync(join(tmpdir(), "polywrite-example-"));
    after(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "films.csv");
    const lines = Array.from({ length: 250 }, (_, number) => `Film number ${number},${1925 + (number % 100)}`);
    lines[7] = '"A film, without a year",unknown';
    writeFileSync(path, ["title,year", ...lines].join("\n"));
    const { code, output } = await runFile(example("import-csv/node/import-csv.mjs"), env, path);
    assert.equal(code, 1, output);
    assert.match(output, /█{40} 249 rows\nline 9: AppwriteException: /);
    const [, databaseId, tableId] = /249 of 250 rows in database (\w+), table (\w+)/.exec(output);
    const { total, rows } = await new TablesDB(admin).listRows({ databaseId, tableId });
    assert.equal(total, 249);
    for (const { title, year } of rows) assert.equal(year, 1925 + (Number(title.slice(12)) % 100));
});

test("server-side rendering keeps sessions in cookies and apart", async () => {
    const { app } = await import("../../examples/server-side-rendering/node/app.mjs");
    const server = app.listen(0, "127.0.0.1");
    after(() => server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const site = `http://127.0.0.1:${server.address().port}`;
    const login = (email, password) =>
        fetch(`${site}/login`, { method: "POST", body: new URLSearchParams({ email, password }), redirect: "manual" });
    const home = async (cookie) => {
        const response = await fetch(site, { headers: cookie ? { cookie } : {} });
        return [response.status, await response.text()];
    };

    const [cookies, emails] = [{}, {}];
    for (const name of ["Ada", "Grace"]) {
        const userId = ID.unique();
        emails[name] = `${userId}@example.com`;
        await users.create({ userId, email: emails[name], password: "password-1", name });
        const [header] = (await login(emails[name], "password-1")).headers.getSetCookie();
        assert.ok(header.startsWith(`a_session_${emulator.project}=`), header);
        for (const attribute of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"])
            assert.ok(header.includes(attribute), header);
        cookies[name] = header.split(";")[0];
    }
    assert.equal((await login(emails.Ada, "wrong-password")).status, 401);
    assert.deepEqual(await home(cookies.Ada), [200, "Hello Ada"]);
    assert.deepEqual(await Promise.all([home(cookies.Grace), home(cookies.Ada)]), [
        [200, "Hello Grace"],
        [200, "Hello Ada"],
    ]);
    assert.equal((await home())[0], 401);
    const logout = async (headers) =>
        (await fetch(`${site}/logout`, { method: "POST", headers, redirect: "manual" })).status;
    assert.equal(await logout({ cookie: cookies.Ada }), 302);
    assert.equal((await home(cookies.Ada))[0], 401);
    // Wrong input of visitors is not an error of the program: it never responds with 500.
    assert.equal(await logout({ cookie: cookies.Ada }), 302, "the session has ended already");
    assert.equal(await logout({}), 302, "no session");
    const unreadable = `a_session_${emulator.project}=%00%zz"\u00e4`;
    assert.equal(await logout({ cookie: unreadable }), 302);
    assert.equal((await home(unreadable))[0], 401);
    for (const [email, password] of [
        ["no address", "password-1"],
        [emails.Grace, ""],
        [emails.Grace, "short"],
    ]) {
        assert.equal((await login(email, password)).status, 400);
    }
    const bare = await fetch(`${site}/login`, { method: "POST", body: "email=a&email=b" });
    assert.equal(bare.status, 400);
    assert.equal((await home(cookies.Grace))[0], 200);
});

test("a function uses the dynamic key of its execution", async () => {
    const { default: handler } = await import("../../examples/function-handler/node/main.mjs");
    const logs = [];
    const context = { res: { json: (value) => value }, log: (text) => logs.push(text) };
    const { total } = await handler({ ...context, req: { headers: { "x-appwrite-key": emulator.key } } });
    assert.ok(total >= 2);
    assert.deepEqual(logs, [`${total} users`]);
    await assert.rejects(
        handler({ ...context, req: { headers: { "x-appwrite-key": "wrong" } } }),
        UnauthorizedException,
    );
});

test("key rotation replaces a key once the new one works", { skip: lacking("keys") }, async () => {
    const { rotate } = await import("../../examples/key-rotation/node/rotate.mjs");
    const project = new Project(admin);
    const scopes = [ProjectKeyScopes.UsersRead];
    const old = await project.createKey({ keyId: ID.unique(), name: "Reader", scopes });
    let handed;
    const id = await rotate(admin, old.$id, async (secret) => (handed = secret));
    assert.notEqual(id, old.$id);
    assert.ok((await new Users(admin.withKey(handed)).list()).total >= 0);
    await assert.rejects(new Users(admin.withKey(old.secret)).list(), UnauthorizedException);
    assert.deepEqual((await project.getKey({ keyId: id })).scopes, scopes);
});

test(
    "key rotation on Appwrite 2 makes a key that lapses and keeps the old one",
    { skip: !!process.env.POLYWRITE_LIVE },
    async () => {
        const { rotate } = await import("../../examples/key-rotation/node/rotate.mjs");
        const newer = adminOf(await startEmulator({ like: "2.0" }));
        const denied = new Project(newer).createKey({ keyId: "a", name: "A", scopes: [] });
        await assert.rejects(denied, { type: "key_creation_denied", hint: /project\.createEphemeralKey/ });
        // The emulator's first key also has scopes that no program can give.
        const scopes = [ProjectKeyScopes.KeysRead, ProjectKeyScopes.KeysWrite, ProjectKeyScopes.UsersRead];
        await new Project(newer).updateKey({ keyId: "root", name: "Root", scopes });
        let handed;
        await rotate(newer, "root", async (secret) => (handed = secret));
        assert.match(handed, /^ephemeral_/);
        assert.ok((await new Users(newer.withKey(handed)).list()).total >= 0);
        assert.ok((await new Users(newer).list()).total >= 0);
    },
);

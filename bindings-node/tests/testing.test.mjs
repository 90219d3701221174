// What programs have for their own tests: an emulator that ends with them, and a project for each test.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:http";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { Account, Client, ID, Teams, Users, Webhooks } from "polywrite";
import { emulator } from "polywrite/testing";
import "./support/emulator.mjs";

const root = new URL("..", import.meta.url);
const ada = { userId: "ada", email: "ada@example.com", password: "correct horse" };
const guestOf = ({ endpoint, projectId: project }) => new Client({ endpoint, project });
let project;
beforeEach(async () => (project = await emulator.project({ seed: { users: [ada] } })));

test("each test has a project of its own, with its seed and a client", async () => {
    const other = await emulator.project();
    const totals = [project, other].map(async ({ client }) => (await new Users(client).list()).total);
    assert.deepEqual(await Promise.all(totals), [1, 0]);
    assert.equal(project.endpoint, other.endpoint);
    assert.deepEqual(Object.values(project.env), [project.endpoint, project.projectId, project.key]);
    await other.delete();
    await other.delete();
    await assert.rejects(new Users(other.client).list(), { type: "project_not_found" });
});

test("a seed may be a file, and its keys have their secrets", async () => {
    const folder = mkdtempSync(join(tmpdir(), "polywrite-testing-"));
    const file = join(folder, "seed.toml");
    writeFileSync(file, '[[keys]]\nkeyId = "reader"\nscopes = ["users.read"]\n');
    const { keys, client } = await emulator.project({ seed: file });
    rmSync(folder, { recursive: true });
    const reader = client.withKey(keys.reader);
    assert.equal((await new Users(reader).list()).total, 0);
    await assert.rejects(new Teams(reader).list(), { type: "general_unauthorized_scope" });
    assert.deepEqual(await project.seed({ keys: [{ keyId: "more", scopes: [] }] }), { more: project.keys.more });
    await assert.rejects(project.seed({ user: [] }), /no \\?"user/);
});

test("IDs and times are the same in each run", async () => {
    const { client, advance, ...same } = await made();
    assert.equal(same.team.$id, "00000000000000000001");
    assert.equal(same.team.$createdAt, "2026-01-01T00:00:00.000+00:00");
    assert.deepEqual((await made()).team, same.team);

    async function made() {
        const project = await emulator.project({ ids: "counted", now: new Date("2026-01-01") });
        return { ...project, team: await new Teams(project.client).create({ teamId: "unique()", name: "Crew" }) };
    }
});

test("mails come once each, also those that are waited for", async () => {
    const account = new Account(guestOf(project));
    const [mail] = await Promise.all([
        project.nextMail({ to: ada.email, seconds: 60 }),
        account.createRecovery({ email: ada.email, url: "http://localhost/reset" }),
    ]);
    assert.equal(mail.kind, "recovery");
    assert.ok(new URL(mail.link).searchParams.get("secret") === mail.secret);
    await assert.rejects(project.nextMail({ seconds: 0 }), { type: "nothing_came", message: /recovery to ada/ });
    assert.deepEqual(await project.mails(), [mail]);
    const password = "battery staple";
    await account.updateRecovery({ userId: mail.userId, secret: mail.secret, password });
    await account.createEmailPasswordSession({ email: ada.email, password });
});

test("a session ends when time passes", async () => {
    const { secret } = await new Users(project.client).createSession({ userId: "ada" });
    const account = new Account(guestOf(project).withSession(secret));
    const { expire } = await account.getSession({ sessionId: "current" });
    const now = await project.advance(400 * 86_400);
    assert.ok(now > new Date(expire));
    await assert.rejects(account.get(), { code: 401 });
});

test("calls fail as asked for", async () => {
    const users = new Users(project.client);
    await project.faults([{ operation: "users.list", cut: true, times: 1 }]);
    assert.equal((await users.list()).total, 1, "the second attempt");
    const operations = (await project.requests()).map(({ operation }) => operation);
    assert.deepEqual(operations, ["users.list", "users.list"]);
    await project.faults([{ status: 429 }]);
    await assert.rejects(users.list({}, { retries: 0 }), { code: 429 });
    await project.faults([]);
    assert.equal((await users.list()).total, 1);
});

test("a snapshot brings everything back", async () => {
    const users = new Users(project.client);
    await project.snapshot();
    await users.delete({ userId: "ada" });
    await project.restore();
    assert.equal((await users.get({ userId: "ada" })).email, ada.email);
    await assert.rejects(project.restore("other"), { type: "snapshot_not_found" });
});

test("webhooks are handed over as they were sent", async () => {
    const server = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
    after(() => server.close());
    await once(server, "listening");
    const url = `http://127.0.0.1:${server.address().port}/`;
    const events = ["users.*.create"];
    await new Webhooks(project.client).create({ webhookId: "hook", name: "Hook", url, events });
    await new Users(project.client).create({ userId: "bob" });
    const sent = await project.nextWebhook({ webhookId: "hook" });
    assert.equal(sent.event, "users.bob.create");
    assert.equal(JSON.parse(sent.body).$id, "bob");
    assert.deepEqual(await project.webhooks(), [sent]);
});

test("a parameter of a request is read as it was sent", async () => {
    await new Users(project.client).create({ userId: ID.custom("bob"), name: "Bob" });
    const [request] = await project.requests();
    assert.deepEqual(request.params, { userId: "bob", name: "Bob" });
});

test("printing a project shows no secret", () => {
    assert.ok(!inspect(project, { depth: 5, showHidden: true }).includes(project.key));
    assert.ok(!JSON.stringify(project).includes(project.key));
});

/** Runs a program that uses the package. */
const run = (script, env = {}) =>
    spawnSync(process.execPath, ["--input-type=module", "-e", script], {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, ...env },
    });

test("without the program the error says what to install", () => {
    const script = `import { emulator } from "polywrite/testing";
        await emulator.project().catch((error) => console.log(error.kind, error.message));`;
    const env = { POLYWRITE_CLI: "", PATH: "/nowhere" };
    assert.match(run(script, env).stdout, /^configuration .*npm install --save-dev polywrite-cli/);
    assert.match(run(script, { POLYWRITE_CLI: "/nowhere" }).stdout, /^configuration .*did not start.*ENOENT/);
    assert.match(run(script, { POLYWRITE_CLI: process.execPath }).stdout, /^configuration .*did not start.*ended with/);
});

test("the environment may name an emulator that runs", async () => {
    const { url } = await emulator.shared();
    const script = `import { emulator } from "polywrite/testing";
        console.log((await emulator.project()).endpoint);`;
    for (const POLYWRITE_EMULATOR of [url, `${url}/`, `${url}/v1`]) {
        assert.equal(run(script, { POLYWRITE_EMULATOR, POLYWRITE_CLI: "/nowhere" }).stdout, `${url}/v1\n`);
    }
});

test("the global set-up of a runner names its emulator in the environment", () => {
    const script = `import setup from "polywrite/testing/setup";
        import { emulator, globalSetup } from "polywrite/testing";
        console.log(setup === globalSetup, require("polywrite/testing/setup") === setup);
        await setup();
        console.log(process.env.POLYWRITE_EMULATOR === (await emulator.shared()).url);`;
    const required = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;
    assert.equal(run(required + script, { POLYWRITE_EMULATOR: "" }).stdout, "true true\ntrue\n");
});

test("copies of the package in one process share the emulator", async () => {
    const require = createRequire(import.meta.url);
    const path = require.resolve("polywrite/testing");
    delete require.cache[path];
    const copy = require("polywrite/testing");
    assert.notEqual(copy.emulator, emulator);
    assert.equal((await copy.emulator.project()).endpoint, project.endpoint);
});

const isAlive = async (url) => {
    try {
        return (await fetch(`${url}/_emulator/`)).ok;
    } catch {
        return false;
    }
};

test("an emulator ends when it is stopped", async () => {
    const own = await emulator.start({ like: "2.0" });
    assert.ok(await isAlive(own.url));
    await own.stop();
    await own.stop();
    assert.ok(!(await isAlive(own.url)));
});

test("an emulator ends with the process that started it, however that ends", async () => {
    for (const end of ["", "setInterval(() => {}, 1000);"]) {
        const script = `import { emulator } from "polywrite/testing";
            const { url } = await emulator.start();
            console.log(url);
            ${end}`;
        const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
            cwd: root,
            stdio: ["ignore", "pipe", "inherit"],
        });
        const [url] = await once(createInterface({ input: child.stdout }), "line");
        if (end) child.kill("SIGKILL");
        await once(child, "close");
        while (await isAlive(url));
    }
});

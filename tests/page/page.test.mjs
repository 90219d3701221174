// The page of the local Appwrite, driven in Chromium: what people do there, and what calls then see.
//
// POLYWRITE_PICTURES names a folder for pictures, if there are to be some.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser } from "../runtimes/browser.mjs";
import { startEmulator } from "../runtimes/emulator.mjs";

const seed = {
    users: [{ userId: "ada", email: "ada@example.com", password: "correct horse", name: "Ada", labels: ["admin"] }],
    teams: [{ teamId: "crew", name: "The crew", memberships: [{ userId: "ada", roles: ["owner"] }] }],
    databases: [
        {
            databaseId: "library",
            tables: [
                {
                    tableId: "films",
                    columns: [
                        { key: "title", type: "string", size: 100, required: true },
                        { key: "year", type: "integer", required: false },
                    ],
                    rows: [
                        { $id: "m", title: "M", year: 1931 },
                        { $id: "metropolis", title: "Metropolis", year: 1926 },
                    ],
                },
            ],
        },
    ],
    buckets: [{ bucketId: "notes", files: [{ fileId: "note", name: "note.txt", text: "what the file says" }] }],
};

let folder;
let browser;
let page;
let endpoint;
const problems = [];

async function call(method, path, body, headers = { "x-appwrite-key": "k" }) {
    const response = await fetch(`${endpoint}${path}`, {
        method,
        headers: { "content-type": "application/json", "x-appwrite-project": "library", ...headers },
        body: body && JSON.stringify(body),
    });
    return response.json();
}

const change = (year) => call("PATCH", "/tablesdb/library/tables/films/rows/m", { data: { year } });
const view = (name) => page.locator("nav button", { hasText: name }).click();
const row = (text) => page.locator("main tbody tr", { hasText: text }).first();
const detail = {
    text: () => page.locator("#detail").innerText(),
    locator: (what, options) => page.locator("#detail").locator(what, options),
};

async function picture(name) {
    const folder = process.env.POLYWRITE_PICTURES;
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}

before(async () => {
    folder = mkdtempSync(join(tmpdir(), "page-"));
    ({ endpoint } = await startEmulator({ id: "library", key: "k", seed }));
    browser = await startBrowser(folder);
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    const url = "http://127.0.0.1:1/nothing-listens";
    const webhook = { webhookId: "hook", name: "Hook", url, events: ["databases.*.tables.*.rows.*.update"] };
    await call("POST", "/webhooks", webhook);
    await page.goto(endpoint.replace("/v1", "/?project=library"));
});

after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
});

test("a call that fails is explained, while it happens", async () => {
    await call("GET", "/users", undefined, {});
    await row("users.list").click();
    assert.match(await detail.text(), /missing scopes/);
    assert.match(await detail.text(), /users\.read/);
    await call("GET", "/users");
    await row("200").click();
    assert.match(await detail.text(), /the key has it/);
    await picture("requests");
});

test("a row that is edited is what calls see", async () => {
    await view("Rows");
    await page.locator("main input[type=search]").fill("metro");
    assert.equal(await page.locator("main tbody tr:visible").count(), 1);
    await row("Metropolis").click();
    const area = detail.locator("textarea");
    await area.fill((await area.inputValue()).replace("1926", "1927"));
    await picture("rows");
    await detail.locator("button", { hasText: "Save" }).click();
    await row("1927").waitFor();
    const path = "/tablesdb/library/tables/films/rows";
    assert.equal((await call("GET", `${path}/metropolis`)).year, 1927);

    await area.fill('{"year": "long ago"}');
    await detail.locator("button", { hasText: "Save" }).click();
    await detail.locator("[role=alert]", { hasText: "year" }).waitFor();

    await page.locator("main button", { hasText: "New row" }).click();
    await detail.locator("textarea").fill('{"title": "Sunrise"}');
    await detail.locator("button", { hasText: "Create" }).click();
    await row("Sunrise").waitFor();
    assert.equal((await call("GET", path)).total, 3);
});

test("the link of a sign-up mail is there to click", async () => {
    const login = await call("POST", "/account/sessions/email", {
        email: "ada@example.com",
        password: "correct horse",
    });
    const session = { "x-appwrite-session": login.secret };
    const confirm = endpoint.replace("/v1", "/confirm");
    await call("POST", "/account/verifications/email", { url: confirm }, session);
    await view("Mails");
    await row("verification").click();
    await picture("mails");
    const [opened] = await Promise.all([page.context().waitForEvent("page"), detail.locator("a").click()]);
    const { searchParams } = new URL(opened.url());
    await opened.close();
    const proof = { userId: searchParams.get("userId"), secret: searchParams.get("secret") };
    await call("PUT", "/account/verifications/email", proof, session);
    await view("Users");
    await row("ada@example.com").click();
    assert.match(await row("ada@example.com").innerText(), /yes/);
    await detail.locator("tbody tr").first().click();
    await page.locator("#detail").waitFor({ state: "hidden" });
    assert.equal((await call("GET", "/account", undefined, session)).code, 401, "a click ends a session");
});

test("teams, files, keys and events are shown", async () => {
    await view("Teams");
    await row("The crew").click();
    await detail.locator("td", { hasText: "Ada" }).waitFor();
    await view("Files");
    await row("note.txt").click();
    await detail.locator("pre", { hasText: "what the file says" }).waitFor();
    await picture("files");
    await view("Webhooks");
    await row("databases.library").click();
    assert.match(await detail.text(), /failed/);
    await view("Keys");
    await row("All scopes").click();
    assert.doesNotMatch(await detail.text(), /secret: k/);
    await view("Events");
    // The stream may open after the first change.
    const changed = row("rows.m.update");
    for (let year = 1; !(await changed.isVisible()); year += 1) await change(year);
    await changed.click();
    assert.match(await detail.text(), /"title": "M"/);
});

test("the keyboard is enough", async () => {
    await page.keyboard.press("Escape");
    await page.locator("main").focus();
    await page.keyboard.press("2");
    await row("Metropolis").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("sunrise");
    await page.keyboard.press("Escape");
    await page.locator("main tbody tr:visible").first().focus();
    await page.keyboard.press("Enter");
    await detail.locator("textarea").waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#detail").isVisible(), false);
});

test("no view scrolls sideways, however narrow it is", async () => {
    const isWider = () =>
        [document.documentElement, document.getElementById("main"), document.getElementById("detail")]
            .filter((element) => element.scrollWidth > element.clientWidth)
            .map((element) => element.id || "page");
    for (const width of [1280, 900, 700, 380]) {
        await page.setViewportSize({ width, height: 720 });
        for (const name of await page.locator("nav button").evaluateAll((all) => all.map(({ value }) => value))) {
            await view(name);
            const one = page.locator("main tbody tr").first();
            for (let year = 1; name === "Events" && !(await one.isVisible()); year += 1) await change(year);
            await one.waitFor();
            assert.deepEqual(await page.evaluate(isWider), [], `${name}, ${width} pixels`);
            await one.click();
            await page.locator("#detail").waitFor();
            assert.deepEqual(await page.evaluate(isWider), [], `${name} with one opened, ${width} pixels`);
            if (name === "Requests") await picture(`requests-${width}`);
        }
    }
    await page.setViewportSize({ width: 1280, height: 720 });
});

test("it is there in the dark, and nothing went wrong on it", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await view("Requests");
    await row("users.list").waitFor();
    await picture("dark");
    const expected = /status of (400|401)/;
    assert.deepEqual(
        problems.filter((problem) => !expected.test(problem)),
        [],
    );
});

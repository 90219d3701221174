// What every runtime must do beside the vectors: faults, transfers and flows. Returns a line for each case.

import * as polywrite from "polywrite";
import { InputFile } from "polywrite/file";

const { Client, ID, Query, Realtime, Role, Permission, Storage, TablesDB, UploadSession, Users, Webhook } = polywrite;
const MEBIBYTE = 2 ** 20;

export default async function run(origin) {
    const facts = await (await fetch(`${origin}/facts`)).json();
    const lines = [];
    for (const [name, check] of Object.entries(cases)) {
        try {
            await check({ origin, facts });
            lines.push(`ok ${name}`);
        } catch (error) {
            lines.push(`FAILED ${name}: ${error?.stack ?? error}`);
        }
    }
    return lines.join("\n");
}

/** A client of a script, and what the script has seen. */
async function scripted({ origin }, steps, settings = {}) {
    const body = JSON.stringify(steps);
    const number = await (await fetch(`${origin}/script`, { method: "POST", body })).json();
    const retries = { max: 2, baseDelay: 1, maxDelay: 5 };
    const client = new Client({
        endpoint: `${origin}/play/${number}/v1`,
        project: "p",
        key: "secret",
        retries,
        ...settings,
    });
    return { client, users: new Users(client), requests: async () => (await fetch(`${origin}/log/${number}`)).json() };
}

function emulated({ facts: { endpoint, project, key } }) {
    return new Client({ endpoint, project, key });
}

function equal(found, wanted) {
    const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (left !== right) throw new Error(`${left} instead of ${right}`);
}

/** The error that a promise ends with. */
async function failure(promise) {
    try {
        await promise;
    } catch (error) {
        return error;
    }
    throw new Error("no error came");
}

const busy = { status: 503, json: { message: "busy", code: 503, type: "general_unknown" } };
const ada = { json: { $id: "ada", name: "Ada" } };
const bytes = new Uint8Array(11 * MEBIBYTE).map((_, place) => place % 251);
const same = (other) => other.length === bytes.length && other.every((byte, place) => byte === bytes[place]);

async function bucketOf(client) {
    const storage = new Storage(client);
    const { $id: bucketId } = await storage.createBucket({ bucketId: ID.unique(), name: "Files" });
    return { storage, bucketId };
}

async function wholeOf(stream) {
    const pieces = [];
    const reader = stream.getReader();
    for (let step; !(step = await reader.read()).done;) pieces.push(step.value);
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** A page of a browser hides where a redirect leads. */
const hidesRedirects = typeof document !== "undefined";

/** A stream that never ends, and whether it was closed. */
function endless() {
    const source = { closed: false };
    const piece = new Uint8Array(MEBIBYTE);
    source.stream = new ReadableStream({
        pull: (controller) => controller.enqueue(piece),
        cancel: () => void (source.closed = true),
    });
    return source;
}

const cases = {
    async "a call that fails for now is made again"(given) {
        const { users, requests } = await scripted(given, [busy, busy, ada]);
        equal((await users.get({ userId: "ada" })).name, "Ada");
        equal((await requests()).length, 3);
    },
    async "a response says when to come again"(given) {
        const limited = { status: 429, headers: { "retry-after": "0" }, json: { message: "slowly", code: 429 } };
        const { users, requests } = await scripted(given, [limited, ada]);
        equal((await users.get({ userId: "ada" })).name, "Ada");
        equal((await requests()).length, 2);
    },
    async "a lost connection is tried again, and named when it stays lost"(given) {
        const { users } = await scripted(given, [{ lost: true }]);
        const { kind, attempts } = await failure(users.get({ userId: "ada" }));
        equal([kind, attempts.length], ["network", 3]);
    },
    async "a write that may have arrived is not made again"(given) {
        const { users, requests } = await scripted(given, [{ lost: true }]);
        await failure(users.create({ userId: "ada" }));
        equal((await requests()).length, 1);
    },
    async "a body that is cut short is an error"(given) {
        const headers = { "content-length": "100" };
        const { users } = await scripted(given, [{ ...ada, headers, cut: 5 }], { retries: { max: 0 } });
        equal((await failure(users.get({ userId: "ada" }))).kind, "network");
    },
    async "what is no JSON is an error that names the call"(given) {
        const { users } = await scripted(given, [{ text: "{" }]);
        const { kind, operation } = await failure(users.get({ userId: "ada" }));
        equal([kind, operation], ["decode", "users.get"]);
    },
    async "a redirect within the server is followed"(given) {
        const moved = { status: 307, headers: { location: "grace" }, json: {} };
        const { users, requests } = await scripted(given, [moved, ada]);
        if (hidesRedirects) return equal((await failure(users.get({ userId: "ada" }))).kind, "api");
        equal((await users.get({ userId: "ada" })).name, "Ada");
        const [, second] = await requests();
        equal([second.url, second.headers["x-appwrite-key"]], ["/v1/users/grace", "secret"]);
    },
    async "a redirect to another server is not followed"(given) {
        const away = { status: 302, headers: { location: "http://127.0.0.1:1/v1/users/ada" }, json: {} };
        const { users, requests } = await scripted(given, [away]);
        equal((await failure(users.get({ userId: "ada" }))).kind, "api");
        equal((await requests()).length, 1);
    },
    async "a compressed response is read"(given) {
        const { users, requests } = await scripted(given, [{ ...ada, gzip: true }]);
        equal((await users.get({ userId: "ada" })).name, "Ada");
        equal((await requests())[0].headers["accept-encoding"].includes("gzip"), true);
    },
    async "cookies of a response are not kept"(given) {
        const { users, requests } = await scripted(given, [{ ...ada, headers: { "set-cookie": "a=1; path=/" } }, ada]);
        await users.get({ userId: "ada" });
        await users.get({ userId: "ada" });
        equal((await requests())[1].headers.cookie, undefined);
    },
    async "a deadline ends a call"(given) {
        const { users } = await scripted(given, [{ hangs: true }], { retries: { max: 0 } });
        equal((await failure(users.get({ userId: "ada" }, { timeout: 50 }))).kind, "timeout");
    },
    async "a signal ends a call, and what it has begun"(given) {
        const { users } = await scripted(given, [{ hangs: true }]);
        const aborting = new AbortController();
        const call = failure(users.get({ userId: "ada" }, { signal: aborting.signal }));
        setTimeout(() => aborting.abort(new Error("enough")), 20);
        equal((await call).message, "enough");
    },
    async "large integers keep their digits"(given) {
        const { users } = await scripted(given, [{ text: '{"$id":"a","name":"Ä","prefs":{"n":9007199254740993}}' }]);
        const { name, prefs } = await users.get({ userId: "a" });
        equal([name, String(prefs.n)], ["Ä", "9007199254740993"]);
    },
    async "bad arguments are refused before anything is sent"(given) {
        const { users, requests } = await scripted(given, [ada]);
        equal((await failure(users.get({ userId: "" }))).kind, "argument");
        equal((await requests()).length, 0);
    },
    async "what this host has not is refused before anything is sent"(given) {
        for (const settings of [{ proxy: "http://127.0.0.1:1" }, { selfSigned: true }, { caCertificates: "x" }]) {
            equal((await failure(scripted(given, [ada], settings))).kind, "configuration");
        }
        const { client, requests } = await scripted(given, [ada]);
        const storage = new Storage(client);
        const { kind } = await failure(storage.getFileDownload({ bucketId: "b", fileId: "f" }, { to: "a-file" }));
        const file = InputFile.fromPath("/no/such/file");
        equal(
            [kind, (await failure(storage.createFile({ bucketId: "b", fileId: "f", file }))).kind],
            ["argument", "argument"],
        );
        equal((await requests()).length, 0);
    },
    async "many calls at once"(given) {
        const users = new Users(emulated(given));
        const { $id: userId } = await users.create({ userId: ID.unique(), name: "Ada" });
        const many = await Promise.all(Array.from({ length: 64 }, () => users.get({ userId })));
        equal(new Set(many.map((user) => user.$id)).size, 1);
        await users.delete({ userId });
    },
    async "files go up in chunks, from all that has bytes, and come back"(given) {
        const { storage, bucketId } = await bucketOf(emulated(given));
        for (const [name, file] of Object.entries({
            bytes: InputFile.fromBuffer(bytes, "a.bin"),
            blob: InputFile.fromBuffer(new Blob([bytes]), "a.bin"),
            file: new File([bytes], "a.bin"),
            "stream with a size": InputFile.fromStream(new Blob([bytes]).stream(), "a.bin", bytes.length),
            "stream without a size": InputFile.fromStream(new Blob([bytes]).stream(), "a.bin"),
        })) {
            let last;
            const onProgress = ({ progress }) => (last = progress);
            const { $id: fileId } = await storage.createFile({ bucketId, fileId: ID.unique(), file, onProgress });
            equal([name, last], [name, 100]);
            equal([name, same(new Uint8Array(await storage.getFileDownload({ bucketId, fileId })))], [name, true]);
            const stream = await storage.getFileDownload({ bucketId, fileId }, { as: "stream" });
            equal([name, same(await wholeOf(stream))], [name, true]);
        }
    },
    async "an upload that ended in the middle goes on where it was"(given) {
        const { storage, bucketId } = await bucketOf(emulated(given));
        const file = InputFile.fromBuffer(bytes, "a.bin");
        file.session = new UploadSession();
        const fileId = ID.unique();
        const aborting = new AbortController();
        const params = { bucketId, fileId, file };
        const onProgress = () => aborting.abort(new Error("enough"));
        await failure(storage.createFile({ ...params, onProgress }, { signal: aborting.signal }));
        const before = file.session.chunksAcknowledged;
        equal(before > 0 && before < 3, true);
        const seen = [];
        await storage.createFile({ ...params, onProgress: ({ chunksUploaded }) => seen.push(chunksUploaded) });
        equal(seen[0] > before, true);
        equal(same(new Uint8Array(await storage.getFileDownload({ bucketId, fileId }))), true);
    },
    async "an upload that is aborted closes its source"(given) {
        const { storage, bucketId } = await bucketOf(emulated(given));
        const source = endless();
        const file = InputFile.fromStream(source.stream, "a.bin", 64 * MEBIBYTE);
        const aborting = new AbortController();
        const onProgress = () => aborting.abort(new Error("enough"));
        const params = { bucketId, fileId: ID.unique(), file, onProgress };
        equal((await failure(storage.createFile(params, { signal: aborting.signal }))).message, "enough");
        equal(source.closed, true);
    },
    async "a stream of unknown size that is too large is refused and closed"(given) {
        const { storage, bucketId } = await bucketOf(emulated(given));
        const source = endless();
        const file = InputFile.fromStream(source.stream, "a.bin");
        equal((await failure(storage.createFile({ bucketId, fileId: ID.unique(), file }))).kind, "argument");
        equal(source.closed, true);
    },
    async "a download that is left is closed"(given) {
        const { storage, bucketId } = await bucketOf(emulated(given));
        const { $id: fileId } = await storage.createFile({
            bucketId,
            fileId: ID.unique(),
            file: InputFile.fromBuffer(bytes, "a.bin"),
        });
        const stream = await storage.getFileDownload({ bucketId, fileId }, { as: "stream" });
        const reader = stream.getReader();
        equal((await reader.read()).done, false);
        await reader.cancel();
    },
    async "rows, lists, bulk and transactions"(given) {
        const tables = new TablesDB(emulated(given));
        const { $id: databaseId } = await tables.create({ databaseId: ID.unique(), name: "Shop" });
        const permissions = [Permission.read(Role.any())];
        const columns = [{ key: "n", type: "integer", required: true }];
        const { $id: tableId } = await tables.createTable({
            databaseId,
            tableId: ID.unique(),
            name: "T",
            permissions,
            columns,
        });
        const rows = Array.from({ length: 250 }, (_, n) => ({ $id: ID.unique(), n }));
        const report = await tables.bulkCreateRows({ databaseId, tableId, rows });
        equal(report.written, 250);
        let seen = 0;
        for await (const row of tables.iterateRows({ databaseId, tableId, queries: [Query.orderAsc("n")] }))
            seen += row.n >= 0 ? 1 : 0;
        equal(seen, 250);
        await tables.delete({ databaseId });
    },
    async "events of a user come while they happen"(given) {
        const admin = emulated(given);
        const [users, userId] = [new Users(admin), ID.unique()];
        await users.create({ userId, name: "Ada" });
        const { secret } = await users.createSession({ userId });
        const subscription = new Realtime(admin.withSession(secret)).subscribe("account");
        // The first ones may come before the server has the subscription.
        const timer = setInterval(() => users.updateName({ userId, name: `Ada ${Date.now()}` }).catch(() => {}), 50);
        for await (const { type, model, payload } of subscription) {
            equal([type, model, payload.$id], ["event", "User", userId]);
            break;
        }
        clearInterval(timer);
    },
    async "events are not for API keys"(given) {
        const reading = new Realtime(emulated(given)).subscribe("account")[Symbol.asyncIterator]();
        equal((await failure(reading.next())).kind, "configuration");
    },
    async "a webhook's request is verified"() {
        const [body, url, secret] = ["{}", "https://example.com/hook", "s3cret"];
        equal(Webhook.sign({ body, url, secret }).length > 20, true);
    },
};

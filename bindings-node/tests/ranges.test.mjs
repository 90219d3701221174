// Parts of files, and what crosses the wire for them.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { ArgumentException, Client, Storage, Users } from "polywrite";
import { fileResponder } from "./support/files.mjs";
import { startServer } from "./support/server.mjs";

const folder = mkdtempSync(join(tmpdir(), "polywrite-node-"));
after(() => rmSync(folder, { recursive: true }));
const content = Buffer.from(Array.from({ length: 100_000 }, (_, place) => (place * 31) ^ (place >> 8)));
const server = await startServer(fileResponder(content));
const client = new Client().setEndpoint(server.endpoint).setProject("shop").setKey("secret");
const storage = new Storage(client);
const file = { bucketId: "films", fileId: "f" };
const ranges = () => server.take().map(({ headers }) => headers.range);
beforeEach(() => server.take());

test("a part comes into memory, as a stream and into a file", async () => {
    const part = content.subarray(500, 1500);
    assert.deepEqual(Buffer.from(await storage.getFileDownload(file, { range: "500-1499" })), part);
    const pieces = [];
    for await (const piece of await storage.getFileDownload(file, { range: "500-1499", as: "stream" }))
        pieces.push(piece);
    assert.deepEqual(Buffer.concat(pieces), part);
    const [to, seen] = [join(folder, "part"), []];
    await storage.getFileDownload(file, { range: "500-1499", to, onProgress: (progress) => seen.push(progress) });
    assert.deepEqual(readFileSync(to), part);
    assert.deepEqual(seen.at(-1), { progress: 100, sizeDownloaded: 1000, sizeTotal: 1000 });
    assert.deepEqual(ranges(), Array(3).fill("bytes=500-1499"));
});

test("a part without an end goes to the end of the file, and so does one that goes beyond it", async () => {
    const rest = content.subarray(99_000);
    assert.deepEqual(Buffer.from(await storage.getFileDownload(file, { range: "99000-" })), rest);
    assert.deepEqual(Buffer.from(await storage.getFileDownload(file, { range: "99000-199999" })), rest);
    // Appwrite refuses the second one.
    assert.deepEqual(ranges(), ["bytes=99000-", "bytes=99000-199999", "bytes=99000-"]);
});

test("a part behind the end of the file is an error that says what to do", async () => {
    await assert.rejects(storage.getFileDownload(file, { range: "100000-" }), (error) => {
        assert.ok(error instanceof ArgumentException);
        assert.deepEqual([error.code, error.hint], [416, "begin `range` before the end of the file"]);
        return true;
    });
});

test("what cannot be a part fails before anything is sent", async () => {
    for (const range of ["", "-500", "9-5", "5", "1-2,4-5", 5, [0, 5]]) {
        await assert.rejects(storage.getFileDownload(file, { range, to: join(folder, "none") }), ArgumentException);
    }
    await assert.rejects(new Users(client).get({ userId: "u" }, { range: "0-9" }), /is for calls that return a file/);
    assert.deepEqual(ranges(), []);
    assert.ok(!readdirSync(folder).includes("none"));
});

test("a range in a header is answered as it comes", async () => {
    const response = storage.getFileDownload(file, { headers: { Range: "bytes=5-9" } });
    assert.deepEqual(Buffer.from(await response), content.subarray(5, 10));
    assert.equal(server.requests[0].headers["accept-encoding"], "identity");
    assert.deepEqual(ranges(), ["bytes=5-9"]);
});

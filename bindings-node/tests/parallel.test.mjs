// Downloads into a file over several connections, and what crosses the wire for them.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { ArgumentException, Client, Storage } from "polywrite";
import { partOf, send } from "./support/files.mjs";
import { startServer } from "./support/server.mjs";

const PART = 10 * 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), "polywrite-node-"));
after(() => rmSync(folder, { recursive: true }));
const content = randomBytes(2 * PART + 17);
const server = await startServer();
const storage = new Storage(new Client().setEndpoint(server.endpoint).setProject("shop").setKey("secret"));
const file = { bucketId: "films", fileId: "f" };
beforeEach(() => server.take());

/** Sends the file, of which the first response stops in its middle until the other parts were asked for. */
function sendHeld({ url, headers }, response) {
    // What says at the end that the parts are of one file.
    if (!url.includes("/download")) return { $id: "f", $createdAt: "2020-01-01T00:00:00.000+00:00" };
    const { status, headers: described, body } = partOf(content, headers.range);
    if (headers.range !== "bytes=0-") {
        send({ status, headers: described, body }, response);
        if (server.requests.length === 3) server.goOn();
        return;
    }
    response.writeHead(status, { ...described, "content-length": body.length });
    response.write(body.subarray(0, PART / 2));
    server.goOn = () => response.end(body.subarray(PART / 2));
}

test("parts come over several connections, with one progress", async () => {
    server.respond = sendHeld;
    const [to, seen] = [join(folder, "film"), []];
    await storage.getFileDownload(file, { to, parallel: 3, onProgress: (progress) => seen.push(progress) });
    assert.ok(readFileSync(to).equals(content));
    const [first, ...others] = server.take();
    assert.equal(first.headers.range, "bytes=0-");
    assert.equal(others.pop().url, "/v1/storage/buckets/films/files/f");
    assert.deepEqual(others.map(({ headers }) => headers.range).sort(), [
        `bytes=${PART}-${2 * PART - 1}`,
        `bytes=${2 * PART}-${2 * PART + 16}`,
    ]);
    assert.deepEqual(seen.at(-1), { progress: 100, sizeDownloaded: content.length, sizeTotal: content.length });
});

test("a part that fails ends the download and leaves nothing", async () => {
    server.respond = (request, response) => {
        if (request.headers.range?.startsWith(`bytes=${PART}-`))
            return send({ status: 404, headers: {}, body: "gone" }, response);
        return sendHeld(request, response);
    };
    await assert.rejects(storage.getFileDownload(file, { to: join(folder, "gone"), parallel: 2 }), { code: 404 });
    assert.ok(readdirSync(folder).every((name) => name === "film"));
    server.goOn();
});

test("a number of connections that cannot be fails before anything is sent", async () => {
    for (const parallel of [0, -1, 1.5, "two", NaN]) {
        await assert.rejects(storage.getFileDownload(file, { to: join(folder, "none"), parallel }), ArgumentException);
    }
    await assert.rejects(storage.getFileDownload(file, { parallel: 2 }), /`parallel` is not an option/);
    assert.equal(server.take().length, 0);
});

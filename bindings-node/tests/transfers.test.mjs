// Several files by one command, and what crosses the wire for them.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { ArgumentException, Client, NotFoundException, Transfers } from "polywrite";
import { InputFile } from "polywrite/file";
import { send } from "./support/files.mjs";
import { startServer } from "./support/server.mjs";

const folder = mkdtempSync(join(tmpdir(), "polywrite-node-"));
after(() => rmSync(folder, { recursive: true }));
const server = await startServer();
const transfers = new Transfers(new Client().setEndpoint(server.endpoint).setProject("shop").setKey("secret"));
beforeEach(() => server.take());

const idIn = (url) => url.split("/")[6];
const gone = { status: 404, body: JSON.stringify({ message: "gone", type: "storage_file_not_found" }) };

test("files are fetched, each with its own result, with one progress", async () => {
    server.respond = ({ url }, response) => {
        const found = { status: 200, body: idIn(url) };
        send({ headers: { "content-type": "text/plain" }, ...(idIn(url) === "no" ? gone : found) }, response);
    };
    const [ids, seen] = [["one", "no", "three", "four", "fifth"], []];
    const files = ids.map((fileId) => ({ bucketId: "films", fileId, to: join(folder, fileId) }));
    const results = await transfers.downloadFiles(files, { onProgress: (progress) => seen.push(progress) });
    assert.deepEqual(
        results.map(({ value }) => value),
        [3, undefined, 5, 4, 5],
    );
    assert.ok(results[1].error instanceof NotFoundException);
    assert.deepEqual(readdirSync(folder).sort(), ["fifth", "four", "one", "three"]);
    assert.equal(readFileSync(join(folder, "three"), "utf8"), "three");
    const last = { filesDone: 5, filesFailed: 1, filesTotal: 5, sizeDone: 17, sizeTotal: 17 };
    assert.deepEqual(seen.at(-1), last);
    assert.deepEqual(
        server
            .take()
            .map(({ url }) => url.split("?")[0])
            .sort(),
        ids.map((id) => `/v1/storage/buckets/films/files/${id}/download`).sort(),
    );
});

test("files are sent with what belongs to each", async () => {
    server.respond = ({ body }) => ({ $id: /name="fileId"\r\n\r\n(\w+)/.exec(body)[1] });
    const path = join(folder, "note.txt");
    writeFileSync(path, "content");
    const files = ["a", "b"].map((fileId) => ({
        bucketId: "films",
        fileId,
        file: InputFile.fromPath(path, `${fileId}.txt`),
        permissions: ['read("any")'],
    }));
    const results = await transfers.uploadFiles(files, { concurrency: 1, headers: { "x-trace": "7" } });
    assert.deepEqual(
        results.map(({ value }) => value.$id),
        ["a", "b"],
    );
    for (const [place, { body, headers }] of server.take().entries()) {
        assert.ok(body.includes(`filename="${"ab"[place]}.txt"`) && body.includes("content"), body);
        assert.ok(body.includes('read("any")'));
        assert.equal(headers["x-trace"], "7");
    }
});

test("a file that is not there is its own error", async () => {
    server.respond = () => ({ $id: "f" });
    const file = (name) => ({ bucketId: "films", fileId: "f", file: InputFile.fromPath(join(folder, name)) });
    const results = await transfers.uploadFiles([file("nothing"), file("note.txt")]);
    assert.ok(results[0].error instanceof ArgumentException);
    assert.match(results[0].error.message, /nothing/);
    assert.equal(results[1].value.$id, "f");
    assert.equal(server.take().length, 1);
});

test("a signal ends all", async () => {
    const controller = new AbortController();
    let silent = 0;
    server.respond = () => {
        silent += 1;
        if (silent === 4) controller.abort(new Error("enough"));
    };
    const files = Array.from({ length: 9 }, (_, id) => ({
        bucketId: "b",
        fileId: `x${id}`,
        to: join(folder, `x${id}`),
    }));
    await assert.rejects(transfers.downloadFiles(files, { signal: controller.signal }), { message: "enough" });
    assert.equal(silent, 4);
});

test("what cannot be transferred fails before anything is sent", async () => {
    const file = InputFile.fromPlainText("text", "a.txt");
    await assert.rejects(transfers.uploadFiles([{ bucketId: "b", fileId: "f", file }]), /files\[0\]\.file` must be/);
    await assert.rejects(transfers.downloadFiles([{ bucketId: "b", fileId: "f" }]), /files\[0\]\.to` must be a path/);
    for (const concurrency of [0, 1.5, "2", NaN]) {
        await assert.rejects(transfers.downloadFiles([], { concurrency }), ArgumentException);
    }
    await assert.rejects(transfers.downloadFiles([], { timeOut: 1 }), /`timeOut` is not an option/);
    assert.deepEqual(await transfers.downloadFiles([]), []);
    assert.equal(server.take().length, 0);
});

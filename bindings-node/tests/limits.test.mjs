// The limits of a call: bytes that are read into memory, and the time for all of it.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Client, DecodeException, Storage, TimeoutException, Users } from "polywrite";
import { InputFile } from "polywrite/file";
import { startServer } from "./support/server.mjs";

const folder = mkdtempSync(join(tmpdir(), "polywrite-node-"));
after(() => rmSync(folder, { recursive: true }));

const server = await startServer();
const LIMIT = 100_000;
const client = new Client({ endpoint: server.endpoint, project: "p", maxResponseBytes: LIMIT });
const file = { bucketId: "b", fileId: "f" };

/** Checks the error for a response that is too large. */
const isTooLarge = (error) => {
    assert.ok(error instanceof DecodeException, String(error));
    assert.match(error.message, /at most 100000 are read into memory/);
    assert.match(`${error.message} ${error.hint}`, /maxResponseBytes/);
    assert.ok(error.operation);
    return true;
};

test("a response larger than maxResponseBytes after decompression is an error", async () => {
    const body = gzipSync(JSON.stringify({ name: "0".repeat(50_000_000) }));
    server.respond = (_request, response) => {
        response.setHeader("content-type", "application/json");
        response.setHeader("content-encoding", "gzip");
        response.end(body);
    };
    server.take();
    await assert.rejects(new Users(client).get("u"), isTooLarge);
    await assert.rejects(client.call("get", new URL(`${server.endpoint}/users/u`)), isTooLarge);
    await assert.rejects(new Storage(client).getFileDownload(file), isTooLarge);
    assert.equal(server.take().length, 3, "none is retried");
});

test("a response without an end is an error, and its connection is closed", async () => {
    let closed;
    const gone = new Promise((resolve) => (closed = resolve));
    server.respond = (_request, response) => {
        response.on("close", closed);
        const more = () => {
            while (!response.destroyed && response.write(Buffer.alloc(50_000, "1")));
        };
        response.on("drain", more);
        more();
    };
    await assert.rejects(new Storage(client).getFileView(file), isTooLarge);
    await gone;
});

test("files and streams of any size are read, and calls can have their own limit", async () => {
    const SIZE = 5_000_000;
    server.respond = (_request, response) => void response.end(Buffer.alloc(SIZE, "1"));
    const storage = new Storage(client);
    const to = join(folder, "large");
    await storage.getFileDownload(file, { to });
    assert.equal(statSync(to).size, SIZE);
    let size = 0;
    for await (const piece of await storage.getFileDownload(file, { as: "stream" })) size += piece.length;
    assert.equal(size, SIZE);
    await assert.rejects(storage.getFileDownload(file), isTooLarge);
    assert.equal((await storage.getFileDownload(file, { maxResponseBytes: SIZE })).byteLength, SIZE);
    await assert.rejects(storage.getFileDownload(file, { maxResponseBytes: SIZE - 1 }), DecodeException);
});

test("a call ends with its deadline, whatever it waits for", async () => {
    const silent = new Promise(() => {});
    const isLate = (error) => {
        assert.ok(error instanceof TimeoutException, String(error));
        assert.match(error.message, /deadline of 0.3 s has passed/);
        return true;
    };
    const patient = new Client({ endpoint: server.endpoint, project: "p" });
    const hasty = new Client({ endpoint: server.endpoint, project: "p", deadline: 300 });
    const trickle = (_request, response) => {
        response.setHeader("content-type", "application/json");
        response.write("[");
        const timer = setInterval(() => response.write("1"), 20);
        response.on("close", () => clearInterval(timer));
    };
    for (const respond of [() => silent, trickle]) {
        server.respond = respond;
        await assert.rejects(new Users(hasty).list(), isLate);
        await assert.rejects(new Users(patient).list(undefined, { deadline: 300 }), isLate);
        await assert.rejects(hasty.call("get", new URL(`${server.endpoint}/users`)), isLate);
        await assert.rejects(new Storage(hasty).getFileDownload(file, { to: join(folder, "late") }), isLate);
    }
    server.respond = () => silent;
    const upload = { bucketId: "b", fileId: "f", file: InputFile.fromPlainText("text", "t") };
    await assert.rejects(new Storage(hasty).createFile(upload), isLate);
});

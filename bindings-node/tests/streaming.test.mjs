// Downloads that are cancelled, and the bytes that arrived before.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { ArgumentException, Client, Storage } from "polywrite";
import { startServer } from "./support/server.mjs";

const server = await startServer();
const storage = new Storage(new Client({ endpoint: server.endpoint, project: "p", key: "k" }));
const download = (options) => storage.getFileDownload({ bucketId: "b", fileId: "f" }, options);

/** Makes the server send a beginning and no end; `closed` resolves when the connection is closed. */
function beginning() {
    const state = {};
    server.respond = (_request, response) => {
        state.closed = once(response, "close");
        response.writeHead(200, { "content-length": 1000 }).write("begin");
    };
    return state;
}

test("a signal ends a stream that is not read, and its connection", async () => {
    const state = beginning();
    const [controller, reason] = [new AbortController(), new Error("enough")];
    const stream = await download({ as: "stream", signal: controller.signal });
    controller.abort(reason);
    await state.closed;
    await assert.rejects(stream.getReader().read(), (error) => error === reason);
});

test("a signal ends a stream that waits for bytes, and its connection", async () => {
    const state = beginning();
    const [controller, reason] = [new AbortController(), new Error("enough")];
    const reader = (await download({ as: "stream", signal: controller.signal })).getReader();
    assert.equal(Buffer.from((await reader.read()).value).toString(), "begin");
    const next = reader.read();
    setImmediate(() => controller.abort(reason));
    await assert.rejects(next, (error) => error === reason);
    await state.closed;
});

test("cancelling a stream closes its connection, also while a piece is waited for", async () => {
    for (const waits of [false, true]) {
        const state = beginning();
        const reader = (await download({ as: "stream" })).getReader();
        await reader.read();
        const next = waits && reader.read();
        await new Promise(setImmediate);
        await reader.cancel();
        await state.closed;
        if (next) assert.deepEqual(await next, { done: true, value: undefined });
    }
});

test("the listener of a signal is removed when its stream has ended", async () => {
    server.respond = (_request, response) => void response.end("all");
    const { signal } = new AbortController();
    let listeners = 0;
    for (const [name, step] of [
        ["addEventListener", 1],
        ["removeEventListener", -1],
    ]) {
        const native = signal[name];
        signal[name] = (...args) => {
            listeners += step;
            native.apply(signal, args);
        };
    }
    for await (const piece of await download({ as: "stream", signal })) assert.equal(piece.length, 3);
    assert.equal(listeners, 0);
});

test("downloaded bytes can be transferred to another thread", async () => {
    server.respond = (_request, response) => void response.end(Buffer.alloc(100_000, "x"));
    const whole = await download();
    const { value } = await (await download({ as: "stream" })).getReader().read();
    for (const [bytes, buffer] of [
        [whole, whole],
        [value, value.buffer],
    ]) {
        assert.ok(structuredClone(bytes, { transfer: [buffer] }).byteLength > 0);
        assert.equal(buffer.byteLength, 0, "not moved");
    }
});

test("impossible options of a download fail before anything is sent", async () => {
    server.take();
    for (const [options, message] of [
        [{ to: "x", onProgress: 5 }, /`onProgress` must be a function/],
        [{ to: "x", as: "stream" }, /`as` is not an option/],
        [{ as: "stream", onProgress() {} }, /`onProgress` is not an option/],
        [{ onProgress() {} }, /`onProgress` is not an option/],
        [{ to: "" }, /`to`/],
        [{ to: new URL("file:///x") }, /`to`/],
        [{ as: "text" }, /`as`/],
        [{ headers: new Headers({ a: "b" }) }, /`headers` is a Headers, which JSON cannot write/],
        [[], /must be an object, not a list/],
    ]) {
        await assert.rejects(download(options), (error) => {
            assert.ok(error instanceof ArgumentException, error.stack);
            assert.match(error.message, message);
            return true;
        });
    }
    assert.deepEqual(server.take(), []);
});

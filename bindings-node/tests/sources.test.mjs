// Sources of bytes that stall, end early, give nothing or are used up.

import assert from "node:assert/strict";
import { once } from "node:events";
import { Readable } from "node:stream";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { ArgumentException, Client, Storage } from "polywrite";
import { InputFile } from "polywrite/file";
import { requestOf, startServer } from "./support/server.mjs";

const server = await startServer(() => ({ $id: "f", chunksTotal: 1, chunksUploaded: 1, signature: "s" }));
const storage = new Storage(new Client({ endpoint: server.endpoint, project: "p", key: "k" }));
const upload = (file, options) => storage.createFile({ bucketId: "b", fileId: "f", file }, options);
const contentOf = async (file) => {
    const { body } = await requestOf(server, () => upload(file));
    return /name="file"[^]*?\r\n\r\n([^]*)\r\n--/.exec(body)[1];
};
const fails = async (file, message) => {
    server.take();
    await assert.rejects(upload(file), (error) => error instanceof ArgumentException && message.test(error.message));
    assert.deepEqual(server.take(), []);
};
const generated = (...pieces) =>
    (async function* () {
        yield* pieces;
    })();

test("pieces without bytes are not the end", async () => {
    assert.equal(
        await contentOf(InputFile.fromStream(generated("", "abc", Buffer.alloc(0), "", "def"), "x")),
        "abcdef",
    );
    assert.equal(await contentOf(InputFile.fromStream(generated("abc", "", "def"), "x", 6)), "abcdef");
});

test("a stream without bytes is an empty file", async () => {
    for (const stream of [Readable.from([]), new Blob([]).stream(), generated(), generated("")]) {
        assert.equal(await contentOf(InputFile.fromStream(stream, "x")), "");
    }
});

test("an empty file field of a form is not a file", async () => {
    const body =
        '--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n' +
        "Content-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n";
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const file = (await new Response(body, { headers }).formData()).get("file");
    assert.ok(file instanceof File);
    await fails(file, /no file was chosen for `file`/);
    assert.throws(() => InputFile.fromBuffer(file, "avatar.png"), ArgumentException);
    // An empty file that was chosen has a name.
    assert.equal(await contentOf(new File([], "empty.txt")), "");
    assert.equal(await contentOf(new Blob([])), "");
    assert.equal(await contentOf(new File(["x"], "")), "x");
});

test("a signal ends an upload whose source stalls, and closes the source", async () => {
    const closed = [];
    // Each calls `read` when it is read, and gives nothing.
    const makers = [
        (read) => new Readable({ read, destroy: () => closed.push("node") }),
        (read) => {
            const pull = () => new Promise(read);
            return new ReadableStream({ pull, cancel: () => void closed.push("web") }, { highWaterMark: 0 });
        },
        async function* (read) {
            yield "a";
            await new Promise(read);
        },
    ];
    for (const make of makers) {
        const [controller, reason] = [new AbortController(), new Error("enough")];
        const read = () => controller.abort(reason);
        const call = upload(InputFile.fromStream(make(read), "x"), { signal: controller.signal });
        await assert.rejects(call, (error) => error === reason);
    }
    assert.deepEqual(closed, ["node", "web"]);
});

test("a stream that has been read is an error: it would be an empty file", async () => {
    const makers = [() => Readable.from(["abc"]), () => new Blob(["abc"]).stream(), () => generated("abc")];
    for (const make of makers) {
        const file = InputFile.fromStream(make(), "x");
        assert.equal(await contentOf(file), "abc");
        await fails(file, /only once/);
    }
    const ended = Readable.from(["abc"]);
    await Promise.all([once(ended, "end"), ended.resume()]);
    await fails(ended, /only once/);

    const again = { [Symbol.asyncIterator]: () => generated("abc") };
    for (let round = 0; round < 2; round++) assert.equal(await contentOf(InputFile.fromStream(again, "x")), "abc");
});

test("a source of another size than it claims is an error", async () => {
    const sized = (size) => InputFile.fromStream(Readable.from(["abcde"]), "x", size);
    for (const size of [NaN, -1, 1.5, "5", Infinity, null, 5n]) assert.throws(() => sized(size), ArgumentException);
    await fails(sized(4), /more bytes than its announced size/);
    await fails(sized(6), /fewer bytes than its announced size/);
    await fails(sized(6 * 2 ** 20), /fewer bytes/);
    const blob = { slice: () => blob, arrayBuffer: async () => new ArrayBuffer(3) };
    await fails(blob, /must be an InputFile/);
    await fails({ ...blob, size: NaN }, /must be an InputFile/);
});

test("bytes are bytes in every shape, also from another realm, as tests of Jest have them", async () => {
    const foreign = runInNewContext("({ buffer: new Uint8Array([97, 98]).buffer, view: new Uint8Array([97, 98]) })");
    const shared = new Uint8Array(new SharedArrayBuffer(2));
    shared.set([97, 98]);
    for (const bytes of [foreign.buffer, foreign.view, new DataView(foreign.buffer), shared, shared.buffer]) {
        assert.equal(await contentOf(InputFile.fromBuffer(bytes, "x")), "ab");
        assert.equal(await contentOf(InputFile.fromStream(generated(bytes), "x")), "ab");
    }
    await fails(InputFile.fromStream(generated(7), "x"), /gave number/);
});

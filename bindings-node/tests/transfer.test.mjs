import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import {
    createReadStream,
    existsSync,
    mkdtempSync,
    openAsBlob,
    readFileSync,
    readdirSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { AppwriteException, ArgumentException, ID, NotFoundException, Storage } from "polywrite";
import { InputFile } from "polywrite/file";
import { adminOf, startEmulator } from "./support/emulator.mjs";

const folder = mkdtempSync(join(tmpdir(), "polywrite-node-"));
after(() => rmSync(folder, { recursive: true }));
const storage = new Storage(adminOf(await startEmulator()));
const bucketId = "files";
await storage.createBucket({ bucketId, name: "Files" });

const SMALL = randomBytes(300_000);
const LARGE = randomBytes(11 * 2 ** 20 + 17);
const path = join(folder, "large.bin");
writeFileSync(path, LARGE);
const hash = (bytes) => createHash("sha256").update(Buffer.from(bytes)).digest("hex");

async function stored(file, options) {
    const { $id, name, sizeOriginal } = await storage.createFile({ bucketId, fileId: ID.unique(), file, ...options });
    return { name, size: sizeOriginal, hash: hash(await storage.getFileDownload({ bucketId, fileId: $id })) };
}

const sources = {
    "a path": () => InputFile.fromPath(path),
    "a buffer": () => InputFile.fromBuffer(LARGE, "large.bin"),
    "an ArrayBuffer": () =>
        InputFile.fromBuffer(LARGE.buffer.slice(LARGE.byteOffset, LARGE.byteOffset + LARGE.length), "large.bin"),
    "a Blob": () => InputFile.fromBuffer(new Blob([LARGE]), "large.bin"),
    "a File": () => new File([LARGE], "large.bin", { type: "application/octet-stream" }),
    "a Blob of a file on disk": async () => InputFile.fromBuffer(await openAsBlob(path), "large.bin"),
    "a stream of Node": () => createReadStream(path),
    "a stream of Node, size known": () => InputFile.fromStream(createReadStream(path), "large.bin", LARGE.length),
    "a web stream": () => InputFile.fromStream(new Blob([LARGE]).stream(), "large.bin"),
    "an async generator": () =>
        InputFile.fromStream(
            (async function* () {
                yield LARGE.subarray(0, 7);
                yield LARGE.subarray(7);
            })(),
            "large.bin",
        ),
};
for (const [name, make] of Object.entries(sources)) {
    test(`an upload from ${name} arrives whole`, async () => {
        assert.deepEqual(await stored(await make()), { name: "large.bin", size: LARGE.length, hash: hash(LARGE) });
    });
}

test("small files and texts are sent in one request", async () => {
    assert.deepEqual(await stored(InputFile.fromBuffer(SMALL, "small")), {
        name: "small",
        size: SMALL.length,
        hash: hash(SMALL),
    });
    assert.deepEqual(await stored(InputFile.fromPlainText("Grüße", "text.txt")), {
        name: "text.txt",
        size: 7,
        hash: hash("Grüße"),
    });
    assert.equal((await stored(Readable.from([SMALL]))).hash, hash(SMALL));
});

test("named, positional and optional listeners receive the progress", async () => {
    const seen = [];
    const onProgress = (progress) => seen.push(progress);
    await stored(InputFile.fromPath(path), { onProgress });
    assert.equal(seen.length, 3);
    assert.deepEqual(
        Object.keys(seen[0]).filter((key) => key !== "sizeTotal"),
        ["$id", "progress", "sizeUploaded", "chunksTotal", "chunksUploaded"],
    );
    assert.deepEqual(
        seen.map(({ chunksUploaded }) => chunksUploaded),
        [1, 2, 3],
    );
    assert.equal(seen.at(-1).progress, 100);
    assert.equal(seen.at(-1).sizeUploaded, LARGE.length);
    const positional = [];
    await storage.createFile(bucketId, ID.unique(), InputFile.fromPath(path), undefined, (progress) =>
        positional.push(progress),
    );
    assert.equal(positional.length, 3);
});

test("a listener that throws ends the upload with its error", async () => {
    const error = new Error("listener");
    await assert.rejects(
        stored(InputFile.fromPath(path), {
            onProgress() {
                throw error;
            },
        }),
        (thrown) => thrown === error,
    );
});

test("what cannot be uploaded fails before anything is sent", async () => {
    const fails = (file, message) =>
        assert.rejects(stored(file), (error) => error instanceof ArgumentException && message.test(error.message));
    await fails(undefined, /`file` is missing/);
    await fails("large.bin", /InputFile\.fromPath/);
    await fails(5, /number/);
    await fails(InputFile.fromPath(join(folder, "nothing.bin")), /nothing\.bin/);
    assert.throws(() => InputFile.fromPath(""), ArgumentException);
    assert.throws(() => InputFile.fromBuffer({}, "x"), ArgumentException);
    assert.throws(() => InputFile.fromBuffer(SMALL), ArgumentException);
});

test("a source that breaks ends the upload with its error", async () => {
    const error = new Error("disk on fire");
    const broken = async function* () {
        yield SMALL;
        throw error;
    };
    await assert.rejects(stored(InputFile.fromStream(broken(), "x")), (thrown) => thrown === error);
    await assert.rejects(stored(InputFile.fromStream(createReadStream(join(folder, "nothing")), "x")), {
        code: "ENOENT",
    });
});

test("a cancelled upload closes its source", async () => {
    let closed = false;
    const endless = async function* () {
        try {
            for (;;) yield LARGE;
        } finally {
            closed = true;
        }
    };
    const signal = AbortSignal.timeout(100);
    await assert.rejects(
        storage.createFile({ bucketId, fileId: ID.unique(), file: InputFile.fromStream(endless(), "x") }, { signal }),
        { name: "TimeoutError" },
    );
    assert.ok(closed);
});

test("downloads as a stream", async () => {
    const fileId = ID.unique();
    await storage.createFile({ bucketId, fileId, file: InputFile.fromPath(path) });
    const parts = [];
    const stream = await storage.getFileDownload({ bucketId, fileId }, { as: "stream" });
    assert.ok(stream instanceof ReadableStream);
    for await (const part of stream) parts.push(part);
    assert.ok(parts.length > 1);
    assert.equal(hash(Buffer.concat(parts)), hash(LARGE));

    const early = await storage.getFileDownload({ bucketId, fileId }, { as: "stream" });
    for await (const part of early) {
        assert.ok(part.length > 0);
        break;
    }
    await assert.rejects(storage.getFileDownload({ bucketId, fileId }, { as: "text" }), ArgumentException);
});

test("downloads into a file", async () => {
    const fileId = ID.unique();
    await storage.createFile({ bucketId, fileId, file: InputFile.fromBuffer(LARGE, "a.bin") });
    const to = join(folder, "down.bin");
    let last;
    await storage.getFileDownload({ bucketId, fileId }, { to, onProgress: (progress) => (last = progress) });
    assert.equal(hash(readFileSync(to)), hash(LARGE));
    assert.deepEqual(last, { progress: 100, sizeDownloaded: LARGE.length, sizeTotal: LARGE.length });
});

test("a download that fails leaves no file behind", async () => {
    const to = join(folder, "never.bin");
    await assert.rejects(storage.getFileDownload({ bucketId, fileId: "missing" }, { to }), NotFoundException);
    assert.ok(!existsSync(to));
    assert.deepEqual(
        readdirSync(folder).filter((name) => name.includes("never")),
        [],
    );
    await assert.rejects(storage.getFileDownload({ bucketId, fileId: "missing" }, { as: "stream" }), NotFoundException);
    await assert.rejects(
        storage.getFileDownload({ bucketId, fileId: "x" }, { to: join(folder, "no", "folder") }),
        AppwriteException,
    );
});

test("a file of JSON stays bytes", async () => {
    const fileId = ID.unique();
    await storage.createFile({ bucketId, fileId, file: InputFile.fromPlainText('{"a":1}', "a.json") });
    const bytes = await storage.getFileDownload({ bucketId, fileId });
    assert.ok(bytes instanceof ArrayBuffer);
    assert.equal(Buffer.from(bytes).toString(), '{"a":1}');
    assert.equal(statSync(path).size, LARGE.length);
});

test("an InputFile has a size and parts", async () => {
    const path = join(folder, "parts.txt");
    writeFileSync(path, "0123456789");
    for (const file of [
        InputFile.fromPath(path),
        InputFile.fromPlainText("0123456789", "t"),
        InputFile.fromBuffer(new Blob(["0123456789"]), "t"),
    ]) {
        assert.equal(await file.size(), 10);
        assert.equal(Buffer.from(await file.slice(2, 5)).toString(), "234");
        const whole = await file.toFile();
        assert.deepEqual([whole.name, await whole.text()], [file.filename, "0123456789"]);
    }
    const stream = InputFile.fromStream(new Blob(["abc"]).stream(), "s");
    await assert.rejects(stream.size(), ArgumentException);
    await assert.rejects(stream.slice(0, 1), ArgumentException);
    assert.equal(await (await stream.toFile()).text(), "abc");
});

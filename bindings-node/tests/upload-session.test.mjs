import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ArgumentException, Client, Storage, UploadSession } from "polywrite";
import { InputFile } from "polywrite/file";
import { startServer } from "./support/server.mjs";

const CHUNK = 5 * 2 ** 20;
// Two chunks: of more, some would be under way when one is refused.
const SIZE = CHUNK + 17;
const server = await startServer();
const client = new Client({ endpoint: server.endpoint, project: "p", key: "k", retries: { max: 0 } });

/** Has the server take chunks, of which it refuses all but the first until it is mended. */
function expectChunks() {
    const taken = new Set();
    const state = { refuses: true };
    server.respond = ({ headers }, response) => {
        const range = headers["content-range"];
        if (state.refuses && !range.startsWith("bytes 0-")) {
            response.statusCode = 400;
            return { message: "no", type: "general_argument_invalid", code: 400 };
        }
        taken.add(range);
        const signature = taken.size === 2 ? "s" : "";
        return { $id: headers["x-appwrite-id"], chunksTotal: 2, chunksUploaded: taken.size, signature };
    };
    return state;
}

/** Where the chunks that crossed the wire began. */
const starts = () => server.take().map(({ headers }) => Number(/\d+/.exec(headers["content-range"])[0]));

async function brokenOff() {
    const state = expectChunks();
    const file = InputFile.fromBuffer(new Uint8Array(SIZE), "f");
    file.session = new UploadSession();
    await assert.rejects(new Storage(client).createFile({ bucketId: "b", fileId: "unique()", file }), /no/);
    assert.deepEqual(starts(), [0, CHUNK]);
    assert.equal(file.session.chunksAcknowledged, 1);
    state.refuses = false;
    return file.session;
}

test("an upload that broke off goes on with the same session", async () => {
    const session = await brokenOff();
    const file = InputFile.fromBuffer(new Uint8Array(SIZE), "f");
    file.session = session;
    const sent = await new Storage(client).createFile({ bucketId: "b", fileId: "unique()", file });
    assert.equal(sent.$id, session.id);
    assert.deepEqual(starts(), [CHUNK]);
});

test("an upload that broke off goes on in another process", async () => {
    const session = await brokenOff();
    const program = `
        import { Client, Storage, UploadSession } from "polywrite";
        import { InputFile } from "polywrite/file";
        const [endpoint, session, size] = process.argv.slice(-3);
        const file = InputFile.fromBuffer(new Uint8Array(Number(size)), "f");
        file.session = UploadSession.from(session);
        const client = new Client({ endpoint, project: "p", key: "k" });
        console.log((await new Storage(client).createFile({ bucketId: "b", fileId: "unique()", file })).$id);
    `;
    const given = [server.endpoint, JSON.stringify(session), String(SIZE)];
    const options = { cwd: fileURLToPath(new URL("..", import.meta.url)) };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program, "--", ...given], options);
    assert.equal(stdout.trim(), session.id);
    assert.deepEqual(starts(), [CHUNK]);
});

test("what is not a session is refused", async () => {
    for (const wrong of ["", "{}", {}, []]) {
        assert.throws(() => UploadSession.from(wrong), ArgumentException);
    }
    const file = InputFile.fromBuffer(new Uint8Array(1), "f");
    file.session = { id: "f" };
    await assert.rejects(new Storage(client).createFile({ bucketId: "b", fileId: "f", file }), ArgumentException);
    assert.deepEqual(server.take(), []);
    assert.equal(new UploadSession().id, undefined);
});

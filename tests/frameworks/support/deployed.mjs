// Runs a program that was built and copied elsewhere, against a server that keeps its requests.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { startServer } from "../../../bindings-node/tests/support/server.mjs";

const server = await startServer(() => ({ $id: "ada", name: "Ada" }));
const expected = "Hello Ada, failed: true";
const environment = {
    PATH: process.env.PATH,
    APPWRITE_ENDPOINT: server.endpoint,
    APPWRITE_PROJECT_ID: "library",
    APPWRITE_API_KEY: "standard_secret",
};

/** Runs a program that prints its greeting. */
export async function prints(folder, ...args) {
    server.take();
    const child = spawn(process.execPath, args, { cwd: folder, env: environment });
    const output = collected(child);
    await new Promise((resolve) => child.on("close", resolve));
    assert.equal(output.text.trim(), expected);
    sawTheCalls();
}

/** Starts a program that listens, and requests its greeting. */
export async function serves(folder, ...args) {
    server.take();
    const port = await freePort();
    const env = { ...environment, PORT: port, NITRO_PORT: port, HOST: "127.0.0.1", HOSTNAME: "127.0.0.1" };
    const child = spawn(process.execPath, args, { cwd: folder, env });
    const output = collected(child);
    try {
        const response = await responseOf(`http://127.0.0.1:${port}/`, child);
        assert.equal(await response.text(), expected, output.text);
        assert.equal(response.status, 200, output.text);
    } catch (error) {
        error.message += `\n${output.text}`;
        throw error;
    } finally {
        child.kill("SIGKILL");
    }
    sawTheCalls();
}

/** The calls that crossed the wire. */
function sawTheCalls() {
    const [upload, read, ...others] = server.take();
    assert.deepEqual(others, []);
    assert.equal(`${upload.method} ${upload.url}`, "POST /v1/storage/buckets/b/files");
    assert.match(upload.body, /filename="hello\.txt"[\s\S]*\r\n\r\nhello\r\n/);
    assert.equal(`${read.method} ${read.url}`, "GET /v1/users/ada");
    assert.equal(read.headers["x-appwrite-key"], "standard_secret");
    assert.equal(read.headers["x-appwrite-project"], "library");
}

function collected(child) {
    const output = { text: "" };
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output.text += part));
    return output;
}

/** The response of a program that may still be starting. */
async function responseOf(url, child) {
    for (;;) {
        try {
            return await fetch(url);
        } catch (error) {
            if (child.exitCode !== null || child.signalCode !== null)
                throw new Error("the program ended", { cause: error });
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }
}

async function freePort() {
    const socket = createServer();
    await new Promise((resolve) => socket.listen(0, "127.0.0.1", resolve));
    const { port } = socket.address();
    await new Promise((resolve) => socket.close(resolve));
    return String(port);
}

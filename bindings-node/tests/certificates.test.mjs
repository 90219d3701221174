// A server with an unknown certificate, and the environment variables of Node for such servers.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { startEmulator } from "./support/emulator.mjs";
import { runScript } from "./support/script.mjs";

const { endpoint, project, key, caCertificate } = await startEmulator({ tls: true });
const folder = mkdtempSync(join(tmpdir(), "polywrite-certificates-"));
after(() => rmSync(folder, { recursive: true }));

/** What a program prints about a call with a client; `make` is how it makes the client. */
const outcome = (make, env) =>
    runScript(
        `import { Client, Users } from "polywrite";
        const settings = ${JSON.stringify({ endpoint, project, key, retries: { max: 0 } })};
        for (const client of [].concat(${make})) {
            await new Users(client).list().then((list) => console.log("users", list.total), (error) => console.log(error.kind));
        }`,
        env,
    );
const warning =
    "Warning: Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections and HTTPS " +
    "requests insecure by disabling certificate verification.";

test("an unknown certificate is an error", async () => {
    const { output } = await outcome("new Client(settings)", { NODE_TLS_REJECT_UNAUTHORIZED: "" });
    assert.equal(output, "network");
});

test("NODE_TLS_REJECT_UNAUTHORIZED=0 accepts any certificate, with one warning in Node's wording", async () => {
    const make =
        "[new Client(settings), Client.fromEnv(settings), new Client(settings).configure({ selfSigned: null })]";
    const { output } = await outcome(make, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    assert.equal(output.match(/^users \d+$/gm)?.length, 3, output);
    assert.equal(output.split(warning).length - 1, 1, output);
});

test("other values of it change nothing", async () => {
    for (const value of ["1", "false", "00"]) {
        const { output } = await outcome("new Client(settings)", { NODE_TLS_REJECT_UNAUTHORIZED: value });
        assert.equal(output, "network");
    }
});

test("settings of the client win over it", async () => {
    const make = "[new Client({ ...settings, selfSigned: false }), new Client(settings).setSelfSigned(false)]";
    const { output } = await outcome(make, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    assert.deepEqual(output.match(/^(network|users.*)$/gm), ["network", "network"], output);
});

test("it counts when it is set before the client is made", async () => {
    const make = '(process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0", new Client(settings))';
    const { output } = await outcome(make, { NODE_TLS_REJECT_UNAUTHORIZED: "" });
    assert.match(output, /^users \d+$/m);
});

test("NODE_EXTRA_CA_CERTS is trusted", async () => {
    const file = join(folder, "ca.pem");
    writeFileSync(file, caCertificate);
    const { output } = await outcome("new Client(settings)", { NODE_EXTRA_CA_CERTS: file });
    assert.match(output, /^users \d+$/);
});

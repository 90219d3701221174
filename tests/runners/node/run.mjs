// Follows a plan of tests/vectors with a Node package: node run.mjs PACKAGE FOLDER PLAN REPORT
import { createWriteStream, readFileSync } from "node:fs";
import { once } from "node:events";
import { resolve } from "node:path";
import { client } from "./client.mjs";
import { write } from "./json.mjs";
import { Planned } from "./planned.mjs";
import { Sdk } from "./sdk.mjs";

const [name, folder, plan, output] = process.argv.slice(2);
const sdk = new Sdk(name, resolve(folder));
const recorder = new Planned();
const endpoint = await recorder.start();
const clients = { true: sdk.client(endpoint), false: sdk.client(endpoint) };
clients.false.configure?.({ selfHosted: false });

const tasks = { call, helper, enum: enumeration, webhook, client: (task) => client(sdk, recorder, endpoint, task) };
const report = createWriteStream(output);
for (const line of readFileSync(plan, "utf8").split("\n")) {
    if (!line) continue;
    const task = JSON.parse(line);
    report.write(write({ id: task.id, ...(await tasks[task.do](task)) }) + "\n");
}
report.end();
await once(report, "finish");
recorder.stop();

async function call(task) {
    const method = sdk.method(clients[task.selfHosted], task);
    if (!method) return { skipped: `${name} has no ${task.operation}` };
    recorder.expect(task.response);
    const read = new Set();
    const result = await outcome(() => method(watched(sdk.arguments(task), read)));
    return { ...result, request: recorder.sent[0], requests: recorder.requests.length, read: [...read] };
}

/** Arguments that record which of them the method reads. */
function watched(given, read) {
    return new Proxy(given, {
        get(target, key) {
            if (typeof key === "string") read.add(key);
            return target[key];
        },
    });
}

async function outcome(action) {
    try {
        return { seen: await action() };
    } catch (error) {
        const { kind, code, type, message } = error;
        return { error: { kind, code, type, message } };
    }
}

function helper(task) {
    if (!sdk.hasHelper(task.helper)) return { skipped: `${name} has no ${task.helper}` };
    try {
        const made = sdk.helper(task.helper, task.arguments);
        return { made: Array.isArray(made) ? made.map(String) : String(made) };
    } catch (error) {
        return { refused: true, message: error.message };
    }
}

function webhook({ given }) {
    const Webhook = sdk.named("Webhook");
    if (!Webhook) return { skipped: `${name} has no webhooks` };
    try {
        return { seen: { ...Webhook.parse(given), signature: Webhook.sign(given) } };
    } catch (error) {
        return { error: { kind: error.kind, line: String(error).replace(/^AppwriteException: /, "") } };
    }
}

function enumeration(task) {
    return { values: sdk.members(task.enum) };
}

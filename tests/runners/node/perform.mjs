// What a package makes of the tasks of a plan of tests/vectors. It runs in every runtime that has the web's functions.
import { clientTask } from "./client.mjs";

/** Returns what performs a task against a recorder; `warnings` gathers what the package warns of. */
export function performer(sdk, endpoint, warnings) {
    let clients;

    async function call(task) {
        clients ??= clientsOf(sdk, endpoint);
        const method = sdk.method(clients[task.selfHosted], task);
        if (!method) return { skipped: `${sdk.name} has no ${task.operation}` };
        const read = new Set();
        const result = await outcome(() => method(watched(sdk.arguments(task), read)));
        return { ...result, read: [...read] };
    }

    function helper(task) {
        if (!sdk.hasHelper(task.helper)) return { skipped: `${sdk.name} has no ${task.helper}` };
        try {
            const made = sdk.helper(task.helper, task.arguments);
            return { made: Array.isArray(made) ? made.map(String) : String(made) };
        } catch (error) {
            return { refused: true, message: error.message };
        }
    }

    function webhook({ given }) {
        const Webhook = sdk.named("Webhook");
        if (!Webhook) return { skipped: `${sdk.name} has no webhooks` };
        try {
            return { seen: { ...Webhook.parse(given), signature: Webhook.sign(given) } };
        } catch (error) {
            return { error: { kind: error.kind, line: String(error).replace(/^AppwriteException: /, "") } };
        }
    }

    const tasks = {
        call,
        helper,
        webhook,
        enum: (task) => ({ values: sdk.members(task.enum) }),
        client: (task) => clientTask(sdk, endpoint, warnings, task),
    };
    return (task) => tasks[task.do](task);
}

/** A client for each kind of server, made by the first call: a program that makes none needs no native library. */
function clientsOf(sdk, endpoint) {
    const clients = { true: sdk.client(endpoint), false: sdk.client(endpoint) };
    clients.false.configure?.({ selfHosted: false });
    return clients;
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

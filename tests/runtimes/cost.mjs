// What a Worker spends on starting and on its first call, in milliseconds of CPU: node cost.mjs [TIMES]

import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { builtWorker } from "./runtimes/workerd.mjs";
import { workshop } from "./workshop.mjs";

const times = Number(process.argv[2] ?? 15);
const { folder, installOfficial } = workshop();
installOfficial();
const server = createServer((_, response) =>
    response.setHeader("content-type", "application/json").end('{"$id":"ada","name":"Ada"}'),
);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const endpoint = `http://127.0.0.1:${server.address().port}/v1`;

/** A Worker that makes a call on demand: by the SDK, or without one. */
const worker = (sdk) => `
    ${sdk ? `import { Client, Users } from "${sdk}";` : ""}
    let users;
    export default {
        async fetch({ url }) {
            if (url.endsWith("/fetch")) return new Response(await (await fetch("${endpoint}/users/ada")).text());
            ${sdk ? `users ??= new Users(new Client().setEndpoint("${endpoint}").setProject("p").setKey("k"));` : ""}
            return new Response(${sdk ? `(await users.get({ userId: "ada" })).name` : `"none"`});
        },
    };`;

/** The CPU that the children of this process have had, in milliseconds. */
function spent(pid) {
    const threads = readdirSync(`/proc/${pid}/task`);
    return (
        threads.reduce(
            (sum, id) => sum + Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, "utf8").split(" ")[0]),
            0,
        ) / 1e6
    );
}

function workerdOf(parent) {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
        try {
            const [, name, , ppid] = readFileSync(`/proc/${pid}/stat`, "utf8").match(/^\d+ \((.*)\) (\S) (\d+)/);
            if (name.startsWith("workerd") && Number(ppid) === parent) return pid;
        } catch {
            // It has ended meanwhile.
        }
    }
    throw new Error("workerd does not run");
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)].toFixed(1);

for (const sdk of ["", "polywrite", "node-appwrite"]) {
    const start = builtWorker(folder, `cost-${sdk || "bare"}`, worker(sdk), ["nodejs_compat"]);
    const rows = { load: [], first: [], second: [] };
    for (let time = 0; time < times; time++) {
        const instance = start();
        await instance.ready;
        const pid = workerdOf(process.pid);
        const request = async (path) => {
            const before = spent(pid);
            await (await instance.dispatchFetch(`http://localhost${path}`)).text();
            return spent(pid) - before;
        };
        rows.load.push(await request("/fetch"));
        await request("/fetch");
        rows.first.push(await request("/sdk"));
        rows.second.push(await request("/sdk"));
        await instance.dispose();
    }
    const [load, first, second] = Object.values(rows).map(median);
    console.log(`${sdk || "no SDK"}: load and a fetch ${load} ms, first call ${first} ms, second call ${second} ms`);
}
process.exit();

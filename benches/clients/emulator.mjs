// Calls an emulator over 32 connections of node:http and prints, as one line of JSON, how many microseconds went by per
// call: emulator.mjs ENDPOINT PROJECT KEY. Ends with an error if an increment was lost.

import { Agent, request } from "node:http";

const [endpoint, project, key] = process.argv.slice(2);
const WIDTH = 32;
const ROWS = "/tablesdb/d/tables/t/rows";
const { hostname, port, pathname } = new URL(endpoint);
const agent = new Agent({ keepAlive: true, maxSockets: WIDTH });
const headers = { "x-appwrite-project": project, "x-appwrite-key": key, "content-type": "application/json" };

function call(method, path, body) {
    const text = body && JSON.stringify(body);
    const length = text ? { "content-length": Buffer.byteLength(text) } : {};
    const options = { hostname, port, agent, method, path: pathname + path, headers: { ...headers, ...length } };
    return new Promise((resolve, reject) => {
        const sent = request(options, (response) => {
            const chunks = [];
            response.on("data", (chunk) => chunks.push(chunk));
            response.on("end", () => {
                const content = Buffer.concat(chunks).toString();
                if (response.statusCode < 300) resolve(content && JSON.parse(content));
                else reject(new Error(`${response.statusCode} ${content}`));
            });
        });
        sent.on("error", reject);
        sent.end(text);
    });
}

// Does `count` calls, 32 at a time.
async function each(count, work) {
    let next = 0;
    const worker = async () => {
        while (next < count) await work(next++);
    };
    const started = performance.now();
    await Promise.all(Array.from({ length: WIDTH }, worker));
    return ((performance.now() - started) * 1000) / count;
}

const query = (...queries) =>
    `${ROWS}?${queries.map((it, index) => `queries[${index}]=${encodeURIComponent(JSON.stringify(it))}`).join("&")}`;

await call("POST", "/tablesdb", { databaseId: "d", name: "d" });
const columns = [
    { key: "title", type: "string", size: 100, required: true },
    { key: "count", type: "integer", required: false, default: 0 },
];
await call("POST", "/tablesdb/d/tables", { tableId: "t", name: "t", columns });
const create = (index) => call("POST", ROWS, { rowId: `r${index}`, data: { title: `Title ${index}` } });
const rows = (start) =>
    Array.from({ length: 100 }, (_, index) => ({ $id: `b${start}-${index}`, title: `Title ${start}` }));
const COUNT = 20_000;
// What is compiled and read once is not what a call costs.
await call("POST", ROWS, { rowId: "counter", data: { title: "counter" } });
await each(1000, () => call("GET", `${ROWS}/counter`));

const results = {
    create: await each(COUNT, create),
    get: await each(COUNT, (index) => call("GET", `${ROWS}/r${index}`)),
    update: await each(COUNT, (index) => call("PATCH", `${ROWS}/r${index}`, { data: { title: `New ${index}` } })),
    increment: await each(COUNT / 4, () => call("PATCH", `${ROWS}/counter/count/increment`, {})),
    "bulk of 100": await each(800, (index) => call("POST", ROWS, { rows: rows(index) })),
};
// Of the table with 100,000 rows.
const limit = { method: "limit", values: [25] };
const cursor = (index) => query(limit, { method: "cursorAfter", values: [`b${index}-50`] });
const filter = (index) => query(limit, { method: "equal", attribute: "title", values: [`New ${index}`] });
results["page of 100,000"] = await each(2000, (index) => call("GET", cursor(index % 800)));
results["filter of 100,000"] = await each(20, (index) => call("GET", filter(index)));
const { count } = await call("GET", `${ROWS}/counter`);
if (count !== COUNT / 4) throw new Error(`${COUNT / 4 - count} increments were lost`);
console.log(JSON.stringify(results));
agent.destroy();

// Follows a plan of tests/vectors in a runtime: node vectors.mjs RUNTIME PLAN REPORT
//
// The program in the runtime asks for one task after the other, and hands the result of each over with the next question.

import { createWriteStream, readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { write } from "../runners/node/json.mjs";
import { Planned } from "../runners/node/planned.mjs";
import { runtimes } from "./runtimes/index.mjs";
import { workshop } from "./workshop.mjs";

const [name, plan, output] = process.argv.slice(2);
const runtime = runtimes[name];
const { folder, installLibrary } = workshop();
if (runtime.hasLibrary) installLibrary();

const lines = readFileSync(plan, "utf8").split("\n").filter(Boolean);
const report = createWriteStream(output);
const recorder = new Planned();
const endpoint = await recorder.start();
let present;

/** A result of the runtime, a JSON object, with what the recorder has seen. */
function reported(result) {
    if (present === undefined) return;
    const skipped = runtime.decides?.test(present.id) ? { skipped: "the runtime decides it" } : {};
    const seen = write({ id: present.id, ...skipped, ...recorder.seen(present) });
    report.write(result === "{}" ? `${seen}\n` : `${result.slice(0, -1)},${seen.slice(1)}\n`);
}

const server = createServer(async (request, response) => {
    if (request.url === "/begin") return response.end(JSON.stringify({ endpoint }));
    const parts = await request.toArray();
    reported(Buffer.concat(parts).toString());
    const line = lines.shift();
    present = line && JSON.parse(line);
    if (present) recorder.expect(present);
    response.writeHead(line ? 200 : 204, { "content-type": "application/json" }).end(line);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const began = performance.now();
const said = await runtime.run(folder, "vectors", `http://127.0.0.1:${server.address().port}`);
console.log(`${runtime.label}: ${said} in ${Math.round((performance.now() - began) / 1000)} s`);
report.end();
await once(report, "finish");
server.closeAllConnections();
server.close();
recorder.stop();
process.exit();

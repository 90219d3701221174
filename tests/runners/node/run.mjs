// Follows a plan of tests/vectors with a Node package: node run.mjs PACKAGE FOLDER PLAN REPORT
import { createWriteStream, readFileSync } from "node:fs";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { write } from "./json.mjs";
import { performer } from "./perform.mjs";
import { Planned } from "./planned.mjs";
import { Sdk } from "./sdk.mjs";

const [name, folder, plan, output] = process.argv.slice(2);
// As a program in that folder would load it.
const load = createRequire(join(resolve(folder), "index.js"));
const warnings = [];
process.on("warning", ({ name, message }) => name === "AppwriteWarning" && warnings.push(message));

const recorder = new Planned();
const perform = performer(new Sdk(name, load(name), load(`${name}/file`)), await recorder.start(), warnings);
const report = createWriteStream(output);
for (const line of readFileSync(plan, "utf8").split("\n")) {
    if (!line) continue;
    const task = JSON.parse(line);
    recorder.expect(task);
    report.write(write({ id: task.id, ...(await perform(task)), ...recorder.seen(task) }) + "\n");
}
report.end();
await once(report, "finish");
recorder.stop();

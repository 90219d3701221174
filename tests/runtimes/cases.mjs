// Runs programs/cases.mjs in a runtime: node cases.mjs RUNTIME

import { startEmulator } from "./emulator.mjs";
import { runtimes } from "./runtimes/index.mjs";
import { startScripted } from "./scripted.mjs";
import { workshop } from "./workshop.mjs";

const runtime = runtimes[process.argv[2]];
const { folder, installLibrary } = workshop();
if (runtime.hasLibrary) installLibrary();
const { origin } = await startScripted(await startEmulator());
const lines = await runtime.run(folder, "cases", origin);
console.log(lines.replaceAll(/^ok .*\n?/gm, ""));
const failed = lines.split("\n").filter((line) => !line.startsWith("ok "));
console.log(`${runtime.label}: ${lines.match(/^ok /gm)?.length ?? 0} cases right`);
process.exit(failed.length === 0 ? 0 : 1);

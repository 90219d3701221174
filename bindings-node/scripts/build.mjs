// Makes dist/: one CommonJS file with everything, thin ES modules over it, and declarations for both.
//
// One implementation behind both module systems keeps `instanceof` and the native queue single.

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}dist/`;
rmSync(dist, { recursive: true, force: true });

await build({
    absWorkingDir: root,
    entryPoints: ["ts/index.ts"],
    outfile: "dist/index.js",
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // The packages with the native libraries, of which a program has the ones that it needs, and OpenTelemetry, which it
    // may have.
    external: ["@polywrite/*", "@opentelemetry/api"],
    legalComments: "none",
    logLevel: "warning",
});
writeFileSync(`${dist}file.js`, `"use strict";\nexports.InputFile = require("./index.js").InputFile;\n`);

const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
execFileSync(process.execPath, [tsc, "--project", root], { stdio: "inherit" });

/** The names that a source exports at run time, which an ES module has to spell out. */
function names(file) {
    const text = readFileSync(file, "utf8");
    const [, list] = /__export\(index_exports, \{([^}]*)\}/s.exec(text) ?? [];
    if (!list) throw new Error(`${file} does not list its exports`);
    return [...list.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name);
}

/** A static `import`, which bundlers and file tracers follow. */
function moduleOf(file, exported, within = "") {
    const lines = exported.map((name) => `export const ${name} = all${within}.${name};\n`);
    return `import all from "./${file}.js";\n${lines.join("")}`;
}

// Node searches the CommonJS file that a module imports for its exports. In the large one that takes longer than running
// it, so the module imports it through a small one.
writeFileSync(`${dist}indirect.js`, `"use strict";\nexports.index = require("./index.js");\n`);
writeFileSync(`${dist}index.mjs`, moduleOf("indirect", names(`${dist}index.js`), ".index"));
writeFileSync(`${dist}file.mjs`, moduleOf("file", ["InputFile"]));
for (const entry of ["index", "file"]) {
    writeFileSync(`${dist}${entry}.d.ts`, `export * from "./types/ts/${entry}.js";\n`);
    writeFileSync(`${dist}${entry}.d.mts`, `export * from "./${entry}.js";\n`);
}

// Makes dist/: for Node CommonJS files and a thin ES module over them, for the web ES modules, and declarations for all;
// and of the core as WebAssembly, if scripts/wasm.mjs has made it, a file for each way to get at it.
//
// One implementation behind both module systems keeps `instanceof` and the native queue single. Most of the package's text
// is names: services and enums are files of their own, which a program that needs one of them loads then.

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}dist/`;
const require = createRequire(import.meta.url);
rmSync(dist, { recursive: true, force: true });

const everywhere = {
    absWorkingDir: root,
    bundle: true,
    legalComments: "none",
    logLevel: "warning",
    // The packages with the native libraries, of which a program has the ones that it needs, and OpenTelemetry, which it
    // may have.
    external: ["@polywrite/*", "@opentelemetry/api"],
};

/** Imports that match become that of another file, or of an empty one. */
function replaced(filter, path) {
    const result = path === undefined ? { path: "empty", namespace: "empty" } : path;
    return {
        name: `replaced ${filter}`,
        setup(building) {
            building.onResolve({ filter }, () => result);
            building.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "" }));
        },
    };
}

/** The names that a module exports. */
async function namesOf(module, options) {
    const stdin = { contents: `export * from "./ts/${module}";`, resolveDir: root };
    const { metafile } = await build({
        ...options,
        stdin,
        format: "esm",
        outfile: "names",
        write: false,
        metafile: true,
    });
    return metafile.outputs.names.exports;
}

/**
 * Makes a CommonJS file of these modules, and returns what it exports. Its names are values, not the getters of
 * esbuild's own CommonJS, because an `import` reads hundreds of them; it has no indentation, because V8 reads all of it.
 */
async function part(name, modules, ...plugins) {
    const small = { minifyWhitespace: true, minifySyntax: true, lineLimit: 120 };
    const options = { ...everywhere, ...small, platform: "node", target: "node20", plugins };
    const exported = await Promise.all(modules.map((module) => namesOf(module, options)));
    // Of several modules that export a name, the first.
    const seen = new Set();
    for (const [place, names] of exported.entries())
        exported[place] = names.filter((name) => !seen.has(name) && seen.add(name));
    const imports = modules.map((module, place) => `import { ${exported[place]} } from "./ts/${module}";\n`);
    const contents = `${imports.join("")}module.exports = { ${exported.flat()} };\n`;
    await build({ ...options, stdin: { contents, resolveDir: root }, format: "cjs", outfile: `dist/${name}.js` });
    return require(`${dist}${name}.js`);
}

const wasmApart = replaced(/^\.\/wasm\/node$/, { path: "./wasm/node.js", external: true });
const core = await part(
    "core",
    ["index", "service", "sdk"],
    replaced(/\/(generated\/(services|enums|error-types)|tables)$/),
    wasmApart,
);
const services = await part(
    "services",
    ["generated/services", "tables"],
    replaced(/\/(service|generated\/(id|operator|query))$/, { path: "./core.js", external: true }),
);
const names = await part("names", ["generated/enums", "generated/error-types"]);
// Texts under names and nothing else: JSON.parse makes them in half the time that the functions of TypeScript's enums take.
const quoted = JSON.stringify(names).replaceAll(/[\\']/g, "\\$&");
writeFileSync(`${dist}names.js`, `"use strict";\nmodule.exports = JSON.parse('${quoted}');\n`);
// What tests import, and only they.
const ofCore = replaced(/^\.\.\/(client|generated\/exceptions)$/, { path: "./core.js", external: true });
const testing = await part("testing", ["testing/index"], ofCore);

// What the files share, and programs do not see.
const ofSdks = await namesOf("sdk", { ...everywhere, platform: "node", plugins: [wasmApart] });
const ownNames = ["misfit", ...ofSdks];
const exported = {
    core: Object.keys(core).filter((name) => !ownNames.includes(name)),
    services: Object.keys(services),
    names: Object.keys(names),
};
writeFileSync(
    `${dist}index.js`,
    `"use strict";
const core = require("./core.js");
for (const name of ${JSON.stringify(exported.core)}) exports[name] = core[name];
function later(load, names) {
    for (const name of names) {
        Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => load()[name] });
    }
}
later(() => require("./services.js"), ${JSON.stringify(exported.services)});
later(() => require("./names.js"), ${JSON.stringify(exported.names)});
// Never runs: Node reads here what an \`import\` of this file can name.
0 && (module.exports = { ${Object.values(exported).flat().join(", ")} });
`,
);
writeFileSync(`${dist}file.js`, `"use strict";\nexports.InputFile = require("./core.js").InputFile;\n`);
const linesOfSdks = ofSdks.map((name) => `exports.${name} = core.${name};\n`).join("");
writeFileSync(`${dist}sdk.js`, `"use strict";\nconst core = require("./core.js");\n${linesOfSdks}`);

// What an `import` names has to be there at once. Node looks for names in a CommonJS file that is imported, letter by letter,
// so it gets one that has none.
const parts = Object.keys(exported);
writeFileSync(
    `${dist}all.js`,
    `"use strict";\n${parts.map((it) => `exports.${it} = require("./${it}.js");\n`).join("")}`,
);

/** A module with a static `import`, which bundlers and file tracers follow. */
function moduleOf(file, parts) {
    const lines = Object.entries(parts).flatMap(([from, names]) =>
        names.map((name) => `export const ${name} = ${from}.${name};\n`),
    );
    return `import all from "./${file}.js";\n${lines.join("")}`;
}

const partsOfAll = Object.fromEntries(Object.entries(exported).map(([part, names]) => [`all.${part}`, names]));
writeFileSync(`${dist}index.mjs`, moduleOf("all", partsOfAll));
writeFileSync(`${dist}file.mjs`, moduleOf("file", { all: ["InputFile"] }));
writeFileSync(`${dist}sdk.mjs`, moduleOf("sdk", { all: ofSdks }));
writeFileSync(`${dist}testing.mjs`, moduleOf("testing", { all: Object.keys(testing) }));

// Where test runners look for a function: Jest takes what the file exports, Vitest its default.
mkdirSync(`${dist}testing`);
writeFileSync(`${dist}testing/setup.js`, `"use strict";\nmodule.exports = require("../testing.js").globalSetup;\n`);
writeFileSync(`${dist}testing/setup.mjs`, `import setup from "./setup.js";\nexport default setup;\n`);

/** ES modules for what has the web's own functions. */
const modulesForWeb = {
    outExtension: { ".js": ".mjs" },
    chunkNames: "[name]",
    splitting: true,
    platform: "browser",
    target: "es2022",
    format: "esm",
};

// Bundlers leave out modules that a program does not use: what makes no calls is in one of its own.
const forWeb = {
    ...everywhere,
    ...modulesForWeb,
    plugins: [
        replaced(/^\.\/node$/, { path: `${root}ts/host/web.ts` }),
        replaced(/^#wasm$/, { path: "#wasm", external: true }),
    ],
};
await build({ ...forWeb, entryPoints: { calling: "ts/web.ts", texts: "ts/texts.ts" }, outdir: "dist/web" });
const ofCalls = await namesOf("calling", { ...forWeb, splitting: false });
writeFileSync(`${dist}web/index.mjs`, `export { ${ofCalls} } from "./calling.mjs";\nexport * from "./texts.mjs";\n`);
writeFileSync(`${dist}web/sdk.mjs`, `export { ${ofSdks} } from "./calling.mjs";\n`);
writeFileSync(`${dist}web/file.mjs`, `export { InputFile } from "./calling.mjs";\n`);

const module = `${root}wasm/polywrite.wasm`;
const withModule = {
    ...everywhere,
    outdir: "dist/wasm",
    minify: true,
    loader: { ".wasm": "base64" },
    plugins: [
        replaced(/^#glue$/, { path: `${root}wasm/glue.js` }),
        replaced(/\.wasm\?text$/, { path: module }),
        replaced(/\.wasm$/, { path: "./polywrite.wasm", external: true }),
        replaced(/\.wasm\?module$/, { path: "./polywrite.wasm?module", external: true }),
    ],
};
if (existsSync(module)) {
    await build({
        ...withModule,
        ...modulesForWeb,
        entryPoints: ["ts/wasm/workerd.ts", "ts/wasm/edge-light.ts", "ts/wasm/inlined.ts"],
    });
    await build({
        ...withModule,
        entryPoints: ["ts/wasm/node.ts"],
        platform: "node",
        target: "node20",
        format: "cjs",
    });
    copyFileSync(module, `${dist}wasm/polywrite.wasm`);
}

const tsc = require.resolve("typescript/package.json").replace("package.json", "bin/tsc");
execFileSync(process.execPath, [tsc, "--project", root], { stdio: "inherit" });
for (const entry of ["index", "file", "sdk", "testing/index"]) {
    const name = entry.replace("/index", "");
    writeFileSync(`${dist}${name}.d.ts`, `export * from "./types/ts/${entry}.js";\n`);
    writeFileSync(`${dist}${name}.d.mts`, `export * from "./${name}.js";\n`);
}
const globalSetup = `import { globalSetup } from "../testing.js";\n`;
writeFileSync(`${dist}testing/setup.d.ts`, `${globalSetup}export = globalSetup;\n`);
writeFileSync(`${dist}testing/setup.d.mts`, `${globalSetup}export default globalSetup;\n`);

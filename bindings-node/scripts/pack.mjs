// Makes the npm packages: node scripts/pack.mjs OUT PACKAGE=LIBRARY …
//
// OUT gets the main package and one per library, as files for `npm install`. PACKAGE is one of platforms.json;
// LIBRARY.cdx.json is the library's bill of materials. The main package names every platform as an optional dependency, of
// which npm installs the one that fits.

import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { common, makePackages, manifest, notices, only, platforms, title } from "./packages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

makePackages(process.argv.slice(2), ofPlatform, main);

function main(start) {
    const { devDependencies, scripts, ...content } = manifest;
    const optional = platforms.map((platform) => [platform.package, common.version]);
    const folder = start({ ...content, optionalDependencies: Object.fromEntries(optional) });
    if (!existsSync(join(root, "dist/wasm")))
        throw new Error("the core as WebAssembly is missing: see scripts/wasm.mjs");
    cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
    notices("polywrite-wasm", "wasm32-unknown-unknown", folder);
    copyFileSync(join(root, "README.md"), join(folder, "README.md"));
    // For TypeScript's older resolution (`node10`), which does not read `exports`.
    mkdirSync(join(folder, "testing"));
    for (const [entry, place] of [
        ["file", "./dist/file.js"],
        ["sdk", "./dist/sdk.js"],
        ["testing", "./dist/testing.js"],
        ["testing/setup", "../dist/testing/setup.js"],
    ]) {
        writeFileSync(join(folder, `${entry}.js`), `module.exports = require("${place}");\n`);
        writeFileSync(join(folder, `${entry}.d.ts`), typesOf(place));
    }
    return folder;
}

/** Declarations of what another file has; one that is a function has nothing else. */
function typesOf(place) {
    return place.endsWith("setup.js")
        ? `import globalSetup = require("${place}");\nexport = globalSetup;\n`
        : `export * from "${place}";\n`;
}

function ofPlatform(start, platform, file) {
    const name = platform.package;
    const folder = start({
        name,
        description: `Native library of polywrite for ${title(platform)}`,
        ...common,
        main: "polywrite.node",
        files: ["polywrite.node", "LICENSE-*", "THIRD_PARTY_LICENSES.txt", "sbom.cdx.json"],
        ...only(platform),
    });
    copyFileSync(file, join(folder, "polywrite.node"));
    // The bill of materials, which a release has.
    if (existsSync(`${file}.cdx.json`)) copyFileSync(`${file}.cdx.json`, join(folder, "sbom.cdx.json"));
    notices("polywrite-node", platform.target, folder);
    writeFileSync(join(folder, "README.md"), `# ${name}\n\nThe native library of \`polywrite\`; install that.\n`);
    return folder;
}

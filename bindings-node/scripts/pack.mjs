// Makes the npm packages: node scripts/pack.mjs OUT PACKAGE=LIBRARY …
//
// OUT gets the main package and one per library, as files for `npm install`. PACKAGE is one of platforms.json; LIBRARY.cdx.json
// is the library's bill of materials. The main
// package names every platform as an optional dependency, of which npm installs the one that fits.

import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const platforms = JSON.parse(readFileSync(join(root, "platforms.json"), "utf8"));
const { devDependencies, scripts, ...manifest } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const { version, license, repository, engines } = manifest;

const [out, ...libraries] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const stage = mkdtempSync(join(tmpdir(), "polywrite-pack-"));
try {
    for (const library of libraries) {
        const [name, file] = library.split("=");
        packPlatform(
            platforms.find((platform) => platform.package === name),
            file,
        );
    }
    packMain();
} finally {
    rmSync(stage, { recursive: true });
}

function packMain() {
    const optional = platforms.map((platform) => [platform.package, version]);
    const folder = start("polywrite", { ...manifest, optionalDependencies: Object.fromEntries(optional) });
    if (!existsSync(join(root, "dist/wasm")))
        throw new Error("the core as WebAssembly is missing: see scripts/wasm.mjs");
    cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
    notices("polywrite-wasm", "wasm32-unknown-unknown", folder);
    copyFileSync(join(root, "README.md"), join(folder, "README.md"));
    // For TypeScript's older resolution (`node10`), which does not read `exports`.
    writeFileSync(join(folder, "file.js"), `module.exports = require("./dist/file.js");\n`);
    writeFileSync(join(folder, "file.d.ts"), `export * from "./dist/file.js";\n`);
    pack(folder);
}

function packPlatform({ package: name, target, os, cpu, libc }, file) {
    const folder = start(name, {
        name,
        version,
        description: `Native library of polywrite for ${[os, cpu, libc].filter(Boolean).join(" ")}`,
        license,
        repository,
        engines,
        main: "polywrite.node",
        files: ["polywrite.node", "LICENSE-*", "THIRD_PARTY_LICENSES.txt", "sbom.cdx.json"],
        os: [os],
        cpu: [cpu],
        ...(libc && { libc: [libc] }),
    });
    copyFileSync(file, join(folder, "polywrite.node"));
    // The bill of materials, which a release has.
    if (existsSync(`${file}.cdx.json`)) copyFileSync(`${file}.cdx.json`, join(folder, "sbom.cdx.json"));
    notices("polywrite-node", target, folder);
    writeFileSync(join(folder, "README.md"), `# ${name}\n\nThe native library of \`polywrite\`; install that.\n`);
    pack(folder);
}

/** The licences of what a crate of ours links for a target. */
function notices(crate, target, folder) {
    const file = join(folder, "THIRD_PARTY_LICENSES.txt");
    execFileSync("python3", [join(root, "../tasks/notices.py"), crate, target, file]);
}

function start(name, content) {
    const folder = join(stage, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(content, null, 2)}\n`);
    for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) {
        const place = join(root, "..", file);
        if (existsSync(place)) copyFileSync(place, join(folder, file));
    }
    return folder;
}

function pack(folder) {
    // Settings of the machine are none of the package's business, so npm's remarks on them are dropped too.
    const options = { cwd: folder, stdio: ["ignore", "ignore", "inherit"] };
    execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(out)], options);
}

// The package of the native library: which one is loaded, and the error when that fails.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { built, library, platforms } from "./support/built.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "polywrite-packages-"));
after(() => rmSync(folder, { recursive: true }));
const modules = join(folder, "node_modules");
const wasm = join(root, "dist/wasm");
// Without what stands in for a library that is missing.
cpSync(join(root, "dist"), join(modules, "polywrite/dist"), { recursive: true, filter: (path) => path !== wasm });
cpSync(join(root, "package.json"), join(modules, "polywrite/package.json"));

/** Installs a package with a native library: the newest one, or a module with this text. */
function install(name, text) {
    const place = join(modules, name);
    if (text === undefined) return cpSync(dirname(library), place, { recursive: true });
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "index.js"), text);
}

/** The output of a program that imports the package, with only those packages of libraries. `before` runs first. */
function program(installed, before) {
    const { stdout, stderr } = started(installed, before);
    assert.equal(stderr, "");
    return stdout.trim();
}

function started(installed, before = "") {
    rmSync(join(modules, "@polywrite"), { recursive: true, force: true });
    for (const [name, text] of Object.entries(installed)) install(name, text);
    writeFileSync(join(folder, "before.cjs"), before);
    const script = `
        try {
            const { Client } = require("polywrite");
            console.log(new Client().setProject("p").config.project);
        } catch (error) {
            console.log(error.message);
        }`;
    const options = { cwd: folder, encoding: "utf8" };
    return spawnSync(process.execPath, ["--require", "./before.cjs", "-e", script], options);
}

/** Makes the process report other loaded libraries. */
const withLibraries = (...paths) => `
    const fs = require("node:fs");
    const { readFileSync } = fs;
    fs.readFileSync = (path, ...rest) =>
        path === "/proc/self/maps" ? ${JSON.stringify(paths.map((path) => `7f00-7f01 r--p 0 fe:00 1   ${path}\n`).join(""))} : readFileSync(path, ...rest);`;

const broken = 'throw new Error("the wrong library was loaded")';

test("every platform package has a name that only we can publish", () => {
    const documented = readFileSync(join(root, "../docs/deploying.md"), "utf8");
    for (const { package: name } of platforms)
        assert.ok(documented.includes(`\`${name}\``), `${name} is not in the docs`);
    for (const { package: name } of platforms) assert.match(name, /^@polywrite\/[a-z0-9-]+$/);
    const { name } = createRequire(import.meta.url)("../package.json");
    assert.equal(name, "polywrite");
});

test("bundlers and tracers find every platform package behind a literal", () => {
    const text = readFileSync(join(root, "dist/core.js"), "utf8");
    for (const { package: name } of platforms) assert.ok(text.includes(`return require("${name}")`), name);
    assert.equal(text.match(/\brequire\((?!")/g), null, "a `require` has a computed name");
    assert.doesNotMatch(readFileSync(join(root, "dist/index.mjs"), "utf8"), /createRequire/);
});

const only = process.platform === "linux" ? {} : { skip: "systems with one C library" };
const [gnu, musl] = ["gnu", "musl"].map((libc) => `@polywrite/linux-${process.arch}-${libc}`);

test("of both libraries only the one for this C library is loaded", only, () => {
    assert.equal(program({ [gnu]: broken, [musl]: broken, [built]: undefined }), "p");
});

test("a process of musl loads musl's, with gcompat too", only, () => {
    const installed = { [musl]: undefined, [gnu]: broken };
    const loaded = ["/usr/bin/node", "/lib/libgcompat.so.0", "/lib/ld-musl-x86_64.so.1"];
    assert.equal(program(installed, withLibraries(...loaded)), "p");
});

test("the loaded libraries identify the C library", async () => {
    const { code } = transformSync(readFileSync(join(root, "ts/libc.ts"), "utf8"), { loader: "ts", format: "esm" });
    const { libcOf } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const libraries = {
        "/usr/lib/x86_64-linux-gnu/libc.so.6\n/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": "glibc",
        "/lib/x86_64-linux-gnu/libc-2.31.so\n/lib/x86_64-linux-gnu/ld-2.31.so": "glibc",
        "/nix/store/abc-glibc-2.40/lib/libc.so.6": "glibc",
        "/lib/ld-musl-x86_64.so.1\n/usr/lib/libstdc++.so.6.0.33": "musl",
        "/usr/lib/libstdc++.so.6.0.33\n/lib/ld-musl-aarch64.so.1 (deleted)": "musl",
        "/usr/lib/libc.so\n/usr/lib/libgcc_s.so.1": "musl",
        "/lib/libgcompat.so.0\n/lib/ld-musl-x86_64.so.1": "musl",
        "": "glibc",
    };
    for (const [paths, libc] of Object.entries(libraries)) assert.equal(libcOf(paths), libc, paths);
});

test("the error for a missing library names it and what to run", () => {
    const said = program({});
    assert.match(said, new RegExp(`is not installed.*run: npm install ${built}\\.`));
    assert.match(said, /docs\/deploying\.md/);
});

test("the error for a library that cannot be loaded says why", () => {
    const said = program({
        [built]:
            'require("node:fs").writeFileSync(__dirname + "/x.node", "no library"); module.exports = require("./x.node");',
    });
    assert.match(said, new RegExp(`library, ${built}, cannot be loaded: .*x\\.node`));
});

test("the error on a platform without a library lists those that have one", () => {
    const elsewhere = 'Object.defineProperty(process, "platform", { value: "plan9" });';
    assert.match(
        program({}, elsewhere),
        /has no native library for plan9-\w+; there is one for linux-x64-gnu, .*win32/,
    );
});

test("WebAssembly stands in for a library that is missing, and a warning says so", () => {
    cpSync(wasm, join(modules, "polywrite/dist/wasm"), { recursive: true });
    const { stdout, stderr } = started({});
    assert.equal(stdout.trim(), "p");
    assert.match(stderr, /AppwriteWarning: .*is not installed.*Calls go through WebAssembly/);
});

test("an import of the CommonJS file names all that require has", async () => {
    const file = fileURLToPath(new URL("../dist/index.js", import.meta.url));
    const imported = Object.keys(await import(file)).filter((name) => !["default", "module.exports"].includes(name));
    assert.deepEqual(imported.sort(), Object.keys(createRequire(import.meta.url)(file)).sort());
});

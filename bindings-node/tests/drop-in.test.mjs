// Programs written for node-appwrite, and what its types promise them.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
    copyFileSync,
    cpSync,
    existsSync,
    mkdtempSync,
    readFileSync,
    readdirSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startEmulator } from "./support/emulator.mjs";
import { program } from "./support/program.mjs";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "polywrite-drop-in-"));
after(() => rmSync(folder, { recursive: true }));
const npm = (...args) =>
    execFileSync("npm", [...args, "--no-audit", "--no-fund", "--offline", "--loglevel=error"], {
        cwd: folder,
        encoding: "utf8",
    });

// The packages as users get them, with the library that was built last, under both names.
const library = readdirSync(root).find((name) => name.endsWith(".node"));
const platform = library.split(".")[1];
execFileSync(process.execPath, [join(root, "scripts/pack.mjs"), folder, `${platform}=${join(root, library)}`], {
    stdio: "pipe",
});
const [main, native] = ["polywrite-0.1.0.tgz", `polywrite-${platform}-0.1.0.tgz`];
writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
npm("install", `./${native}`, `./${main}`, `node-appwrite@file:${main}`);

test("the packages install without Rust, scripts or network", () => {
    const installed = JSON.parse(readFileSync(join(folder, "node_modules/polywrite/package.json"), "utf8"));
    assert.equal(installed.scripts, undefined);
    assert.equal(installed.dependencies, undefined);
    const files = readdirSync(join(folder, `node_modules/polywrite-${platform}`));
    assert.deepEqual(files.sort(), [
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "THIRD_PARTY_LICENSES.txt",
        "package.json",
        "polywrite.node",
    ]);
    assert.match(
        readFileSync(join(folder, `node_modules/polywrite-${platform}/THIRD_PARTY_LICENSES.txt`), "utf8"),
        /tokio 1\.[\s\S]*MIT/,
    );
});

test("a program for node-appwrite sees the same with polywrite", async () => {
    const theirs = await program(require("node-appwrite"), require("node-appwrite/file"), await startEmulator());
    const ours = await program(require("polywrite"), require("polywrite/file"), await startEmulator());
    // What a call returns that says nothing, and errors that never reach a server, may differ.
    const [missing] = theirs.filter(([what, value]) => what === "error" && value[3] === 0);
    assert.ok(missing);
    assert.deepEqual(JSON.parse(text(ours)), JSON.parse(text(theirs)));
});

test("it runs unchanged under the name node-appwrite", async () => {
    copyFileSync(join(root, "tests/support/program.mjs"), join(folder, "program.mjs"));
    const script = `
        import * as sdk from 'node-appwrite';
        import * as file from 'node-appwrite/file';
        import { program } from './program.mjs';
        const seen = await program(sdk, file, JSON.parse(process.env.SERVER));
        console.log(seen.length, sdk.NotFoundException.name);`;
    const env = { ...process.env, SERVER: JSON.stringify(await startEmulator()) };
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
        cwd: folder,
        env,
        encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^\d\d NotFoundException/);
});

const check = (directory, ...options) => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(
        process.execPath,
        [
            tsc,
            "--noEmit",
            "--strict",
            "--target",
            "es2022",
            ...options,
            ...readdirSync(directory).filter((name) => /\.[mc]?ts$/.test(name)),
        ],
        { cwd: directory, encoding: "utf8" },
    );
    assert.equal(status, 0, stdout);
};

test("every exported name of node-appwrite has a type that programs can use", () => {
    const names = exportedNames(require.resolve("node-appwrite").replace("index.js", "index.d.ts"));
    assert.ok(names.length > 90);
    const directory = join(folder, "types");
    cpSync(join(root, "tests/types"), directory, { recursive: true });
    const uses = names.map(
        (name) => `export type Use${name} = typeof import('node-appwrite') extends { ${name}: infer T } ? T : unknown;`,
    );
    writeFileSync(
        join(directory, "names.mts"),
        `import { ${names.join(", ")} } from 'node-appwrite';\n${names.map((name) => valueOrType(name)).join("\n")}\n${uses[0]}\n`,
    );
    for (const types of ["node_modules/@types", "node_modules/undici-types"]) {
        if (!existsSync(join(folder, types))) cpSync(join(root, types), join(folder, types), { recursive: true });
    }
    check(directory, "--module", "nodenext", "--types", "node", "--skipLibCheck", "false");
});

function exportedNames(file) {
    const text = readFileSync(file, "utf8");
    return [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) =>
        list.split(",").map((name) => name.trim()),
    );
}

function valueOrType(name) {
    const isType = ["Models", "Payload", "UploadProgress", "QueryTypes", "QueryTypesList"].includes(name);
    if (name === "Models") return "export let aRow: Models.Row;";
    return isType ? `export let the${name}: ${name};` : `export const the${name} = ${name};`;
}

/** What was seen as JSON, with BigInts marked. */
function text(seen) {
    const kept = seen.filter(([what]) => what !== "deleted" && what !== "enum");
    return JSON.stringify(kept, (_key, value) => (typeof value === "bigint" ? `${value}n` : value));
}

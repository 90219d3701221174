// Programs written for node-appwrite, and their types.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startEmulator } from "./support/emulator.mjs";
import { packInto } from "./support/pack.mjs";
import { program } from "./support/program.mjs";
import { twin } from "./support/twin.mjs";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "polywrite-drop-in-"));
after(() => rmSync(folder, { recursive: true }));
const npm = (...args) =>
    execFileSync("npm", [...args, "--no-audit", "--no-fund", "--offline", "--loglevel=error"], {
        cwd: folder,
        encoding: "utf8",
    });

// The packages as users get them, with the newest library, under both names.
const { main, native, platform } = packInto(folder);
writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
npm("install", `./${native}`, `./${main}`, `node-appwrite@file:${main}`);

test("the packages install without Rust, scripts or network", () => {
    const installed = JSON.parse(readFileSync(join(folder, "node_modules/polywrite/package.json"), "utf8"));
    assert.equal(installed.scripts, undefined);
    assert.equal(installed.dependencies, undefined);
    const files = readdirSync(join(folder, `node_modules/${platform}`));
    assert.deepEqual(files.sort(), [
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "THIRD_PARTY_LICENSES.txt",
        "package.json",
        "polywrite.node",
    ]);
    assert.match(
        readFileSync(join(folder, `node_modules/${platform}/THIRD_PARTY_LICENSES.txt`), "utf8"),
        /tokio 1\.[\s\S]*MIT/,
    );
});

test("a program for node-appwrite sees the same with polywrite", async () => {
    const theirs = await program(require("node-appwrite"), require("node-appwrite/file"), await startEmulator());
    const ours = await program(require("polywrite"), require("polywrite/file"), await startEmulator());
    // The result of a call without a response body, and errors that never reach a server, may differ.
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

const types = join(folder, "types");
cpSync(join(root, "tests/types"), types, { recursive: true });
cpSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"), { recursive: true });
cpSync(join(root, "node_modules/undici-types"), join(folder, "node_modules/undici-types"), { recursive: true });

test("programs in TypeScript find the types that they name", () => {
    const files = readdirSync(types).filter((name) => /\.[mc]ts$/.test(name));
    assert.deepEqual(complaints(types, "--skipLibCheck", "false", ...files), []);
});

test("everything that the types of node-appwrite allow compiles", () => {
    const declarations = fileURLToPath(new URL(".", pathToFileURL(require.resolve("node-appwrite"))));
    const program = twin(declarations);
    const names = new Set();
    writeFileSync(join(types, "twin.mts"), program);
    const lines = program.split("\n");
    for (const complaint of complaints(types, "--skipLibCheck", "twin.mts")) {
        let line = Number(/^twin\.mts\((\d+),/.exec(complaint)?.[1]);
        assert.ok(line, complaint);
        const place = lines[line - 1];
        while (!lines[line - 1].startsWith("export ")) line--;
        const [, name] = /^export \w+ (\w+)/.exec(lines[line - 1]);
        const [, member = ""] = /(?:it|self)\.(\w+)\(?/.exec(place) ?? [];
        names.add(name.startsWith("the") ? `${name.slice(3)}.${member}` : `${name.split("_")[0]}.${member}`);
    }
    assert.deepEqual([...names].filter((name) => !expected.some((it) => it.test(name))).sort(), []);
    assert.deepEqual(
        expected.filter((it) => ![...names].some((name) => it.test(name))).map(String),
        [],
        "these do not differ any more",
    );
});

/** Where the types differ on purpose. */
const expected = [
    // Unions that have more members here, or integers that may be BigInts.
    /^Databases\.getAttribute$/,
    /^TablesDB\.getColumn$/,
    /^Project\.getPolicy$/,
    /^PolicyList\.policies$/,
    // Declared as optional there; calls fail without it.
    /^Project\.updateSessionLimitPolicy$/,
    // A model where the server sends an enum's member.
    /^Database\.status$/,
    // Servers omit these, or send another type.
    /^(Organization|BillingPlan|BillingPlanAddon|BillingPlanAddonDetails|UsageBillingPlan)\./,
    /^(DedicatedDatabase|DedicatedDatabaseMember|DatabaseStatus|BackupArchive|BackupRestoration)\./,
    /^FrameworkAdapter\.fallbackFile$/,
    /^Project\.wafEnabled$/,
];

/** The compiler's complaints about files. */
function complaints(directory, ...options) {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const strict = [
        "--noEmit",
        "--strict",
        "--target",
        "es2022",
        "--lib",
        "es2023",
        "--module",
        "nodenext",
        "--types",
        "node",
    ];
    const { stdout } = spawnSync(process.execPath, [tsc, ...strict, ...options], { cwd: directory, encoding: "utf8" });
    return stdout.split("\n").filter((line) => /^\S/.test(line));
}

/** The results as JSON, with BigInts marked. */
function text(seen) {
    const kept = seen.filter(([what]) => what !== "deleted" && what !== "enum");
    return JSON.stringify(kept, (_key, value) => (typeof value === "bigint" ? `${value}n` : value));
}

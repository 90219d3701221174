// Where programs are built: a folder in the cache with the tools of a framework and the packages as users get them.

import { execFile, execFileSync } from "node:child_process";
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { packInto, version } from "../../../bindings-node/tests/support/pack.mjs";

const sources = fileURLToPath(new URL("..", import.meta.url));
const cache = process.env.POLYWRITE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "polywrite");
const temporary = mkdtempSync(join(tmpdir(), "polywrite-frameworks-"));
after(() => rmSync(temporary, { recursive: true }));
const packages = packInto(temporary);

/**
 * Prepares the folder of a framework: its tools, the sources of its program, and the package under a name, `polywrite`
 * or an alias of it. `kind` says where the program's package.json names it.
 */
export async function workshop(framework, name = "polywrite", kind = "dependencies") {
    const folder = await install(framework);
    const source = join(sources, framework);
    for (const entry of readdirSync(folder)) {
        if (!["node_modules", "installed.json"].includes(entry)) rmSync(join(folder, entry), { recursive: true });
    }
    cpSync(source, folder, { recursive: true });
    for (const greeting of ["greeting.mjs", "greeting.cjs"]) {
        const text = readFileSync(join(sources, "support", greeting), "utf8");
        writeFileSync(join(folder, greeting), text.replaceAll(/"polywrite(?=["/])/g, `"${name}`));
    }
    const program = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
    program[kind] = { ...program[kind], [name]: name === "polywrite" ? version : `npm:polywrite@${version}` };
    writeFileSync(join(folder, "package.json"), JSON.stringify(program));
    forget(folder, Object.keys(program.devDependencies ?? {}));
    const modules = join(folder, "node_modules");
    unpack(packages.main, join(modules, name));
    unpack(packages.native, join(modules, packages.platform));
    return folder;
}

/** Installs the package `polywrite-cli`, with the newest program, in the folder of a framework. */
export function installProgram(folder) {
    const [main, platform] = ["polywrite-cli", packages.platform.replace("@polywrite/", "@polywrite/cli-")];
    for (const name of [main, platform]) {
        const place = join(folder, "node_modules", name);
        mkdirSync(place, { recursive: true });
        writeFileSync(join(place, "package.json"), JSON.stringify({ name, version }));
    }
    const root = join(sources, "../..");
    cpSync(join(root, "cli/npm/program.cjs"), join(folder, "node_modules", main, "program.cjs"));
    symlinkSync(join(root, "target/debug/polywrite"), join(folder, "node_modules", platform, "polywrite"));
}

/** Copies the output of a build to a place without `node_modules`, and removes the packages where it was built. */
export function moved(folder, out) {
    const place = mkdtempSync(join(temporary, "moved-"));
    cpSync(join(folder, out), place, { recursive: true, verbatimSymlinks: true });
    forget(folder);
    return place;
}

/** Copies a program and the files that it needs into a folder below its own, as hosting services find them. */
export async function trace(folder, main, out) {
    const require = createRequire(import.meta.url);
    const { nodeFileTrace } = require(join(await install("bundlers"), "node_modules/@vercel/nft"));
    const { fileList } = await nodeFileTrace([join(folder, main)], { base: folder });
    for (const file of fileList) cpSync(join(folder, file), join(folder, out, file), { dereference: true });
}

/** Runs a command in a folder; its output is shown when it fails. `more` is added to its environment. */
export function run(folder, more, command, ...args) {
    const quiet = { NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1", NUXT_TELEMETRY_DISABLED: "1" };
    const env = { ...process.env, CI: "1", ...quiet, ...more };
    // Commands are not part of the tests that run them.
    delete env.NODE_TEST_CONTEXT;
    return new Promise((resolve, reject) => {
        execFile(command, args, { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
            if (error) reject(new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`));
            else resolve();
        });
    });
}

/** The folder of a framework with its tools; they are installed when the cache has others. */
async function install(framework) {
    const folder = join(cache, "frameworks", framework);
    const manifest = readFileSync(join(sources, framework, "package.json"), "utf8");
    const installed = join(folder, "installed.json");
    if (existsSync(installed) && readFileSync(installed, "utf8") === manifest) return folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), manifest);
    await run(folder, {}, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error");
    writeFileSync(installed, manifest);
    return folder;
}

/** Removes our packages, under whatever name; `kept` are those of others. */
function forget(folder, kept = []) {
    for (const name of ["polywrite", "polywrite-cli", "node-appwrite", "@polywrite"].filter(
        (name) => !kept.includes(name),
    )) {
        rmSync(join(folder, "node_modules", name), { recursive: true, force: true });
    }
}

function unpack(file, place) {
    mkdirSync(place, { recursive: true });
    execFileSync("tar", ["-xzf", join(temporary, file), "-C", place, "--strip-components=1"]);
}

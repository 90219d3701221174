// Makes wasm/, the core as WebAssembly: node scripts/wasm.mjs MODULE WASM-BINDGEN WASM-OPT
//
// MODULE is what cargo has built of bindings-wasm. wasm-bindgen writes the JavaScript around it, wasm-opt makes it small.

import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** What compressed is the most that a Worker should have to carry for us, in bytes. */
const LIMIT = 900_000;

const out = fileURLToPath(new URL("../wasm/", import.meta.url));
const [module, bindgen, optimizer] = process.argv.slice(2);
const run = (...command) => execFileSync(command[0], command.slice(1), { stdio: "inherit" });

rmSync(out, { recursive: true, force: true });
run(bindgen, module, "--target", "bundler", "--no-typescript", "--out-dir", out, "--out-name", "glue");
// A function is compiled when it is called first. Those that others call once stay by themselves: otherwise a call's first
// step would wait for all that other calls do.
const apart = "--one-caller-inline-max-function-size=100";
run(optimizer, `${out}glue_bg.wasm`, "-Oz", apart, "--strip-producers", "-o", `${out}optimized.wasm`);
renameSync(`${out}optimized.wasm`, `${out}polywrite.wasm`);
// What is around the module; the other files import it in a way that no two bundlers agree on.
renameSync(`${out}glue_bg.js`, `${out}glue.js`);
rmSync(`${out}glue_bg.wasm`);

const size = gzipSync(readFileSync(`${out}polywrite.wasm`), { level: 9 }).length;
console.log(`    the core as WebAssembly: ${Math.round(size / 1000)} of ${LIMIT / 1000} kB, compressed`);
if (size > LIMIT) throw new Error(`the module has ${size} bytes, compressed: see what has grown`);

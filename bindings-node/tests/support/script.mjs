// Programs in a process of their own.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs an ES module's text with `polywrite` at hand; resolves with its exit code, output and milliseconds. */
export function runScript(text, env) {
    return run(["--input-type=module", "-e", text], env);
}

/** Runs a file below the package's folder in the same way. */
export function runFile(file, env, ...args) {
    return run([file, ...args], env);
}

function run(args, env = {}) {
    const started = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
    let output = "";
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (output += part));
    return new Promise((resolve) => {
        child.on("close", (code, signal) => {
            resolve({ code: code ?? signal, output: output.trim(), millis: performance.now() - started });
        });
    });
}

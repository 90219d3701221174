#!/usr/bin/env node
// Runs the program of the package for this platform, as if it were this one.

import { spawn } from "node:child_process";
import { name, program } from "./program.cjs";

function path() {
    try {
        return program();
    } catch (error) {
        console.error(error.message);
        process.exit(1);
    }
}

const child = spawn(path(), process.argv.slice(2), { stdio: "inherit" });
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
// The terminal sends its signals to both; this one waits for the other's end.
for (const signal of signals) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
    console.error(`${name} does not run: ${error.message}`);
    process.exitCode = 1;
});
child.on("exit", (code, signal) => {
    if (!signal) return process.exit(code);
    for (const each of signals) process.removeAllListeners(each);
    process.kill(process.pid, signal);
});

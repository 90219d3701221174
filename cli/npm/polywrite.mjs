#!/usr/bin/env node
// Runs the program of the package for this platform, as if it were this one.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const { platform, arch, report } = process;
const libc = platform === "linux" && (report.getReport().header.glibcVersionRuntime ? "-gnu" : "-musl");
const name = `@polywrite/cli-${platform}-${arch}${libc || ""}`;

function program() {
    const file = platform === "win32" ? "polywrite.exe" : "polywrite";
    try {
        return createRequire(import.meta.url).resolve(`${name}/${file}`);
    } catch {
        console.error(`polywrite-cli needs the package ${name}, which is not installed; npm install ${name}`);
        process.exit(1);
    }
}

const child = spawn(program(), process.argv.slice(2), { stdio: "inherit" });
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

// A local Appwrite for the programs, which ends with this process.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../target/debug/polywrite-emulator", import.meta.url));

/** Starts it, with options more, and returns its endpoint, project and key. */
export async function startEmulator(...more) {
    const options = ["--project", "tests", "--port", "0", "--no-rate-limits", "--json", ...more];
    const child = spawn(binary, options, { stdio: ["ignore", "pipe", "inherit"] });
    process.on("exit", () => child.kill());
    const line = await new Promise((resolve, reject) => {
        createInterface({ input: child.stdout }).once("line", resolve);
        child.once("error", () => reject(new Error("build the emulator first: cargo build -p polywrite-emulator")));
    });
    // It does not keep this process alive.
    child.unref();
    child.stdout.unref();
    return JSON.parse(line);
}

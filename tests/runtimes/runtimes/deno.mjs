import { tool } from "../workshop.mjs";
import { mainOf, runScript } from "./script.mjs";

// OPEN_RUNTIMES_SERVER_COMMAND in open-runtimes' Dockerfile of Deno, July 2026.
const flags = ["--allow-run", "--allow-net", "--allow-write", "--allow-read", "--allow-env"];

/** Runs a text in Deno as Appwrite's functions run it. */
export function runDeno(folder, text, env = {}) {
    const settings = { DENO_DIR: `${folder}/deno`, DENO_NO_UPDATE_CHECK: "1", ...env };
    return runScript(folder, text, [tool("deno"), "run", "--no-prompt", ...flags], settings);
}

/** Deno as Appwrite's functions run it: without permission to load libraries, though one is installed. */
export const deno = {
    label: "Deno with Appwrite's flags",
    hasLibrary: true,
    run: (folder, program, origin) => runDeno(folder, mainOf(program, origin)),
};

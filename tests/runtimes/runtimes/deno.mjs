import { tool } from "../workshop.mjs";
import { mainOf, runScript } from "./script.mjs";

// OPEN_RUNTIMES_SERVER_COMMAND in open-runtimes' Dockerfile of Deno, July 2026.
const flags = ["--allow-run", "--allow-net", "--allow-write", "--allow-read", "--allow-env"];

/** Deno as Appwrite's functions run it: without permission to load native libraries. */
export const deno = {
    label: "Deno with Appwrite's flags",
    run: (folder, program, origin) =>
        runScript(folder, mainOf(program, origin), [tool("deno"), "run", "--no-prompt", ...flags], {
            DENO_DIR: `${folder}/deno`,
            DENO_NO_UPDATE_CHECK: "1",
        }),
};

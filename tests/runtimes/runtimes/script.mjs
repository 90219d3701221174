// Runtimes that run a file.

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What calls a program with the origin of a server, and prints what it returns. */
export const mainOf = (program, origin) =>
    `import program from "./programs/${program}.mjs";\nconsole.log(await program(${JSON.stringify(origin)}));\n`;

/** Runs a text by a command that takes its file, and returns what it printed. */
export async function runScript(folder, text, command, env = {}) {
    const main = join(folder, "main.mjs");
    writeFileSync(main, text);
    const child = spawn(command[0], [...command.slice(1), main], {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: "1", ...env },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const [output, errors] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    if (output === "") throw new Error(`${command[0]} failed: ${errors}`);
    return output;
}

async function textOf(stream) {
    let text = "";
    for await (const piece of stream.setEncoding("utf8")) text += piece;
    return text.trim();
}

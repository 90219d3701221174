// Where the program is that is the local Appwrite.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ConfigurationException } from "../generated/exceptions";

const file = process.platform === "win32" ? "polywrite.exe" : "polywrite";

/** The path of the program `polywrite`: of the environment, of the package `polywrite-cli`, or among the commands. */
export function program(): string {
    const { POLYWRITE_CLI, PATH } = process.env;
    if (POLYWRITE_CLI) return POLYWRITE_CLI;
    const found = ofPackage() ?? (PATH ?? "").split(delimiter).map(inFolder).find(existsSync);
    if (found !== undefined) return found;
    throw new ConfigurationException(
        "polywrite/testing: the program that is the local Appwrite is not installed; run: npm install --save-dev polywrite-cli. " +
            "POLYWRITE_CLI may name it, and POLYWRITE_EMULATOR the address of one that runs, such as http://127.0.0.1:8090",
    );
}

const inFolder = (folder: string): string => join(folder, file);

/** The program of the package, which stands beside the test's own packages or beside this one. */
function ofPackage(): string | undefined {
    let module: string;
    try {
        module = require.resolve("polywrite-cli/program.cjs", { paths: [process.cwd(), __dirname] });
    } catch {
        return undefined;
    }
    return (require(module) as { program(): string }).program();
}

// The packages as users get them, with the newest library.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { built, library } from "./built.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Their version. */
export const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Makes them in a folder; returns the names of both files, and of the platform's package. */
export function packInto(folder) {
    execFileSync(process.execPath, [join(root, "scripts/pack.mjs"), folder, `${built}=${library}`], { stdio: "pipe" });
    const native = `${built.slice(1).replace("/", "-")}-${version}.tgz`;
    return { main: `polywrite-${version}.tgz`, native, platform: built };
}

// The packages as users get them, with the newest library.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Their version. */
export const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Makes them in a folder; returns the names of both files, and of the platform's package. */
export function packInto(folder) {
    const [name] = readdirSync(join(root, "node_modules/@polywrite"));
    const platform = `@polywrite/${name}`;
    const library = join(root, "node_modules", platform, "index.node");
    execFileSync(process.execPath, [join(root, "scripts/pack.mjs"), folder, `${platform}=${library}`], {
        stdio: "pipe",
    });
    return { main: `polywrite-${version}.tgz`, native: `polywrite-${name}-${version}.tgz`, platform };
}

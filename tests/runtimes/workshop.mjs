// Where programs are built and run: a folder elsewhere with the package as npm packs it, installed.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packInto } from "../../bindings-node/tests/support/pack.mjs";

const cache = process.env.POLYWRITE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "polywrite");

/** The folder with the runtimes; see tasks/runtimes.sh. */
export const tools = join(cache, "runtimes");

/** The path of a runtime or tool. */
export const tool = (name) => join(tools, "node_modules/.bin", name);

/** The system with Chromium. */
export const chromiumRoot = join(cache, "chromium-root");

/** Makes such a folder with the programs of this one, to be removed at the end. */
export function workshop() {
    const folder = mkdtempSync(join(tmpdir(), "polywrite-runtimes-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    const packages = packInto(folder);
    const unpack = (file, name) => {
        const place = join(folder, "node_modules", name);
        mkdirSync(place, { recursive: true });
        execFileSync("tar", ["-xzf", join(folder, file), "-C", place, "--strip-components=1"]);
    };
    unpack(packages.main, "polywrite");
    writeFileSync(join(folder, "package.json"), `{ "private": true, "type": "module" }`);
    for (const [from, to] of [
        ["programs", "programs"],
        ["../runners/node", "runners"],
    ]) {
        cpSync(fileURLToPath(new URL(from, import.meta.url)), join(folder, to), { recursive: true });
    }
    return {
        folder,
        /** Installs the package with the native library too. */
        installLibrary: () => unpack(packages.native, packages.platform),
        /** Installs node-appwrite, beside the package. */
        installOfficial: () =>
            cpSync(
                fileURLToPath(new URL("../../bindings-node/node_modules", import.meta.url)),
                join(folder, "node_modules"),
                {
                    recursive: true,
                    force: false,
                    filter: (path) => !path.includes("@polywrite"),
                },
            ),
    };
}

// npm packages with something compiled: one for each platform, and the main one that names them all.

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const bindings = fileURLToPath(new URL("..", import.meta.url));
const root = join(bindings, "..");

/** All platforms that there are packages for. */
export const platforms = JSON.parse(readFileSync(join(bindings, "platforms.json"), "utf8"));

const libc = process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";

/** The platform of this process. Undefined where it has no package. */
export const here = platforms.find(
    (it) => it.os === process.platform && it.cpu === process.arch && (!it.libc || it.libc === libc),
);

/** The manifest of the package of this folder. */
export const manifest = JSON.parse(readFileSync(join(bindings, "package.json"), "utf8"));

const { version, license, repository, engines } = manifest;

/** What the manifests of all packages have. */
export const common = { version, license, repository, engines };

/** A platform in the words of people, such as `linux x64 glibc`. */
export const title = ({ os, cpu, libc }) => [os, cpu, libc].filter(Boolean).join(" ");

/**
 * Makes packages by the arguments OUT PACKAGE=FILE …: `ofPlatform(start, platform, file)` for each file, then
 * `main(start)`. Both begin a package with `start(manifest)` and return its folder.
 */
export function makePackages([out, ...built], ofPlatform, main) {
    mkdirSync(out, { recursive: true });
    const stage = mkdtempSync(join(tmpdir(), "polywrite-pack-"));
    const start = (content) => started(stage, content);
    try {
        for (const each of built) {
            const [name, file] = each.split("=");
            const platform = platforms.find((platform) => platform.package === name);
            pack(ofPlatform(start, platform, file), out);
        }
        pack(main(start), out);
    } finally {
        rmSync(stage, { recursive: true });
    }
}

/** The part of a manifest that says which platform npm installs the package on. */
export const only = ({ os, cpu, libc }) => ({ os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) });

/** Writes the licences of what a crate of ours links for a target into a package. */
export function notices(crate, target, folder) {
    const file = join(folder, "THIRD_PARTY_LICENSES.txt");
    execFileSync("python3", [join(root, "tasks/notices.py"), crate, target, file]);
}

/** Begins a package in a folder of its own, with the manifest `content` and our licences. */
function started(stage, content) {
    const folder = join(stage, content.name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(content, null, 2)}\n`);
    for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) {
        const place = join(root, file);
        if (existsSync(place)) copyFileSync(place, join(folder, file));
    }
    return folder;
}

function pack(folder, out) {
    // Settings of the machine are none of the package's business, so npm's remarks on them are dropped too.
    const options = { cwd: folder, stdio: ["ignore", "ignore", "inherit"] };
    execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(out)], options);
}

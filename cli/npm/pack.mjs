// Makes the npm packages of the program: node cli/npm/pack.mjs OUT PACKAGE=PROGRAM …
//
// OUT gets `polywrite-cli` and one package per program. PACKAGE is a native library's of bindings-node/platforms.json: the
// platforms are the same. The main package names each as an optional dependency, of which npm installs the one that fits.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const node = join(root, "bindings-node");
const platforms = JSON.parse(readFileSync(join(node, "platforms.json"), "utf8"));
const { version, license, repository, engines } = JSON.parse(readFileSync(join(node, "package.json"), "utf8"));
const common = { version, license, repository, engines };
const nameOf = (platform) => platform.package.replace("@polywrite/", "@polywrite/cli-");

const [out, ...programs] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const stage = mkdtempSync(join(tmpdir(), "polywrite-cli-pack-"));
try {
    for (const program of programs) {
        const [name, file] = program.split("=");
        packPlatform(
            platforms.find((platform) => platform.package === name),
            file,
        );
    }
    packMain();
} finally {
    rmSync(stage, { recursive: true });
}

function packMain() {
    const folder = start("polywrite-cli", {
        name: "polywrite-cli",
        description: "A local Appwrite, and SDKs for your own server",
        ...common,
        type: "module",
        bin: { "polywrite-cli": "polywrite.mjs", polywrite: "polywrite.mjs" },
        files: ["polywrite.mjs", "LICENSE-*"],
        optionalDependencies: Object.fromEntries(platforms.map((platform) => [nameOf(platform), version])),
    });
    copyFileSync(join(here, "polywrite.mjs"), join(folder, "polywrite.mjs"));
    copyFileSync(join(here, "../README.md"), join(folder, "README.md"));
    pack(folder);
}

function packPlatform(platform, file) {
    const { target, os, cpu, libc } = platform;
    const [name, program] = [nameOf(platform), basename(file)];
    const folder = start(name, {
        name,
        description: `The program of polywrite-cli for ${[os, cpu, libc].filter(Boolean).join(" ")}`,
        ...common,
        files: [program, "LICENSE-*", "THIRD_PARTY_LICENSES.txt"],
        os: [os],
        cpu: [cpu],
        ...(libc && { libc: [libc] }),
    });
    copyFileSync(file, join(folder, program));
    chmodSync(join(folder, program), 0o755);
    const notices = [join(root, "tasks/notices.py"), "polywrite-cli", target];
    execFileSync("python3", [...notices, join(folder, "THIRD_PARTY_LICENSES.txt")]);
    writeFileSync(join(folder, "README.md"), `# ${name}\n\nThe program of \`polywrite-cli\`; install that.\n`);
    pack(folder);
}

function start(name, content) {
    const folder = join(stage, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(content, null, 2)}\n`);
    for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(root, file), join(folder, file));
    return folder;
}

function pack(folder) {
    const options = { cwd: folder, stdio: ["ignore", "ignore", "inherit"] };
    execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(out)], options);
}

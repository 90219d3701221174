// Makes the npm packages of the program: node cli/npm/pack.mjs OUT PACKAGE=PROGRAM …
//
// OUT gets `polywrite-cli` and one package per program. PACKAGE is a native library's of bindings-node/platforms.json: the
// platforms are the same. The main package names each as an optional dependency, of which npm installs the one that fits.

import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { common, makePackages, notices, only, platforms, title } from "../../bindings-node/scripts/packages.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const nameOf = (platform) => platform.package.replace("@polywrite/", "@polywrite/cli-");

makePackages(process.argv.slice(2), ofPlatform, main);

function main(start) {
    const folder = start({
        name: "polywrite-cli",
        description: "A local Appwrite, and SDKs for your own server",
        ...common,
        type: "module",
        bin: { "polywrite-cli": "polywrite.mjs", polywrite: "polywrite.mjs" },
        files: ["polywrite.mjs", "program.cjs", "LICENSE-*"],
        optionalDependencies: Object.fromEntries(platforms.map((platform) => [nameOf(platform), common.version])),
    });
    for (const file of ["polywrite.mjs", "program.cjs"]) copyFileSync(join(here, file), join(folder, file));
    copyFileSync(join(here, "../README.md"), join(folder, "README.md"));
    return folder;
}

function ofPlatform(start, platform, file) {
    const [name, program] = [nameOf(platform), basename(file)];
    const folder = start({
        name,
        description: `The program of polywrite-cli for ${title(platform)}`,
        ...common,
        files: [program, "LICENSE-*", "THIRD_PARTY_LICENSES.txt"],
        ...only(platform),
    });
    copyFileSync(file, join(folder, program));
    chmodSync(join(folder, program), 0o755);
    notices("polywrite-cli", platform.target, folder);
    writeFileSync(join(folder, "README.md"), `# ${name}\n\nThe program of \`polywrite-cli\`; install that.\n`);
    return folder;
}

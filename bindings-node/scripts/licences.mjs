// The licences of every crate that is linked into a library, as one text.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** The text for a package of the workspace in `root`, built for `target`. */
export function licencesOf(name, target, root) {
    const options = { cwd: root, maxBuffer: 1 << 28, encoding: "utf8" };
    const metadata = ["metadata", "--format-version", "1", "--locked", "--filter-platform", target];
    const { packages, resolve } = JSON.parse(execFileSync("cargo", metadata, options));
    const byId = new Map(packages.map((each) => [each.id, each]));
    const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));

    const linked = new Map();
    const visit = (id) => {
        if (linked.has(id)) return;
        linked.set(id, byId.get(id));
        for (const { pkg, dep_kinds } of nodes.get(id).deps) {
            if (dep_kinds.some(({ kind }) => kind === null)) visit(pkg);
        }
    };
    visit(packages.find((each) => each.name === name).id);

    // `source` is null for what is our own.
    const foreign = [...linked.values()].filter(({ source }) => source !== null).sort(byName);
    const texts = new Map();
    for (const crate of foreign) {
        for (const text of textsOf(crate))
            texts.set(text, [...(texts.get(text) ?? []), `${crate.name} ${crate.version}`]);
    }
    const list = foreign.map(({ name, version, license }) => `${name} ${version}: ${license ?? "see its text below"}`);
    const parts = [...texts].map(([text, crates]) => `${"-".repeat(80)}\n${crates.join(", ")}\n\n${text}`);
    return `The native library contains these crates.\n\n${list.join("\n")}\n\n${parts.join("\n\n")}\n`;
}

function textsOf({ manifest_path }) {
    const folder = dirname(manifest_path);
    return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice|copyright)/i.test(entry.name))
        .map((entry) => readFileSync(join(folder, entry.name), "utf8").trim());
}

const byName = (one, other) => (one.name < other.name ? -1 : 1);

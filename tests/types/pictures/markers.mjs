// Compiles the programs of this folder, each of which has a mistake, and writes what the compilers say as JSON, for draw.mjs.
//
// usage: node markers.mjs SWIFT, where SWIFT is what the Swift compiler says of mistake.swift, in a file

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const types = join(root, "tests/types");
const text = (end) => readFileSync(join(types, `pictures/mistake.${end}`), "utf8");

/** Runs a program and returns what it writes, whatever becomes of it. */
function said(program, args, options) {
    const { stdout, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1e9, ...options });
    if (error) throw error;
    return stdout;
}

/** Does something in a folder beside others, with the types and the program of a language in it. */
function beside(place, end, work) {
    const folder = mkdtempSync(join(root, place, "pictures-"));
    try {
        copyFileSync(join(types, `written/cinema.${end}`), join(folder, `cinema.${end}`));
        copyFileSync(join(types, `pictures/mistake.${end}`), join(folder, `mistake.${end}`));
        return work(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function typescript() {
    return beside("bindings-node", "ts", (folder) => {
        const compilerOptions = { strict: true, noEmit: true, target: "es2022", module: "preserve", types: ["node"] };
        writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["mistake.ts"] }));
        const tsc = join(root, "bindings-node/node_modules/.bin/tsc");
        const output = said(tsc, ["-p", folder, "--pretty", "false"], { cwd: folder });
        const errors = [...output.matchAll(/^\S+\((\d+),(\d+)\): error (TS\d+): (.*(?:\n .*)*)/gm)];
        return errors.map(([, line, column, code, message]) => word("ts", +line, +column, message, code));
    });
}

function python() {
    return beside("bindings-python", "py", (folder) => {
        const args = ["--outputjson", join(folder, "mistake.py")];
        const { generalDiagnostics } = JSON.parse(
            said(".venv/bin/pyright", args, { cwd: join(root, "bindings-python") }),
        );
        return generalDiagnostics.map(({ range, message, rule }) => {
            const place = ({ line, character }) => [line + 1, character + 1];
            return marker(place(range.start), place(range.end), message, `Pyright(${rule})`);
        });
    });
}

function rust() {
    const folder = join(root, "target/pictures");
    mkdirSync(join(folder, "src"), { recursive: true });
    const manifest = `[package]
name = "pictures"
version = "0.1.0"
edition = "2024"

[dependencies]
polywrite = { path = "${root}core", default-features = false, features = ["tables-db"] }
serde = { version = "1", features = ["derive"] }

[workspace]
`;
    writeFileSync(join(folder, "Cargo.toml"), manifest);
    writeFileSync(join(folder, "src/lib.rs"), "pub mod cinema;\npub mod mistake;\n");
    copyFileSync(join(root, "Cargo.lock"), join(folder, "Cargo.lock"));
    copyFileSync(join(types, "written/cinema.rs"), join(folder, "src/cinema.rs"));
    writeFileSync(join(folder, "src/mistake.rs"), text("rs"));
    const args = [
        "check",
        "--quiet",
        "--offline",
        "--message-format=json",
        "--target-dir",
        join(root, "target/mistakes"),
    ];
    const lines = said("cargo", args, { cwd: folder }).trim().split("\n");
    const messages = lines.map((line) => JSON.parse(line).message).filter((message) => message?.level === "error");
    return messages.flatMap(({ spans, message, code }) => {
        const [span] = spans.filter((span) => span.is_primary);
        if (!span) return [];
        const place = (end) => [span[`line_${end}`], span[`column_${end}`]];
        const says = [message, span.label].filter(Boolean).join("\n");
        return [marker(place("start"), place("end"), says, `rustc(${code?.code})`)];
    });
}

function swift(file) {
    const errors = new Set(readFileSync(file, "utf8").match(/mistake\.swift:\d+:\d+: error: .*/g));
    return [...errors].map((error) => {
        const [, line, column, message] = /:(\d+):(\d+): error: (.*)/.exec(error);
        return word("swift", +line, +column, message, "swiftc");
    });
}

/** Marks the word or text that begins at a place. */
function word(end, line, column, message, source) {
    const rest = text(end)
        .split("\n")
        [line - 1].slice(column - 1);
    const [all] = /^(?:"[^"]*"|\\\.\w+|\w+)/.exec(rest) ?? ["?"];
    return marker([line, column], [line, column + all.length], message, source);
}

function marker([startLineNumber, startColumn], [endLineNumber, endColumn], message, source) {
    return { startLineNumber, startColumn, endLineNumber, endColumn, message, source };
}

const programs = [
    { name: "ts", language: "typescript", text: text("ts"), markers: typescript() },
    { name: "python", language: "python", text: text("py"), markers: python() },
    { name: "swift", language: "swift", text: text("swift"), markers: swift(process.argv[2]) },
    { name: "rust", language: "rust", text: text("rs"), markers: rust() },
];
for (const { name, markers } of programs) {
    if (markers.length === 0) throw new Error(`no compiler says anything of the program ${name}`);
}
process.stdout.write(JSON.stringify(programs));

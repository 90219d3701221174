// The native library that was built for this process.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** All platforms that there are libraries for. */
export const platforms = JSON.parse(readFileSync(`${root}platforms.json`, "utf8"));

const libc = process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";

/** The package of the library; `./dev test --musl` puts a second one beside it. */
export const { package: built } = platforms.find(
    (it) => it.os === process.platform && it.cpu === process.arch && (!it.libc || it.libc === libc),
);

/** The library's file. */
export const library = `${root}node_modules/${built}/index.node`;

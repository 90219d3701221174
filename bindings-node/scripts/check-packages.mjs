// What npm users would trip over: publint and @arethetypeswrong/cli on the packages as they would be published.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "polywrite-check-"));
try {
    execFileSync(process.execPath, [join(here, "pack.mjs"), out], { stdio: "inherit" });
    const [file] = readdirSync(out);
    for (const [tool, ...options] of [["publint", "--strict"], ["attw"]]) {
        execFileSync("npx", ["--no-install", tool, ...options, join(out, file)], { stdio: "inherit" });
    }
} finally {
    rmSync(out, { recursive: true });
}

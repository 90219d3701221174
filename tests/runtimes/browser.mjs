// Chromium, as tasks/runtimes.sh installs it.

import { chmodSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromiumRoot, tools } from "./workshop.mjs";

/** Debian's Chromium in the system of its own; both have one folder for temporary files. */
function starter(folder) {
    const path = join(folder, "chromium.sh");
    writeFileSync(
        path,
        `#!/bin/sh
exec unshare --mount sh -c '
    root=$1 && shift
    mount --rbind /dev "$root/dev" && mount --bind /tmp "$root/tmp" && mount -t proc proc "$root/proc"
    exec chroot "$root" /usr/bin/env HOME=/root /usr/lib/chromium/chromium-headless-shell "$@"' sh ${chromiumRoot} "$@"
`,
    );
    chmodSync(path, 0o755);
    return path;
}

/** Starts it with arguments of its own; `folder` is for temporary files. */
export async function startBrowser(folder, ...args) {
    const { chromium } = createRequire(join(tools, "index.js"))("playwright-core");
    return chromium.launch({
        executablePath: starter(folder),
        args: ["--no-sandbox", "--disable-dev-shm-usage", ...args],
    });
}

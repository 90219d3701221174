import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromiumRoot, tools } from "../workshop.mjs";
import { bundled } from "./bundle.mjs";

const { chromium: driver } = createRequire(join(tools, "index.js"))("playwright-core");

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

/** A page of Chromium, which may request other origins. */
export const chromium = {
    label: "Chromium",
    // It does not say whether it was connected nor where a redirect leads, and sends no cookies of programs.
    decides: /^errors network$|^account\.createOAuth2Token |^settings (cookie travels|only cookie)$/,
    async run(folder, program, origin) {
        const { text } = await bundled(
            folder,
            `import program from "./programs/${program}.mjs"; globalThis.program = program;`,
            ["browser"],
            "iife",
        );
        const server = createServer((_, response) =>
            response
                .writeHead(200, { "content-type": "text/html" })
                .end(
                    `<!doctype html><meta charset="utf-8"><script>${text.replaceAll("</script", "<\\/script")}</script>`,
                ),
        );
        await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
        const browser = await driver.launch({
            executablePath: starter(folder),
            args: ["--no-sandbox", "--disable-web-security", "--disable-dev-shm-usage"],
        });
        try {
            const page = await browser.newPage();
            await page.goto(`http://127.0.0.1:${server.address().port}/`);
            return await page.evaluate((origin) => globalThis.program(origin), origin);
        } finally {
            await browser.close();
            server.close();
        }
    },
};

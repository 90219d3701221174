import { createServer } from "node:http";
import { startBrowser } from "../browser.mjs";
import { bundled } from "./bundle.mjs";

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
        const browser = await startBrowser(folder, "--disable-web-security");
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

// Draws an editor with a program and what a compiler says of it: the pictures of docs/types.md.
//
// usage: node draw.mjs MONACO PICTURES <PROGRAMS, where PROGRAMS is JSON: a list of { name, language, text, markers }
//
// MONACO is the folder of the package monaco-editor; a marker has the places of an error, from 1, and its message.

import { createReadStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { startBrowser } from "../../runtimes/browser.mjs";

const [monacoFolder, pictures] = process.argv.slice(2);
const PAGE = `<!doctype html>
<meta charset="utf-8">
<style>body { margin: 0 } #editor { width: 860px } .status-bar { display: none !important }</style>
<div id="editor"></div>
<script src="/min/vs/loader.js"></script>`;
const KINDS = { ".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf" };

/** Runs in the page: shows the program and its mistakes. */
async function show({ language, text, markers }) {
    globalThis.require.config({ paths: { vs: "/min/vs" } });
    await new Promise((resolve) => globalThis.require(["vs/editor/editor.main"], resolve));
    const { monaco } = globalThis;
    // What is said is the compiler's; Monaco's own TypeScript stays silent.
    monaco.typescript.typescriptDefaults.setModeConfiguration({});
    const editor = monaco.editor.create(document.getElementById("editor"), {
        value: text.trimEnd(),
        language,
        fontSize: 15,
        fontFamily: "DejaVu Sans Mono",
        minimap: { enabled: false },
        scrollBeyondLastLine: false,
        renderLineHighlight: "none",
        folding: false,
        guides: { indentation: false },
        overviewRulerLanes: 0,
        hover: { above: false },
        scrollbar: { vertical: "hidden", horizontal: "hidden" },
        padding: { top: 12, bottom: 12 },
    });
    const model = editor.getModel();
    const severity = monaco.MarkerSeverity.Error;
    monaco.editor.setModelMarkers(
        model,
        "compiler",
        markers.map((marker) => ({ ...marker, severity })),
    );
    // Room for what is said, below the program.
    document.getElementById("editor").style.height = `${editor.getContentHeight() + 72}px`;
    editor.layout();
}

const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://x").pathname);
    if (path === "/") return response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    const kind = KINDS[path.slice(path.lastIndexOf("."))] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": kind });
    createReadStream(join(monacoFolder, path))
        .on("error", () => response.destroy())
        .pipe(response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const folder = mkdtempSync(join(tmpdir(), "pictures-"));
const browser = await startBrowser(folder);
for (const program of JSON.parse(readFileSync(0, "utf8"))) {
    const page = await browser.newPage({ viewport: { width: 860, height: 600 }, deviceScaleFactor: 2 });
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.evaluate(show, program);
    // What is said of the last mistake, the narrowest.
    const mark = page.locator(".squiggly-error").last();
    await mark.waitFor();
    const mistake = await mark.boundingBox();
    await page.mouse.move(mistake.x + mistake.width / 2, mistake.y + mistake.height / 2, { steps: 5 });
    await page.locator(".monaco-hover-content").first().waitFor();
    // Colours come after the text.
    await page.waitForTimeout(500);
    await page.locator("#editor").screenshot({ path: join(pictures, `types-${program.name}.png`) });
    await page.close();
}
await browser.close();
server.close();
rmSync(folder, { recursive: true });

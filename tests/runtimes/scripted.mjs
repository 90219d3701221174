// A server that follows scripts: a program leaves one, calls the endpoint that it gets for it, and reads what was sent.

import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

/** Starts it, with facts that programs may ask for, and returns its origin and what stops it. */
export async function startScripted(facts) {
    const scripts = [];
    const server = createServer(async (request, response) => {
        const body = Buffer.concat(await request.toArray());
        const [, kind, number] = request.url.split("/");
        // Each call of a script has a connection of its own: some runtimes send a request once more that was sent over an older
        // one.
        response.shouldKeepAlive = false;
        if (kind === "facts") return response.end(JSON.stringify(facts));
        if (kind === "script") {
            const place = scripts.push({ steps: JSON.parse(body), requests: [] }) - 1;
            return response.end(JSON.stringify(place));
        }
        const { steps, requests } = scripts[number];
        if (kind === "log") return response.end(JSON.stringify(requests));
        const { method, url, headers } = request;
        requests.push({ method, url: url.slice(`/play/${number}`.length), headers, size: body.length });
        play(steps.length > 1 ? steps.shift() : steps[0], response);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        origin: `http://127.0.0.1:${server.address().port}`,
        stop: () => (server.closeAllConnections(), server.close()),
    };
}

/** A step: `lost` closes the connection, `hangs` never responds, `cut` closes it within the body; or a response, `gzip` for
 * a compressed one. */
function play({ lost, hangs, cut, gzip, status = 200, headers = {}, json, text = JSON.stringify(json) }, response) {
    if (lost) return response.destroy();
    if (hangs) return;
    if (gzip) response.setHeader("content-encoding", "gzip");
    response.writeHead(status, { "content-type": "application/json", ...headers });
    if (gzip) return response.end(gzipSync(text));
    if (cut === undefined) return response.end(text);
    response.write(text.slice(0, cut), () => response.destroy());
}

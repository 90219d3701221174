// A server that keeps what it is asked, and answers what a test says.

import { createServer } from "node:http";
import { after } from "node:test";

/**
 * Starts one, to end with the tests of this file. `answer(request, response)` may answer by itself, or return what is
 * sent as JSON.
 */
export async function startServer(answer = () => ({})) {
    const server = { requests: [], answer, connections: 0 };
    const http = createServer(async (request, response) => {
        const parts = [];
        for await (const part of request) parts.push(part);
        const { method, url, headers } = request;
        const body = Buffer.concat(parts).toString();
        server.requests.push({ method, url, headers, body });
        const result = await server.answer({ method, url, headers, body }, response);
        if (result === undefined) return;
        response.setHeader("content-type", "application/json");
        response.end(typeof result === "string" ? result : JSON.stringify(result));
    });
    http.on("connection", () => server.connections++);
    await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
    after(() => {
        http.closeAllConnections();
        http.close();
    });
    server.endpoint = `http://127.0.0.1:${http.address().port}/v1`;
    /** What came since this was last asked. */
    server.take = () => server.requests.splice(0);
    return server;
}

/** The request that a call makes. */
export async function requestOf(server, call) {
    server.take();
    await call();
    return server.take()[0];
}

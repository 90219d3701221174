// A server that keeps its requests and sends the responses of a test.

import { createServer } from "node:http";
import { after } from "node:test";

/**
 * Starts one, to end with the tests of this file. `respond(request, response)` may write the response itself, or return
 * what is sent as JSON.
 */
export async function startServer(respond = () => ({})) {
    const server = { requests: [], respond, connections: 0 };
    const http = createServer(async (request, response) => {
        const parts = [];
        for await (const part of request) parts.push(part);
        const { method, url, headers } = request;
        const body = Buffer.concat(parts).toString();
        server.requests.push({ method, url, headers, body });
        const result = await server.respond({ method, url, headers, body }, response);
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
    /** The requests since the last call of this. */
    server.take = () => server.requests.splice(0);
    return server;
}

/** The request that a call makes. */
export async function requestOf(server, call) {
    server.take();
    await call();
    return server.take()[0];
}

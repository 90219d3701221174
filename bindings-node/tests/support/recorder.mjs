// A server that keeps its requests. The runner of tests/vectors uses it too.

import { createServer } from "node:http";

export class Recorder {
    /** The requests: method, url, headers, rawHeaders and body (a Buffer). */
    requests = [];
    /** How many connections clients have opened. */
    connections = 0;
    /** Writes the response to a request: `respond(request, response)`. */
    respond;
    #http;

    constructor(respond) {
        this.respond = respond;
        this.#http = createServer(async (incoming, response) => {
            const parts = [];
            for await (const part of incoming) parts.push(part);
            const { method, url, headers, rawHeaders } = incoming;
            const request = { method, url, headers, rawHeaders, body: Buffer.concat(parts) };
            this.requests.push(request);
            await this.respond(request, response);
        });
        this.#http.on("connection", () => this.connections++);
    }

    /** Starts it on a free port and returns the endpoint. */
    async start() {
        await new Promise((resolve) => this.#http.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${this.#http.address().port}/v1`;
    }

    stop() {
        this.#http.closeAllConnections();
        this.#http.close();
    }
}

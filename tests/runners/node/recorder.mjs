import { createServer } from "node:http";

/** An HTTP server that keeps every request and sends the response that it is set to. */
export class Recorder {
    /** Requests since the last `expect`, as reports have them. */
    requests = [];
    #planned = { status: 204, headers: [], body: "" };
    #server = createServer((request, response) => this.#serve(request, response));

    /** Starts it on a free port and returns the endpoint. */
    async start() {
        await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${this.#server.address().port}/v1`;
    }

    stop() {
        this.#server.closeAllConnections();
        this.#server.close();
    }

    /** Forgets the requests and responds to the next ones like this. */
    expect(planned) {
        this.requests = [];
        this.#planned = planned;
    }

    async #serve(request, response) {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        const headers = [];
        for (let index = 0; index < request.rawHeaders.length; index += 2) {
            headers.push([request.rawHeaders[index], request.rawHeaders[index + 1]]);
        }
        const body = Buffer.concat(chunks).toString("base64");
        this.requests.push({ method: request.method, target: request.url, headers, body });
        if (this.#planned.hang) return;
        const body = Buffer.from(this.#planned.body, "base64");
        const length = this.#planned.status === 204 ? [] : [["content-length", String(body.length)]];
        response.writeHead(this.#planned.status, [...this.#planned.headers, ...length].flat());
        response.end(body);
    }
}

// A recorder that sends the responses of a test and ends with the tests of its file.

import { after } from "node:test";
import { Recorder } from "./recorder.mjs";

/** Starts one. `respond(request, response)` may write the response itself, or return what is sent as JSON. */
export async function startServer(respond = () => ({})) {
    const recorder = new Recorder(async ({ method, url, headers, body }, response) => {
        const request = { method, url, headers, body: body.toString() };
        server.requests.push(request);
        const result = await server.respond(request, response);
        if (result === undefined) return;
        response.setHeader("content-type", "application/json");
        response.end(typeof result === "string" ? result : JSON.stringify(result));
    });
    const server = {
        requests: [],
        respond,
        endpoint: await recorder.start(),
        get connections() {
            return recorder.connections;
        },
        /** The requests since the last call of this. */
        take: () => server.requests.splice(0),
    };
    after(() => recorder.stop());
    return server;
}

/** The request that a call makes. */
export async function requestOf(server, call) {
    server.take();
    await call();
    return server.take()[0];
}

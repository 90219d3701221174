import { Recorder } from "../../../bindings-node/tests/support/recorder.mjs";

/** The recorder of the package's tests, as a plan of tests/vectors wants it: it sends the response of the present task. */
export class Planned extends Recorder {
    constructor() {
        super(() => {});
    }

    /** Forgets the requests and responds to the next ones as a task says. */
    expect({ response }) {
        this.requests = [];
        if (!response) return;
        const { status, headers, body, hang } = response;
        const content = Buffer.from(body, "base64");
        const length = status === 204 ? [] : [["content-length", String(content.length)]];
        this.respond = (_, response) => {
            if (hang) return;
            response.writeHead(status, [...headers, ...length].flat());
            response.end(content);
        };
    }

    /** What a report says of the requests of a task. */
    seen(task) {
        if (task.do === "client") return { requests: this.#sent };
        return task.do === "call" ? { request: this.#sent[0], requests: this.requests.length } : {};
    }

    get #sent() {
        return this.requests.map(({ method, url, rawHeaders, body }) => {
            const headers = [];
            for (let index = 0; index < rawHeaders.length; index += 2) {
                headers.push([rawHeaders[index], rawHeaders[index + 1]]);
            }
            return { method, target: url, headers, body: body.toString("base64") };
        });
    }
}

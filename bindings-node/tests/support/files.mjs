// The response to a request for a file, with Appwrite's rules for ranges: a part of one byte is refused, and so is what
// goes beyond the end of the file.

/** What makes the responses to requests for a file with this content. */
export function fileResponder(content, respond = send) {
    return ({ headers }, response) => respond(partOf(content, headers.range), response);
}

/** Status, headers and body of the response to a range. */
export function partOf(content, range) {
    if (range === undefined) return { status: 200, headers: {}, body: content };
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range).map(Number);
    const end = range.endsWith("-") ? content.length : last + 1;
    if (first + 1 >= end || end > content.length) {
        const body = JSON.stringify({
            message: "The requested range is not satisfiable.",
            type: "storage_invalid_range",
        });
        return { status: 416, headers: { "content-type": "application/json" }, body };
    }
    const headers = { "content-range": `bytes ${first}-${end - 1}/${content.length}` };
    return { status: 206, headers, body: content.subarray(first, end) };
}

/** Sends such a response. */
export function send({ status, headers, body }, response) {
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
    response.end(body);
}

// Requests as they come, and why each was answered as it was.

import { detail, element, pretty, terms, time } from "./dom.js";
import { live } from "./live.js";

const status = ({ status }) => element("span", { class: status < 400 ? "good" : "bad" }, String(status));

const COLUMNS = [
    { title: "Time", kind: "short", minor: true, cell: ({ at }) => time(at) },
    { title: "Status", kind: "short", cell: status },
    { title: "Method", kind: "short", cell: ({ method }) => method },
    { title: "Path", cell: ({ path }) => path },
    { title: "Operation", minor: true, cell: ({ operation }) => operation },
    { title: "Caller", minor: true, cell: ({ caller }) => caller },
    { title: "ms", kind: "number", minor: true, cell: ({ milliseconds }) => milliseconds.toFixed(1) },
];

/** What decided: an error says so itself; what succeeded had a scope or a role for it. */
function decision({ error, scopes, caller, roles }) {
    if (error) return `${error.type}: ${error.message}`;
    const needs = scopes.length ? `one of the scopes ${scopes.join(", ")}` : "no scope";
    if (caller.startsWith("key ")) return `needs ${needs}; the key has it, and permissions do not bind keys`;
    return `needs ${needs}; permissions are matched against ${roles.length ? roles.join(", ") : "any, guests"}`;
}

function open(request) {
    detail(
        `${request.method} ${request.path}`,
        terms([
            ["status", status(request)],
            ["decision", decision(request)],
            ["operation", request.operation],
            ["caller", request.caller],
            ["project", request.project],
            ["scopes", request.scopes.join(", ")],
            ["time", request.at],
            ["took", `${request.milliseconds.toFixed(2)} ms`],
        ]),
        request.params && [element("h2", {}, "Parameters"), element("pre", {}, pretty(request.params))],
        request.response && [element("h2", {}, "Response"), element("pre", {}, pretty(request.response))],
    );
}

/** The view. */
export function requests(main) {
    return live(main, "requests", { columns: COLUMNS, open, most: 1000 });
}

// Calls the code of a function once, as the server's runtime does: `call.mjs FILE ANSWER`. The request comes as one line
// of JSON on stdin, which stays open as long as the emulator waits; the answer goes into the file ANSWER.

import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [file, answer] = process.argv.slice(-2);
const LONGEST_LINE = 8000;

const lines = { logs: "", errors: "" };

function written(message) {
    if (message instanceof Error) return message.stack ?? String(message);
    if (typeof message === "string") return message;
    try {
        return JSON.stringify(message) ?? String(message);
    } catch {
        return String(message);
    }
}

function write(to, messages) {
    let line = messages.map(written).join(" ");
    if (line.length > LONGEST_LINE) {
        line = `${line.slice(0, LONGEST_LINE)}... Log truncated due to size limit (${LONGEST_LINE} characters)`;
    }
    lines[to] += `${line}\n`;
}

const log = (...messages) => write("logs", messages);
const error = (...messages) => write("errors", messages);
for (const name of ["log", "info", "debug", "warn", "error"]) console[name] = log;

function request({ method, path, queryString, headers, body }) {
    const bodyBinary = Buffer.from(body, "base64");
    const scheme = headers["x-forwarded-proto"] ?? "http";
    const usual = scheme === "https" ? 443 : 80;
    const [host, given] = headers.host.split(":");
    const port = given === undefined ? usual : Number(given);
    const pairs = queryString.split("&").filter((pair) => !/^(=|$)/.test(pair));
    const query = Object.fromEntries(
        pairs.map((pair) => {
            const [name, ...value] = pair.split("=");
            return [name, value.join("=")];
        }),
    );
    const isJson = (headers["content-type"] ?? "").toLowerCase().startsWith("application/json");
    return {
        method,
        headers,
        scheme,
        host,
        port,
        path,
        query,
        queryString,
        url: `${scheme}://${host}${port === usual ? "" : `:${port}`}${path}${queryString && `?${queryString}`}`,
        bodyBinary,
        get bodyText() {
            return bodyBinary.toString();
        },
        get bodyRaw() {
            return this.bodyText;
        },
        get bodyJson() {
            return JSON.parse(this.bodyText);
        },
        get body() {
            if (!isJson) return this.bodyText;
            return bodyBinary.length === 0 ? {} : this.bodyJson;
        },
    };
}

const response = {
    send: (body, statusCode = 200, headers = {}) => ({ body, statusCode, headers }),
    binary: (body, statusCode = 200, headers = {}) => ({ body, statusCode, headers }),
    text: (body, statusCode = 200, headers = {}) => ({ body: Buffer.from(body), statusCode, headers }),
    json: (value, statusCode = 200, headers = {}) =>
        response.text(JSON.stringify(value), statusCode, { ...headers, "content-type": "application/json" }),
    empty: () => response.text("", 204),
    redirect: (url, statusCode = 301, headers = {}) => response.text("", statusCode, { ...headers, location: url }),
};

async function load() {
    try {
        const module = await import(pathToFileURL(file));
        const found = [module.default?.default, module.default].find((it) => typeof it === "function");
        if (found) return found;
        error("Function signature invalid. Did you forget to export a 'main' function?");
    } catch (problem) {
        error(problem instanceof SyntaxError ? `Syntax error: ${problem.message}` : problem);
    }
    return undefined;
}

async function run(context) {
    const called = await load();
    if (!called) return response.text("", 503);
    try {
        const output = await called(context);
        if (output !== undefined && output !== null) return output;
        error("Return statement missing. return context.res.empty() if no response is expected.");
    } catch (problem) {
        error(problem?.stack ?? problem);
    }
    return response.text("", 500);
}

function headers(given = {}) {
    const named = Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]);
    const all = Object.fromEntries(named.filter(([name]) => !name.startsWith("x-open-runtimes-")));
    const kind = (all["content-type"] ?? "text/plain").toLowerCase();
    const isWhole = kind.startsWith("multipart/") || kind.includes("charset=");
    return Object.entries({ ...all, "content-type": isWhole ? kind : `${kind}; charset=utf-8` });
}

const input = createInterface({ input: process.stdin });
input.once("line", async (line) => {
    const output = await run({ req: request(JSON.parse(line)), res: response, log, error });
    const body = Buffer.from(output.body ?? "").toString("base64");
    const { statusCode = 200 } = output;
    writeFileSync(answer, JSON.stringify({ statusCode, headers: headers(output.headers), body, ...lines }));
    process.exit(0);
});
// The emulator has ended or waits no longer.
input.once("close", () => process.exit(1));

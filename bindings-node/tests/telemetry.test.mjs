// Traces and metrics, with OpenTelemetry's own SDKs and their exporters in memory.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inspect } from "node:util";
import { SpanKind, SpanStatusCode, context, metrics, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
    AggregationTemporality,
    InMemoryMetricExporter,
    MeterProvider,
    PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import * as polywrite from "polywrite";
import * as file from "polywrite/file";
import { Sdk } from "../../tests/runners/node/sdk.mjs";
import { runScript } from "./support/script.mjs";
import { startServer } from "./support/server.mjs";

const { Client, InputFile, Storage, TablesDB, Users } = polywrite;
const spans = new InMemorySpanExporter();
const points = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter: points, exportIntervalMillis: 3_600_000 });
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));

const server = await startServer();
const { hostname, port } = new URL(server.endpoint);
const client = new Client({ endpoint: server.endpoint, project: "p", key: "s3cret", retries: { baseDelay: 1 } });
const common = {
    "http.request.method": "GET",
    "server.address": hostname,
    "server.port": Number(port),
    "url.template": "/v1/users/{userId}",
    "polywrite.operation": "users.get",
};

test("a call is one client span within the caller's, with its attempts as events, and the server hears of it", async () => {
    let turns = 0;
    server.respond = (_request, response) => {
        turns++;
        response.writeHead(turns === 1 ? 503 : 200, { "content-type": "application/json" }).end('{"$id":"u"}');
    };
    spans.reset();
    server.take();
    const tracer = trace.getTracer("test");
    await tracer.startActiveSpan("mine", async (mine) => {
        await Promise.resolve();
        await new Users(client).get("u-s3cret");
        mine.end();
    });
    const [span, mine] = spans.getFinishedSpans();
    assert.deepEqual([span.name, span.kind], ["GET /v1/users/{userId}", SpanKind.CLIENT]);
    assert.deepEqual(span.attributes, {
        ...common,
        "http.response.status_code": 200,
        "http.request.resend_count": 1,
    });
    assert.equal(span.status.code, SpanStatusCode.UNSET);
    assert.deepEqual(
        span.events.map(({ name, attributes }) => [name, attributes]),
        [
            ["attempt", { "http.response.status_code": 503, "error.type": "503" }],
            ["attempt", { "http.response.status_code": 200, "http.request.resend_count": 1 }],
        ],
    );
    assert.equal(span.parentSpanContext.spanId, mine.spanContext().spanId);
    const { traceId, spanId } = span.spanContext();
    for (const request of server.take()) assert.equal(request.headers.traceparent, `00-${traceId}-${spanId}-01`);
    assert.ok(!JSON.stringify([span.attributes, span.events]).includes("s3cret"));
});

test("a failed call's span is an error, also without a response", async () => {
    server.respond = (_request, response) => {
        response.writeHead(404, { "content-type": "application/json" }).end('{"message":"gone","code":404}');
    };
    spans.reset();
    await assert.rejects(new Users(client).get("u"));
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(new Users(client).get("u", { signal }));
    const [failed, cancelled] = spans.getFinishedSpans();
    assert.deepEqual(failed.attributes, { ...common, "http.response.status_code": 404, "error.type": "404" });
    assert.deepEqual(failed.status, { code: SpanStatusCode.ERROR, message: "gone" });
    assert.deepEqual([cancelled.status.code, cancelled.attributes["error.type"]], [SpanStatusCode.ERROR, "Error"]);
});

test("an upload in chunks is one span, and the caller's own header stays", async () => {
    const size = 6 * 1024 * 1024;
    server.respond = ({ headers }) => {
        const isLast = headers["content-range"]?.includes(`-${size - 1}/`);
        return { $id: "f", chunksTotal: 2, chunksUploaded: isLast ? 2 : 1, signature: isLast ? "s" : "" };
    };
    spans.reset();
    server.take();
    const file = InputFile.fromBuffer(Buffer.alloc(size), "a.bin");
    await new Storage(client).createFile({ bucketId: "b", fileId: "f", file });
    const [span, ...others] = spans.getFinishedSpans();
    assert.deepEqual(
        [span.name, span.events.length, others.length],
        ["POST /v1/storage/buckets/{bucketId}/files", 2, 0],
    );
    const own = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
    await new Users(client).list({}, { headers: { traceparent: own } });
    assert.equal(server.take().at(-1).headers.traceparent, own);
});

test("work that takes several calls is a span, whose children its calls are", async () => {
    let turns = 0;
    server.respond = (_request, response) => {
        turns++;
        response
            .writeHead(turns === 1 ? 503 : 201, { "content-type": "application/json" })
            .end('{"$id":"x","rows":[]}');
    };
    const tables = new TablesDB(client);
    const table = { databaseId: "d", tableId: "t" };
    const tracer = trace.getTracer("test");
    const spansOf = async (work) => {
        spans.reset();
        server.take();
        await tracer.startActiveSpan("mine", async (mine) => {
            await work();
            mine.end();
        });
        const found = spans.getFinishedSpans();
        const [whole, mine] = found.splice(-2);
        assert.equal(whole.parentSpanContext.spanId, mine.spanContext().spanId);
        for (const call of found) {
            assert.equal(call.parentSpanContext.spanId, whole.spanContext().spanId);
            assert.equal(call.kind, SpanKind.CLIENT);
        }
        const { traceId } = whole.spanContext();
        for (const { headers } of server.take()) assert.ok(headers.traceparent.startsWith(`00-${traceId}-`));
        return [whole, found];
    };
    const rows = [{ a: 1 }, { a: 2 }];
    const [whole, calls] = await spansOf(() => tables.bulkCreateRows({ ...table, rows }, { limit: 1 }));
    assert.deepEqual([whole.name, whole.kind], ["tablesDB.bulkCreateRows", SpanKind.INTERNAL]);
    const post = "POST /v1/tablesdb/{databaseId}/tables/{tableId}/rows";
    // The write repeats a call that failed as another one.
    assert.deepEqual(calls.map(({ name, events, status }) => [name, events.length, status.code]).sort(), [
        [post, 1, SpanStatusCode.UNSET],
        [post, 1, SpanStatusCode.UNSET],
        [post, 1, SpanStatusCode.ERROR],
    ]);
    const [transaction, steps] = await spansOf(() =>
        tables.transaction((inside) => inside.deleteRow({ ...table, rowId: "r" })),
    );
    assert.equal(transaction.name, "tablesDB.transaction");
    const operations = steps.map(({ attributes }) => attributes["polywrite.operation"]);
    assert.deepEqual(
        operations,
        ["createTransaction", "deleteRow", "updateTransaction"].map((it) => `tablesDB.${it}`),
    );
    const failing = tables.transaction(() => Promise.reject(new TypeError("mine")));
    spans.reset();
    await assert.rejects(failing);
    const failed = spans.getFinishedSpans().at(-1);
    assert.deepEqual([failed.status.code, failed.attributes["error.type"]], [SpanStatusCode.ERROR, "TypeError"]);
});

test("durations of attempts and retries are metrics", async () => {
    await reader.forceFlush();
    const found = points
        .getMetrics()
        .at(-1)
        .scopeMetrics.find(({ scope }) => scope.name === "polywrite").metrics;
    const pointsOf = (name) => found.find(({ descriptor }) => descriptor.name === name).dataPoints;
    const retries = pointsOf("polywrite.client.retries");
    const ofUsers = retries.filter(({ attributes }) => attributes["polywrite.operation"] === "users.get");
    assert.deepEqual([ofUsers.length, ofUsers[0].value, ofUsers[0].attributes["error.type"]], [1, 1, "503"]);
    const durations = pointsOf("http.client.request.duration");
    const retried = durations.find(
        ({ attributes }) =>
            attributes["http.request.resend_count"] && attributes["polywrite.operation"] === "users.get",
    );
    assert.deepEqual(retried.attributes, {
        ...common,
        "http.response.status_code": 200,
        "http.request.resend_count": 1,
    });
    assert.equal(retried.value.count, 1);
    assert.ok(retried.value.sum > 0 && retried.value.sum < 60, "seconds");
});

test("no credential, secret parameter or secret field comes out of errors, hooks, logs, spans and what is printed", async () => {
    const file = new URL("../../tests/vectors/generated/marker.json", import.meta.url);
    const { markers, calls, responses } = JSON.parse(readFileSync(file, "utf8"));
    const [credential] = markers;
    const credentials = { key: "", session: "", jwt: "", bearer: "", devKey: "", cookie: "a_session_p=" };
    const out = [];
    const kinds = new Set();
    const show = (value) => out.push(inspect(value, { depth: 9 }), String(value), JSON.stringify(value) ?? "");
    const fail = (error) => {
        kinds.add(error.kind);
        show(error);
        out.push(error.message, error.stack);
    };
    const logger = Object.fromEntries(["error", "warn", "info", "debug", "trace"].map((level) => [level, show]));
    const sdk = new Sdk("polywrite", polywrite, file);
    process.on("warning", show);
    spans.reset();
    for (const [index, call] of calls.entries()) {
        const said = responses[index % responses.length];
        server.respond = (_request, response) => {
            if (said.cut) response.socket.destroy();
            if (said.cut || said.hang) return;
            for (const [name, value] of [["content-type", "application/json"], ...said.headers])
                response.setHeader(name, value);
            response.writeHead(said.status).end(said.text ?? JSON.stringify(said.json));
        };
        const name = Object.keys(credentials)[index % 6];
        const settings = { endpoint: server.endpoint, project: "p", retries: { max: 1, baseDelay: 1, maxDelay: 1 } };
        const client = new Client({
            ...settings,
            ...(said.hang ? { timeout: 50 } : {}),
            [name]: credentials[name] + credential,
            headers: { "x-own-secret": credential },
        });
        client.setHooks({ beforeAttempt: show, afterAttempt: show, beforeRetry: show }).setLogger(logger, "trace");
        show(client);
        try {
            const made = sdk.method(client, call)(sdk.arguments(call));
            if (typeof made.withResponse === "function") show((await made.withResponse()).response);
            else await made;
        } catch (error) {
            assert.ok(error.kind, `${call.operation}: ${inspect(error)}`);
            fail(error);
        }
    }
    for (const settings of [{ key: credential, session: credential }, { key: `${credential}\n` }]) {
        try {
            new Client(settings);
        } catch (error) {
            fail(error);
        }
    }
    for (const { kind } of responses.filter(({ kind }) => kind)) assert.ok(kinds.has(kind), `${kind} was not provoked`);
    assert.ok(kinds.has("configuration"));
    for (const { name, attributes, events, status } of spans.getFinishedSpans())
        show({ name, attributes, events, status });
    await new Promise(setImmediate);
    process.off("warning", show);
    const everything = out.join("\n");
    assert.ok(everything.includes("x-own-secret: [redacted]") && everything.includes("set-cookie: [redacted]"));
    for (const marker of markers) {
        const place = everything.indexOf(marker);
        assert.equal(place, -1, everything.slice(Math.max(0, place - 300), place + 100));
    }
});

test("without OpenTelemetry nothing of it is loaded", async () => {
    server.respond = () => ({ total: 0, users: [] });
    const { output } = await runScript(`
        import { createRequire } from "node:module";
        import { Client, Users } from "polywrite";
        await new Users(new Client({ endpoint: ${JSON.stringify(server.endpoint)}, project: "p" })).list();
        const loaded = Object.keys(createRequire(import.meta.url)("node:module")._cache);
        console.log(loaded.filter((name) => name.includes("opentelemetry")).length);
    `);
    assert.equal(output, "0");
    assert.equal(server.requests.at(-1).headers.traceparent, undefined);
});

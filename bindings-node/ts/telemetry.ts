// Traces and metrics, where the program uses OpenTelemetry. Names and attributes are the core's; see
// core/src/observe/telemetry.rs.

import type * as Api from "@opentelemetry/api";
import type { NativeClient } from "./native";

/** Where `@opentelemetry/api` puts what a program registers there. Without that nothing is loaded. */
const registered = Symbol.for("opentelemetry.js.api.1");

/** What is made of the API once: for this package only. */
interface Telemetry {
    api: typeof Api;
    tracer: Api.Tracer;
    durations: Api.Histogram;
    retries: Api.Counter;
}

/** The program's; `null` when its `@opentelemetry/api` cannot be loaded from here. */
let telemetry: Telemetry | null | undefined;

/** The span of a call. */
export interface CallSpan {
    /** The headers that name the trace to the server. */
    headers: Record<string, string>;
    /** An attempt has ended, or is about to be repeated. */
    hear(news: Record<string, any>): void;
    /** The call has ended; with an error it has failed. */
    end(error?: unknown): void;
}

/** Begins the span of a call, within the caller's; undefined when the program has no OpenTelemetry. */
export function beginSpan(client: NativeClient, operation: number): CallSpan | undefined {
    if ((globalThis as Record<symbol, unknown>)[registered] === undefined) return undefined;
    if (telemetry === undefined) telemetry = load();
    if (telemetry === null) return undefined;
    const { api, tracer, durations, retries } = telemetry;
    const { name, attributes } = JSON.parse(client.span(operation));
    const span = tracer.startSpan(name, { kind: api.SpanKind.CLIENT, attributes });
    const headers: Record<string, string> = {};
    api.propagation.inject(api.trace.setSpan(api.context.active(), span), headers);
    let last: Api.Attributes = {};
    return {
        headers,
        hear({ attempt, retry }) {
            if (attempt !== undefined) {
                last = attempt.attributes;
                span.addEvent("attempt", last, attempt.time * 1000);
                durations.record(attempt.seconds, { ...attributes, ...last });
            } else if (retry !== undefined) {
                retries.add(1, { ...attributes, ...retry.attributes });
            }
        },
        end(error) {
            span.setAttributes(last);
            if (error !== undefined) {
                // An error says why it has no response in its kind, and is cancelled without one.
                const kind = (error as { kind?: string }).kind ?? (error as Error).name ?? "_OTHER";
                if (last["error.type"] === undefined) span.setAttribute("error.type", kind);
                span.setStatus({ code: api.SpanStatusCode.ERROR, message: String((error as Error).message ?? error) });
            }
            span.end();
        },
    };
}

function load(): Telemetry | null {
    try {
        const api: typeof Api = require("@opentelemetry/api");
        const meter = api.metrics.getMeter("polywrite");
        return {
            api,
            tracer: api.trace.getTracer("polywrite"),
            durations: meter.createHistogram("http.client.request.duration", {
                unit: "s",
                description: "Duration of HTTP client requests.",
            }),
            retries: meter.createCounter("polywrite.client.retries", {
                unit: "{retry}",
                description: "Attempts that were repeated.",
            }),
        };
    } catch {
        return null;
    }
}

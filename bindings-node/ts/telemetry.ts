// Traces and metrics, where the program uses OpenTelemetry. Names and attributes are the core's; see
// core/src/observe/telemetry.rs.

import type * as Api from "@opentelemetry/api";
import { host } from "./host";
import { type NativeClient, numberOf } from "./native";

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
let loaded: Telemetry | null | undefined;

/** A span, of a call or of work that takes several. */
export interface Traced {
    /** The headers that name the trace to the server. */
    headers: Record<string, string>;
    /** An attempt has ended, or is about to be repeated. */
    hear(name: "attempt" | "retry", record: Attempt): void;
    /** The call or the work has ended; with an error it has failed. */
    end(error?: unknown): void;
}

/** The span of work that takes several calls, which are its children. */
export interface TracedWork extends Traced {
    /** Does a part of the work: calls within are children, too. */
    within<T>(part: () => T): T;
}

/** An attempt, as `in_trace` in bridge/src/watch.rs writes it. */
interface Attempt {
    request: number;
    operation: string;
    /** Whether another attempt follows. */
    again: boolean;
    attributes: Api.Attributes;
    seconds: number;
    /** When it ended, in seconds since 1970. */
    time: number;
}

/**
 * Begins the span of a command, within the caller's; undefined when the program has no OpenTelemetry, and for a step of
 * work that takes several commands.
 */
export function beginSpan(client: NativeClient, operation: number, command: unknown): Traced | undefined {
    const telemetry = present();
    const text = telemetry && client.span(operation, command === undefined ? "" : JSON.stringify(command));
    return text ? new CallSpan(telemetry, text, telemetry.api.context.active()) : undefined;
}

/** Begins the span of work that takes several calls. */
export function beginWork(client: NativeClient, name: string): TracedWork | undefined {
    const telemetry = present();
    return telemetry && new WorkSpan(telemetry, client, name);
}

/** Does work and ends its span, if it has one. */
export async function ended<T>(span: Traced | undefined, work: () => Promise<T>): Promise<T> {
    try {
        const result = await work();
        span?.end();
        return result;
    } catch (error) {
        span?.end(error);
        throw error;
    }
}

class CallSpan implements Traced {
    readonly headers: Record<string, string>;
    readonly #telemetry: Telemetry;
    readonly #attributes: Api.Attributes;
    readonly #span: Api.Span;
    #last: Api.Attributes = {};

    /** `text` is what the native layer says of it, as JSON. */
    constructor(telemetry: Telemetry, text: string, parent: Api.Context, startTime: number = Date.now()) {
        const { api, tracer } = telemetry;
        const { name, attributes } = JSON.parse(text);
        this.#telemetry = telemetry;
        this.#attributes = attributes;
        this.#span = tracer.startSpan(name, { kind: api.SpanKind.CLIENT, attributes, startTime }, parent);
        this.headers = headersOf(api, api.trace.setSpan(parent, this.#span));
    }

    hear(name: "attempt" | "retry", { attributes, seconds, time }: Attempt): void {
        const { durations, retries } = this.#telemetry;
        if (name === "retry") return retries.add(1, { ...this.#attributes, ...attributes });
        this.#last = attributes;
        this.#span.addEvent("attempt", attributes, time * 1000);
        durations.record(seconds, { ...this.#attributes, ...attributes });
    }

    end(error?: unknown, time?: number): void {
        this.#span.setAttributes(this.#last);
        if (error !== undefined) fail(this.#telemetry.api, this.#span, error, this.#last["error.type"] === undefined);
        else if (this.#last["error.type"] !== undefined) {
            this.#span.setStatus({ code: this.#telemetry.api.SpanStatusCode.ERROR });
        }
        this.#span.end(time);
    }
}

class WorkSpan implements TracedWork {
    readonly headers: Record<string, string>;
    readonly #telemetry: Telemetry;
    readonly #client: NativeClient;
    readonly #span: Api.Span;
    readonly #context: Api.Context;
    /** The calls that the native layer makes at present, by the number of their request. */
    readonly #calls = new Map<number, CallSpan>();

    constructor(telemetry: Telemetry, client: NativeClient, name: string) {
        const { api, tracer } = telemetry;
        this.#telemetry = telemetry;
        this.#client = client;
        this.#span = tracer.startSpan(name, { attributes: { "polywrite.operation": name } });
        this.#context = api.trace.setSpan(api.context.active(), this.#span);
        this.headers = headersOf(api, this.#context);
    }

    hear(name: "attempt" | "retry", attempt: Attempt): void {
        let call = this.#calls.get(attempt.request);
        if (call === undefined) {
            const began = (attempt.time - attempt.seconds) * 1000;
            const text = this.#client.span(numberOf(attempt.operation), "") as string;
            call = new CallSpan(this.#telemetry, text, this.#context, began);
            this.#calls.set(attempt.request, call);
        }
        call.hear(name, attempt);
        if (attempt.again) return;
        this.#calls.delete(attempt.request);
        call.end(undefined, attempt.time * 1000);
    }

    within<T>(part: () => T): T {
        return this.#telemetry.api.context.with(this.#context, part);
    }

    end(error?: unknown): void {
        for (const call of this.#calls.values()) call.end();
        if (error !== undefined) fail(this.#telemetry.api, this.#span, error, true);
        this.#span.end();
    }
}

/** Notes that what a span is of has failed. An error says why in its kind; who cancels a call has an error without one. */
function fail(api: typeof Api, span: Api.Span, error: unknown, isTyped: boolean): void {
    if (isTyped)
        span.setAttribute("error.type", (error as { kind?: string }).kind ?? (error as Error).name ?? "_OTHER");
    span.setStatus({ code: api.SpanStatusCode.ERROR, message: String((error as Error).message ?? error) });
}

function headersOf(api: typeof Api, context: Api.Context): Record<string, string> {
    const headers: Record<string, string> = {};
    api.propagation.inject(context, headers);
    return headers;
}

function present(): Telemetry | undefined {
    if ((globalThis as Record<symbol, unknown>)[registered] === undefined) return undefined;
    if (loaded === undefined) loaded = load();
    return loaded ?? undefined;
}

function load(): Telemetry | null {
    try {
        const api = host.openTelemetry();
        if (api === undefined) return null;
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

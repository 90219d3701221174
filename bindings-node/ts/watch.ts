// What a program hears of its calls while they run: hooks and log lines.

import { ArgumentException, type ErrorKind } from "./generated/exceptions";
import { host } from "./host";

/** A moment of a call. It has no parameter, no header and no body. */
export interface CallEvent {
    /** A number that all events of one request and its retries share, and no other request of the process has. */
    request: number;
    /** The operation, such as `tablesDB.getRow`. */
    operation: string;
    /** The HTTP method. */
    method: string;
    /** The server, with its port where the endpoint names one. */
    host: string;
    /** The path below the endpoint with names in place of values: `/users/{userId}`. */
    path: string;
    /** The number of the attempt, from 1; before a retry that of the attempt that failed. */
    attempt: number;
    /** HTTP status, after an attempt that had a response. */
    status: number | null;
    /** How long the attempt took, in milliseconds. */
    elapsed: number | null;
    /** The wait before the next attempt, in milliseconds. */
    wait: number | null;
    /** Why the attempt failed. */
    kind: ErrorKind | null;
    /** What happened, as the exception's message says it. */
    error: string | null;
}

/**
 * Functions that hear of the attempts of a client's calls, in their order. They cannot change the call; what one throws
 * becomes a warning of the process.
 */
export interface Hooks {
    /** Called before each attempt. */
    beforeAttempt?(event: CallEvent): void;
    /** Called after each attempt, with the status of its response or why it failed. */
    afterAttempt?(event: CallEvent): void;
    /** Called before the wait that another attempt follows. */
    beforeRetry?(event: CallEvent): void;
}

/** How much is logged: each level has those before it. */
export type LogLevel = "error" | "warn" | "info" | "debug" | "trace";

/** What takes log lines: `console`, or a logger such as pino's. */
export type Logger = { [level in LogLevel]: (line: string) => void };

/** What is heard of a client's calls. */
export interface Watch {
    hooks: Hooks;
    logger: Logger | undefined;
    /** What the record of a command says of it. */
    record: { hooks: string[]; log: string | undefined };
    /** The record of a call. */
    plain: string;
}

const moments = ["beforeAttempt", "afterAttempt", "beforeRetry"] as const;

/** What is to be heard with these hooks and this logger; nothing without any. */
export function watchOf(hooks: Hooks, logger: Logger | undefined, level: string | undefined): Watch | undefined {
    for (const [name, hook] of Object.entries(hooks)) {
        if (!(moments as readonly string[]).includes(name))
            throw new ArgumentException(`\`${name}\` is not a hook; there are ${moments.join(", ")}`);
        if (hook !== undefined && typeof hook !== "function") {
            throw new ArgumentException(`the hook \`${name}\` must be a function`);
        }
    }
    const names = moments.filter((name) => hooks[name] !== undefined);
    if (names.length === 0 && logger === undefined) return undefined;
    const record = { hooks: names, log: logger && (level ?? "") };
    return { hooks, logger, record, plain: JSON.stringify({ watch: record }) };
}

/** What was heard of a call, each under its name; undefined for the progress of a transfer. */
export function newsIn(progress: unknown): [name: string, record: any][] | undefined {
    if (typeof progress !== "string" || !progress.startsWith('{"heard":')) return undefined;
    return JSON.parse(progress).heard;
}

/** The event of the native layer's values, which are in the order of `CallEvent` in core/src/observe/event.rs. */
function eventOf(values: any[]): CallEvent {
    const [request, operation, method, host, path, attempt, status, elapsed, wait, kind, error] = values;
    return { request, operation, method, host, path, attempt, status, elapsed, wait, kind, error };
}

/** Hands what happened to whom it concerns. */
export function hear(watch: Watch, name: string, record: any): void {
    try {
        if (name === "log") watch.logger?.[record[0] as LogLevel](record[1]);
        else watch.hooks[name as keyof Hooks]?.(eventOf(record));
    } catch (error) {
        host.warn(`a hook failed: ${error instanceof Error ? error.message : error}`, "AppwriteWarning");
    }
}

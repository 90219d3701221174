import type { WaitSettings } from "./generated/flow-options";
import { type CallSettings, type DownloadSettings, callSettings, downloadSettings } from "./generated/settings";
import { stringify } from "./json";
import { refuse } from "./native";
import { checkParams } from "./params";
import type { DownloadProgress } from "./progress";

/** What may differ from call to call; what is absent comes from the client. */
export interface CallOptions extends CallSettings {
    /** Gives the call up when it fires: the connection is closed, and the call ends with the signal's reason. */
    signal?: AbortSignal;
    /** Headers that win over the client's. */
    headers?: Record<string, string>;
}

/** Options of a download. */
export interface DownloadOptions extends CallOptions, DownloadSettings {}

/** Options of a download that is read piece by piece. */
export interface StreamOptions extends DownloadOptions {
    /** Returns a web stream, which Node reads with `for await` too. */
    as: "stream";
}

/**
 * The bytes of a download, piece by piece: a web stream, and for `for await` what older versions of TypeScript do not know
 * a web stream for.
 */
export type DownloadStream = ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>;

/** Options of a download that goes into a file. */
export interface SaveOptions extends DownloadOptions {
    /** Path of the file. It appears when it is complete; what has that name is replaced. */
    to: string;
    /**
     * How many connections bring parts of a file with more than 10 MiB at the same time, 10 MiB each. Default: 1. A server
     * that does not send parts is read over one.
     */
    parallel?: number;
    /** Called for each piece that has arrived. */
    onProgress?: (progress: DownloadProgress) => void;
}

/** Options of a wait. */
export interface WaitOptions extends Omit<CallOptions, "timeout">, WaitSettings {}

/** Every option of every kind of call. */
export interface AnyOptions extends DownloadOptions {
    as?: "stream";
    to?: string;
    parallel?: number;
    onProgress?: (progress: any) => void;
    onStatus?: (status: string) => void;
}

/** Every option by name. */
const known = [
    ...callSettings,
    ...downloadSettings,
    "headers",
    "signal",
    "as",
    "to",
    "parallel",
    "onProgress",
    "onStatus",
];

/** Whether a value is an object of options and nothing else. */
export function isOptions(value: unknown): value is AnyOptions {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const keys = Object.keys(value);
    return keys.length > 0 && keys.every((key) => known.includes(key));
}

/** The options as the core reads them, which refuses those that it does not know; empty for none. `own` are read here. */
export function nativeOptions(operation: string, options: AnyOptions | undefined, own: readonly string[] = []): string {
    if (options === undefined) return "";
    if (typeof options !== "object" || options === null || Array.isArray(options)) {
        const found = options === null ? "null" : Array.isArray(options) ? "a list" : typeof options;
        throw refuse(operation, `the options must be an object, not ${found}`);
    }
    const given: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(options)) {
        if (name === "signal") checkSignal(operation, value);
        // JSON would leave a function out. No option is `true`, so the core says what is wrong.
        else if (!own.includes(name)) given[name] = typeof value === "function" ? true : value;
    }
    checkParams(operation, given);
    const text = stringify(given);
    return text === "{}" ? "" : text;
}

/** Refuses what is not a signal. */
export function checkSignal(operation: string, value: unknown): void {
    if (value !== undefined && !isSignal(value)) {
        throw refuse(operation, "the option `signal` must be an AbortSignal");
    }
}

/** Of any realm: one with its own `AbortSignal`, such as jsdom's, hands over Node's too. */
function isSignal(value: unknown): boolean {
    return typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value;
}

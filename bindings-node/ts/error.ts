import { types } from "node:util";

/** What went wrong, as far as a program would act on it. */
export type ErrorKind =
    | "configuration"
    | "argument"
    | "unauthorized"
    | "missing_scope"
    | "not_found"
    | "conflict"
    | "rate_limited"
    | "api"
    | "timeout"
    | "network"
    | "decode"
    | "cancelled";

/** One attempt of a call that failed. */
export interface Attempt {
    /** What went wrong this time. */
    kind: ErrorKind;
    /** HTTP status, when an answer came. */
    status: number | null;
    /** What happened. */
    message: string;
    /** How long it took, in milliseconds. */
    elapsed: number;
    /** How long was waited before the next attempt, in milliseconds; `null` for the last. */
    wait: number | null;
}

/** An error as the native layer hands it over: the core's `ErrorRecord`. */
interface ErrorRecord {
    kind: ErrorKind;
    operation: string | null;
    message: string;
    code: number;
    type: string;
    response: string;
    attempts: Attempt[];
    hint: string | null;
}

/**
 * Why a call failed. Every error of this package is one; its subclasses say what kind it is.
 *
 * It never holds a credential.
 */
export class AppwriteException extends Error {
    /** HTTP status of the answer; 0 when none came. */
    code: number;
    /** Appwrite's own name for the error, such as `row_not_found`; empty when it gave none. */
    type: string;
    /** Body of the answer as text; empty when there was none. */
    response: string;
    /** What went wrong, as far as a program would act on it. */
    kind: ErrorKind = "api";
    /** The call that failed, such as `tablesDB.listRows`. */
    declare operation?: string;
    /** What to do about it, where that is known. */
    declare hint?: string;
    /** The attempts that failed, in order, when there were several. */
    declare attempts?: Attempt[];

    constructor(message: string, code: number = 0, type: string = "", response: string = "") {
        super(message);
        // The same for every subclass: programs compare it, and `instanceof` tells the kind.
        this.name = "AppwriteException";
        this.code = code;
        this.type = type;
        this.response = response;
    }

    /**
     * One line: the call, what happened, status and type, how often it was tried, and what to do about it.
     *
     * The `stack` of a failed call begins with it, so that logs tell it all; `message` stays what the server said.
     */
    override toString(): string {
        const call = this.operation ? `${this.operation}: ` : "";
        const details = [this.code || "", this.type].filter(Boolean).join(" ");
        const attempts = this.attempts ? `, after ${this.attempts.length} attempts` : "";
        const hint = this.hint ? `; ${this.hint}` : "";
        return `${this.name}: ${call}${this.message}${details && ` (${details})`}${attempts}${hint}`;
    }
}

/** The client's settings cannot work. Nothing was sent. */
export class ConfigurationException extends AppwriteException {
    override kind: ErrorKind = "configuration";
}

/** An argument was refused, before sending or by the server. */
export class ArgumentException extends AppwriteException {
    override kind: ErrorKind = "argument";
}

/** The credentials are missing, wrong, expired or not enough. */
export class UnauthorizedException extends AppwriteException {
    override kind: ErrorKind = "unauthorized";
}

/** The API key lacks a scope that this call needs; `hint` names the scopes that would do. */
export class MissingScopeException extends UnauthorizedException {
    override kind: ErrorKind = "missing_scope";
}

/** What was asked for does not exist, or these credentials may not see it. */
export class NotFoundException extends AppwriteException {
    override kind: ErrorKind = "not_found";
}

/** It exists already, or changed meanwhile. */
export class ConflictException extends AppwriteException {
    override kind: ErrorKind = "conflict";
}

/** Too many requests. */
export class RateLimitedException extends AppwriteException {
    override kind: ErrorKind = "rate_limited";
}

/** No answer in time. The server MAY have received the request. */
export class TimeoutException extends AppwriteException {
    override kind: ErrorKind = "timeout";
}

/** The connection failed or broke. The server MAY have received the request. */
export class NetworkException extends AppwriteException {
    override kind: ErrorKind = "network";
}

/** The answer is not what this call answers with. */
export class DecodeException extends AppwriteException {
    override kind: ErrorKind = "decode";
}

/** The call was given up. */
export class CancelledException extends AppwriteException {
    override kind: ErrorKind = "cancelled";
}

const classes: Record<ErrorKind, typeof AppwriteException> = {
    configuration: ConfigurationException,
    argument: ArgumentException,
    unauthorized: UnauthorizedException,
    missing_scope: MissingScopeException,
    not_found: NotFoundException,
    conflict: ConflictException,
    rate_limited: RateLimitedException,
    api: AppwriteException,
    timeout: TimeoutException,
    network: NetworkException,
    decode: DecodeException,
    cancelled: CancelledException,
};

/** Makes the exception of a record that the native layer handed over. */
export function exceptionFrom(text: string): AppwriteException {
    const record: ErrorRecord = JSON.parse(text);
    // A newer native layer may know more kinds.
    const kind = classes[record.kind] ?? AppwriteException;
    const exception = new kind(record.message, record.code, record.type, record.response);
    if (record.operation) exception.operation = record.operation;
    if (record.hint) exception.hint = record.hint;
    if (record.attempts.length > 1) exception.attempts = record.attempts;
    return toldWhole(exception);
}

/** Has the stack of an exception, which is what most logs show, begin with all that is known. */
export function toldWhole<E extends AppwriteException>(exception: E): E {
    const stack = exception.stack ?? "";
    const frames = stack.indexOf("\n    at ");
    exception.stack = `${exception}${frames < 0 ? "" : stack.slice(frames)}`;
    return exception;
}

/** Runs something native that throws records, and throws their exceptions. */
export function throwing<T>(native: () => T): T {
    try {
        return native();
    } catch (error) {
        // Test runners give this module a realm of its own, and the native layer's errors are of the process's.
        const text = types.isNativeError(error) ? error.message : "";
        throw text.startsWith("{") ? exceptionFrom(text) : error;
    }
}

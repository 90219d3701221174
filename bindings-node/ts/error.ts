// Errors of the native layer become exceptions here.

import { AppwriteException, type Attempt, setLine } from "./exception";
import { type ErrorKind, exceptionClasses } from "./generated/exceptions";
import { isError } from "./kind";

/** An error as the native layer hands it over: the core's `ErrorRecord`. */
export interface ErrorRecord {
    kind: ErrorKind;
    operation: string | null;
    message: string;
    code: number;
    type: string;
    response: string;
    attempts: Attempt[];
    hint: string | null;
    line: string;
}

/** Makes the exception of a record that the native layer handed over. */
export function exceptionFrom(text: string): AppwriteException {
    return exceptionOf(JSON.parse(text));
}

/** Makes the exception of a record. */
export function exceptionOf(record: ErrorRecord): AppwriteException {
    // A newer native layer may know more kinds.
    const kind = exceptionClasses[record.kind] ?? AppwriteException;
    const exception = new kind(record.message, record.code, record.type, record.response);
    if (record.operation) exception.operation = record.operation;
    if (record.hint) exception.hint = record.hint;
    if (record.attempts.length > 1) exception.attempts = record.attempts;
    setLine(exception, record.line);
    // Most logs show the stack, so it begins with all that is known.
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
        const text = isError(error) ? error.message : "";
        throw text.startsWith("{") ? exceptionFrom(text) : error;
    }
}

import type { ErrorKind } from "./generated/exceptions";

/** One attempt of a call that failed. */
export interface Attempt {
    /** What went wrong this time. */
    kind: ErrorKind;
    /** HTTP status, if there was a response. */
    status: number | null;
    /** What happened. */
    message: string;
    /** How long it took, in milliseconds. */
    elapsed: number;
    /** How long was waited before the next attempt, in milliseconds; `null` for the last. */
    wait: number | null;
}

/** What the core says of an exception on one line. A program's own exceptions have none. */
const lines = new WeakMap<AppwriteException, string>();

/** Sets the line that an exception shows. For this package only. */
export function setLine(exception: AppwriteException, line: string): void {
    lines.set(exception, line);
}

/**
 * Why a call failed. Every error of this package is one; its subclasses say what kind it is.
 *
 * It never holds a credential.
 */
export class AppwriteException extends Error {
    /** HTTP status of the response; 0 without one. */
    code: number;
    /** Appwrite's own name for the error, such as `row_not_found`; empty when it gave none. */
    type: string;
    /** Body of the response as text; empty without one. */
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
        // The same for every subclass: programs compare it, and `instanceof` distinguishes the kinds.
        this.name = "AppwriteException";
        this.code = code;
        this.type = type;
        this.response = response;
    }

    /**
     * One line: the call, what happened, status and type, how often it was tried, and what to do about it.
     *
     * The `stack` of a failed call begins with it, so that logs show everything; `message` stays what the server said.
     */
    override toString(): string {
        return `${this.name}: ${lines.get(this) ?? this.message}`;
    }
}

// The response itself, beside what a call returns.

import { type Call, called } from "./call";
import type { Attempt } from "./exception";
import { ArgumentException } from "./generated/exceptions";

/** A server's limit for calls of one kind. */
export interface RateLimit {
    /** How many calls the server takes in one period. */
    limit: number;
    /** How many of them are left. */
    remaining: number;
    /** When the period ends. */
    reset: Date;
}

/** The response of a call beside its content, and how the call went. */
export interface ResponseInfo {
    /** HTTP status. */
    status: number;
    /** All headers; a session's cookie may be among them. `console.log` shows their names only. */
    headers: Headers;
    /** The rate limit; `null` for calls that the server does not limit. */
    rateLimit: RateLimit | null;
    /** The attempts that failed before this response came; of an upload in chunks, those of all chunks. */
    attempts: Attempt[];
    /**
     * How long the call took, in milliseconds, with all its attempts and waits; of a stream, until the response began.
     */
    duration: number;
    /** The server's version; `null` where the server does not say it, which Appwrite does in warnings only. */
    serverVersion: string | null;
}

/** What a call returned, with its response. */
export interface WithResponse<T> {
    /** What the call alone would return. */
    data: T;
    /** The response. */
    response: ResponseInfo;
}

/** The promise of a call. */
export interface CallPromise<T> extends Promise<T> {
    /** What the call returns, with its response: status, headers, rate limit, attempts, duration. Call it at once. */
    withResponse(): Promise<WithResponse<T>>;
}

/** Puts a private field on an object that another class has made. */
class Given {
    constructor(object: object) {
        return object;
    }
}

/** The call behind a promise. The promise stays the one that the engine made: awaiting it costs what it always did. */
class Behind extends Given {
    readonly #call: Call | undefined;

    constructor(promise: object, call: Call | undefined) {
        super(promise);
        this.#call = call;
    }

    static of(promise: object): Call | undefined {
        return #call in promise ? (promise as Behind).#call : undefined;
    }
}

const prototype = Object.create(Promise.prototype, {
    constructor: { value: Promise, writable: true, configurable: true },
    withResponse: { value: withResponse, writable: true, configurable: true },
});

/** A promise with `withResponse`, of what `make` begins. */
export function callPromise<T>(make: () => Promise<T>): CallPromise<T> {
    const [promise, call] = called(make);
    new Behind(promise, call);
    return Object.setPrototypeOf(promise, prototype);
}

async function withResponse<T>(this: Promise<T>): Promise<WithResponse<T>> {
    const call = Behind.of(this);
    call?.askForResponse();
    const data = await this;
    if (call?.response === undefined) {
        throw new ArgumentException("the call has ended: call withResponse() on what the call returns, at once");
    }
    return { data, response: responseFrom(call.response) };
}

const inspected = Symbol.for("nodejs.util.inspect.custom");

function responseFrom(record: any): ResponseInfo {
    const { headers, rateLimit, ...others } = record;
    const response: ResponseInfo = {
        ...others,
        headers: new Headers(headers),
        rateLimit: rateLimit && { ...rateLimit, reset: new Date(rateLimit.reset * 1000) },
    };
    const show = () => ({ ...response, headers: [...response.headers.keys()] });
    return Object.defineProperty(response, inspected, { value: show });
}

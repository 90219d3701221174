// Streams and asynchronous iterables, read from their beginning to their end and closed.

import { ArgumentException } from "./generated/exceptions";

/** What can be read only once and has been read: a second time it would seem to be empty. */
const usedUp = new WeakSet<object>();

/** Reads a source from its beginning. */
export interface Reading {
    /** What comes next. */
    next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
    /** Closes the source. */
    stop(): Promise<unknown>;
}

/** Begins to read. Refuses what has been read already. */
export function readingOf(stream: AsyncIterable<unknown>): Reading {
    if (usedUp.has(stream) || (stream as { readableEnded?: unknown }).readableEnded === true) {
        throw new ArgumentException("the stream has been read already, and can be read only once");
    }
    // Anything else may give an iterator that begins anew each time.
    if ("getReader" in stream || "pipe" in stream || "next" in stream) usedUp.add(stream);
    if ("getReader" in stream) {
        // The stream's own iterator would wait for a stalled piece before it stops.
        const reader = (stream as ReadableStream).getReader();
        return { next: () => reader.read(), stop: () => reader.cancel() };
    }
    const iterator: AsyncIterator<unknown> = stream[Symbol.asyncIterator]();
    return {
        next: () => iterator.next(),
        async stop() {
            if ("destroy" in stream && typeof stream.destroy === "function") stream.destroy();
            else await iterator.return?.();
        },
    };
}

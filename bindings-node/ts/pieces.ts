// The bytes of a source, piece by piece.

import { ArgumentException } from "./generated/exceptions";
import type { Origin } from "./input-file";
import { bytesOf } from "./kind";
import { type Reading, readingOf } from "./reading";

/** From this size on bytes in memory are handed over piece by piece instead of being copied at once. */
const PIECE = 1 << 20;

/** What is not read by the core itself. */
type ReadOrigin = Exclude<Origin, { type: "path" }>;

/** Reads a source from its beginning to its end. */
export class Pieces {
    readonly #origin: ReadOrigin;
    #reading: Reading | undefined;
    #waiting = false;

    constructor(origin: ReadOrigin) {
        this.#origin = origin;
    }

    /** The next bytes, at least one; `undefined` at the end. */
    async next(): Promise<Uint8Array | undefined> {
        this.#reading ??= begin(this.#origin);
        for (;;) {
            this.#waiting = true;
            const { done, value } = await this.#reading.next();
            this.#waiting = false;
            if (done) return undefined;
            const bytes = typeof value === "string" ? new TextEncoder().encode(value) : bytesOf(value);
            if (bytes === undefined) {
                throw new ArgumentException(`the stream gave ${typeof value} where bytes were expected`);
            }
            if (bytes.length > 0) return bytes;
        }
    }

    /** Closes the source, if it has been touched. */
    async close(): Promise<void> {
        const stopped = this.#reading?.stop().catch(() => {});
        // While a piece is waited for, a source that stalls would never say that it has stopped.
        if (!this.#waiting) await stopped;
    }
}

function begin(origin: ReadOrigin): Reading {
    if (origin.type === "stream") return readingOf(origin.stream);
    const parts = partsOf(origin);
    return { next: () => parts.next(), stop: () => parts.return(undefined) };
}

async function* partsOf(origin: Exclude<ReadOrigin, { type: "stream" }>): AsyncGenerator<unknown> {
    const size = origin.type === "blob" ? origin.blob.size : origin.bytes.length;
    for (let start = 0; start < size; start += PIECE) {
        const end = Math.min(start + PIECE, size);
        yield origin.type === "blob" ? origin.blob.slice(start, end).arrayBuffer() : origin.bytes.subarray(start, end);
    }
}

// The rows of a source, some at a time.

import { untilAborted } from "./abort";
import { readingOf } from "./reading";

/** What has rows. */
export type Source = Iterable<unknown> | AsyncIterable<unknown>;

type Next = { done?: boolean | undefined; value?: unknown };

/** Whether a value may have rows; a text has letters. */
export function isSource(value: unknown): value is Source {
    return typeof value === "object" && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

/** Takes rows from a source, and no more than are asked for. */
export class Rows {
    readonly #source: Source;
    readonly #atOnce: number;
    readonly #signal: AbortSignal | undefined;
    #reading: { next(): Next | Promise<Next>; stop(): unknown } | undefined;
    /** Whether the source has ended or thrown. */
    #ended = false;
    #waiting = false;

    constructor(source: Source, atOnce: number, signal: AbortSignal | undefined) {
        this.#source = source;
        this.#atOnce = atOnce;
        this.#signal = signal;
    }

    /** The next rows; none at the end. */
    next(): Promise<unknown[]> {
        return untilAborted(this.#signal, this.#take());
    }

    async #take(): Promise<unknown[]> {
        const rows: unknown[] = [];
        try {
            const reading = (this.#reading ??= begin(this.#source));
            while (!this.#ended && rows.length < this.#atOnce) {
                const next = reading.next();
                this.#waiting = true;
                // Waiting for each row of an array would take longer than the row.
                const { done, value } = next instanceof Promise ? await next : next;
                this.#waiting = false;
                if (done) this.#ended = true;
                else rows.push(value);
            }
        } catch (error) {
            this.#ended = true;
            throw error;
        }
        return rows;
    }

    /** Closes the source, if it has been touched and has not ended. */
    async close(): Promise<void> {
        if (this.#ended || this.#reading === undefined) return;
        this.#ended = true;
        const { stop } = this.#reading;
        const stopped = (async () => stop())().catch(() => {});
        // While a row is waited for, a source that stalls would never say that it has stopped.
        if (!this.#waiting) await stopped;
    }
}

function begin(source: Source): { next(): Next | Promise<Next>; stop(): unknown } {
    if (Symbol.asyncIterator in source) {
        const { next, stop } = readingOf(source);
        return { next: async () => next(), stop };
    }
    const iterator = source[Symbol.iterator]();
    return { next: () => iterator.next(), stop: () => iterator.return?.() };
}

import { writeParams } from "./arguments";
import { type Client, nativeOf } from "./client";
import { type ErrorRecord, exceptionOf } from "./error";
import type { AppwriteException } from "./exception";
import { perform } from "./native";
import { type CallOptions, nativeOptions } from "./options";
import { decode } from "./response";

/** How far a bulk write is. */
export interface BulkProgress {
    /** Rows that were taken from the source. */
    taken: number;
    /** Rows that were written. */
    written: number;
    /** Rows that could not be written. */
    failed: number;
}

/** A row that was not written. */
export interface BulkFailure {
    /** Its place among all rows, from 0. */
    index: number;
    /** Its ID, where it could be read or made. */
    id: string | null;
    /** Why. */
    error: AppwriteException;
}

/** What became of the rows: each one that was taken was written, or is among the failures. */
export interface BulkReport {
    /** Rows that were written. */
    written: number;
    /** Rows that were not, in the order of the source. */
    failures: BulkFailure[];
    /**
     * Whether the write ended before the source did: at the first failure where that was asked for, or at an error that
     * every further call would have met too, such as a missing scope.
     */
    stopped: boolean;
}

/** What may differ from the usual for a bulk write; the others are options of each of its calls. */
export interface BulkOptions extends CallOptions {
    /** How many rows a call takes, where the server is known to take more than 100. A server that takes fewer says so. */
    limit?: number;
    /** How many calls are on their way at the same time. Default 4. */
    concurrency?: number;
    /** Whether the first row that fails ends the write. Default no: the others are written. */
    stopOnError?: boolean;
    /** Told after each call how far the write is. */
    onProgress?: (progress: BulkProgress) => void;
}

/** How many rows cross into the native layer together. How many a call takes is decided there. */
const AT_ONCE = 100;

interface State {
    progress: BulkProgress;
    more: boolean;
}

/** Does the bulk write `name` with an operation; the native layer decides everything. @internal */
export async function bulkWrite(
    client: Client,
    name: string,
    operation: string,
    params: Record<string, unknown>,
    rows: Iterable<unknown> | AsyncIterable<unknown>,
    options: BulkOptions = {},
): Promise<BulkReport> {
    const { limit, concurrency, stopOnError, onProgress, ...call } = options;
    const native = nativeOf(client);
    const settings = nativeOptions(operation, call);
    const step = async (record: object, given: Record<string, unknown> = {}) => {
        const text = writeParams(operation, given);
        return decode(operation, await perform(native, operation, text, settings, call.signal, { record }));
    };
    let told = 0;
    const goesOn = ({ progress, more }: State): boolean => {
        const now = progress.written + progress.failed;
        if (now !== told) onProgress?.(progress);
        told = now;
        return more;
    };
    const number = await step({ write: { name, options: { limit, concurrency, stopOnError } } }, params);
    try {
        for await (const some of batches(rows)) {
            if (!goesOn(await step({ push: { number } }, { rows: some }))) break;
        }
        while (goesOn(await step({ settle: { number } })));
        const { written, failures, stopped } = await step({ report: { number } });
        const failed = (it: { index: number; id: string | null; error: ErrorRecord }): BulkFailure => {
            return { index: it.index, id: it.id, error: exceptionOf(it.error) };
        };
        return { written, failures: failures.map(failed), stopped };
    } catch (error) {
        await perform(native, operation, "", "", undefined, { record: { forget: { number } } });
        throw error;
    }
}

async function* batches(rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<unknown[]> {
    let some: unknown[] = [];
    // Waiting for each row of an array would cost more than the row.
    if (Symbol.iterator in rows) {
        for (const row of rows) {
            some.push(row);
            if (some.length < AT_ONCE) continue;
            yield some;
            some = [];
        }
    } else {
        for await (const row of rows) {
            some.push(row);
            if (some.length < AT_ONCE) continue;
            yield some;
            some = [];
        }
    }
    if (some.length > 0) yield some;
}

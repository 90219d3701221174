// Bulk writes: what becomes of the rows, and how they reach the native layer.

import { problemIn } from "./lossless";
import { type ErrorRecord, exceptionOf } from "./error";
import type { AppwriteException } from "./exception";
import type { BulkSettings } from "./generated/flow-options";
import { stringify } from "./json";
import { perform, valueOf } from "./call";
import { beginWork, ended } from "./telemetry";
import { type NativeClient, refuse } from "./native";
import { type CallOptions, nativeOptions } from "./options";
import { checkParams } from "./params";
import { Rows, isSource } from "./rows";

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

/** Options of a bulk write. Those of calls hold for each of its calls; `signal` ends the whole. */
export interface BulkOptions extends CallOptions, BulkSettings {}

/** What a step of a write comes to; `progress` where that has changed. */
interface State {
    progress: BulkProgress | null;
    more: boolean;
}

/** Does the bulk write `write` with an operation, of the rows that are the parameter `name`. */
export async function bulkWrite(
    native: NativeClient,
    [write, operation, name]: readonly [string, string, string],
    params: string,
    rows: unknown,
    { limit, concurrency, stopOnError, onProgress, ...options }: BulkOptions = {},
): Promise<BulkReport> {
    if (!isSource(rows)) {
        throw refuse(write, `\`${name}\` must be an array, an iterable or an async iterable`);
    }
    if (onProgress !== undefined && typeof onProgress !== "function") {
        throw refuse(write, "the option `onProgress` must be a function");
    }
    checkParams(write, { limit, concurrency, stopOnError });
    const settings = nativeOptions(write, options);
    const { signal } = options;
    const span = beginWork(native, write);
    const step = async (record: object, given = ""): Promise<any> =>
        JSON.parse(valueOf(await perform(native, operation, given, settings, signal, { record, span })));
    const goesOn = ({ progress, more }: State): boolean => {
        if (progress !== null) onProgress?.(progress);
        return more;
    };
    return ended(span, async () => {
        const opening = { write: { name: write, options: { limit, concurrency, stopOnError } } };
        const { number, together } = await step(opening, params);
        const source = new Rows(rows, together, signal);
        try {
            for (;;) {
                const some = await source.next();
                if (some.length === 0) break;
                const { failed, text } = written(some);
                if (!goesOn(await step({ push: { number, failed } }, text))) break;
            }
            await source.close();
            while (goesOn(await step({ settle: { number } })));
            const { written: count, failures, stopped } = await step({ report: { number } });
            return { written: count, failures: failures.map(failureOf), stopped };
        } catch (error) {
            await source.close();
            await perform(native, operation, "", "", undefined, { record: { forget: { number } }, span });
            throw error;
        }
    });
}

/** Rows as a parameter, and by place why some cannot be written as JSON. */
function written(rows: unknown[]): { failed: [number, string][]; text: string } {
    const failed: [number, string][] = [];
    rows.forEach((row, index) => {
        const problem = problemIn("row", row);
        if (problem === undefined) return;
        failed.push([index, problem]);
        rows[index] = null;
    });
    return { failed, text: stringify({ rows }) };
}

function failureOf({ index, id, error }: { index: number; id: string | null; error: ErrorRecord }): BulkFailure {
    return { index, id, error: exceptionOf(error) };
}

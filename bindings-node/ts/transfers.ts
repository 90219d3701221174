// Several files by one command, some of them at the same time.

import { perform, valueOf } from "./call";
import { type Client, nativeOf } from "./client";
import { type ErrorRecord, exceptionOf } from "./error";
import type { AppwriteException } from "./exception";
import { DOWNLOAD, type SentFile, UPLOAD } from "./generated/transfers";
import { InputFile, originOf } from "./input-file";
import { refuse } from "./native";
import { type CallOptions, nativeOptions } from "./options";
import { checkParams, writeJson } from "./params";

/** A file to send: one on disk, `InputFile.fromPath`. */
export interface FileUpload {
    /** ID of the bucket. */
    bucketId: string;
    /** ID that the file gets; `ID.unique()` makes one. */
    fileId: string;
    /** The file on disk. */
    file: InputFile;
    /** Who may do what with the file; the bucket's permissions decide without. */
    permissions?: string[];
}

/** A file to fetch. */
export interface FileDownload {
    /** ID of the bucket. */
    bucketId: string;
    /** ID of the file. */
    fileId: string;
    /** Path of the file. It appears when it is complete; what has that name is replaced. */
    to: string;
    /** Secret of a resource token that grants access without a session. */
    token?: string;
}

/** How far the transfer of several files is. */
export interface TransfersProgress {
    /** How many files have been transferred or have failed. */
    filesDone: number;
    /** How many of these have failed. */
    filesFailed: number;
    /** How many files there are. */
    filesTotal: number;
    /** How many bytes have been transferred, of all files together. */
    sizeDone: number;
    /** Size of all files together in bytes, once that of each is known. */
    sizeTotal: number | null;
}

/** What became of one file: its value, or why there is none. */
export type Transferred<T> = { value: T; error?: undefined } | { value?: undefined; error: AppwriteException };

/** Options of a transfer of several files. Those of calls hold for each of its calls; `signal` ends the whole. */
export interface TransfersOptions extends CallOptions {
    /** How many files are transferred at the same time. Default: 4. */
    concurrency?: number;
    /** Called each time that one of the files is further. */
    onProgress?: (progress: TransfersProgress) => void;
}

/**
 * Sends and fetches several files, some of them at the same time, with one progress. A file that fails does not end the
 * others: each has a result of its own, at its place.
 */
export class Transfers {
    readonly #client: Client;

    constructor(client: Client) {
        nativeOf(client);
        this.#client = client;
    }

    /** Sends files from disk. The results stand in the order of the files. */
    async uploadFiles(files: Iterable<FileUpload>, options?: TransfersOptions): Promise<Transferred<SentFile>[]> {
        const records = Array.from(files, ({ file, ...params }, place) => {
            const origin = file instanceof InputFile ? originOf(file) : undefined;
            if (origin?.type !== "path") throw refuse(UPLOAD, `\`files[${place}].file\` must be of InputFile.fromPath`);
            return { params: JSON.parse(writeJson(UPLOAD, params)), path: origin.path, name: file.filename };
        });
        return this.#transfer(UPLOAD, "uploads", records, options);
    }

    /** Fetches files to disk. The results, of which each value is the size in bytes, stand in the order of the files. */
    async downloadFiles(files: Iterable<FileDownload>, options?: TransfersOptions): Promise<Transferred<number>[]> {
        const records = Array.from(files, ({ to, ...params }, place) => {
            if (typeof to !== "string" || to === "") throw refuse(DOWNLOAD, `\`files[${place}].to\` must be a path`);
            return { params: JSON.parse(writeJson(DOWNLOAD, params)), path: to };
        });
        return this.#transfer(DOWNLOAD, "downloads", records, options);
    }

    async #transfer(
        operation: string,
        kind: "uploads" | "downloads",
        files: object[],
        { concurrency, onProgress, ...options }: TransfersOptions = {},
    ): Promise<Transferred<any>[]> {
        if (onProgress !== undefined && typeof onProgress !== "function") {
            throw refuse(operation, "the option `onProgress` must be a function");
        }
        checkParams(operation, { concurrency });
        const settings = nativeOptions(operation, options);
        const outcome = await perform(nativeOf(this.#client), operation, "", settings, options.signal, {
            record: { [kind]: { files, concurrency, reports: onProgress !== undefined } },
            receive: (_call, _tag, value) => onProgress?.(JSON.parse(value)),
        });
        const results: ({ value: unknown } | { error: ErrorRecord })[] = JSON.parse(valueOf(outcome));
        return results.map((result) => ("error" in result ? { error: exceptionOf(result.error) } : result));
    }
}

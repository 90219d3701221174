import { decode } from "./response";
import { type Signature, readArguments, writeParams } from "./arguments";
import { type BulkOptions, type BulkReport, bulkWrite } from "./bulk";
import { type Client, nativeOf } from "./client";
import { download } from "./download";
import { type Outcome, perform, valueOf } from "./call";
import { misfit, refuse } from "./native";
import { List } from "./list";
import { type AnyOptions, nativeOptions } from "./options";
import { checkParams } from "./params";
import { type TransactionOptions, transaction } from "./transaction";
import { upload } from "./upload";
import { type CallPromise, callPromise } from "./with-response";

/** What all services have in common: a client, and ways to make calls with it. */
export abstract class Service {
    /** Makes the calls. */
    client: Client;

    constructor(client: Client) {
        nativeOf(client);
        this.client = client;
    }

    /** Makes a call whose response is JSON, or nothing. @internal */
    protected run(
        operation: string,
        args: readonly unknown[],
        names: readonly string[],
        signature?: Signature,
    ): CallPromise<any> {
        return callPromise(async () => decode(operation, await this.text(operation, args, names, signature)));
    }

    /** Makes a call whose response is a text. @internal */
    protected say(operation: string, args: readonly unknown[], names: readonly string[]): CallPromise<string> {
        return callPromise(async () => valueOf(await this.text(operation, args, names)));
    }

    /** Makes a call whose response is bytes. @internal */
    protected bytes(
        operation: string,
        args: readonly unknown[],
        names: readonly string[],
        signature?: Signature,
    ): CallPromise<any> {
        return callPromise(async () => {
            const { params, options } = readArguments(args, names, signature);
            return download(nativeOf(this.client), operation, writeParams(operation, params, signature), options);
        });
    }

    /** Makes a call that sends a file. @internal */
    protected upload(
        operation: string,
        args: readonly unknown[],
        names: readonly string[],
        fileName: string,
        signature?: Signature,
    ): CallPromise<any> {
        return callPromise(async () => {
            const { params, options } = readArguments(args, names, signature);
            const { [fileName]: file, onProgress, ...others } = params;
            const listener = options?.onProgress ?? onProgress;
            const text = writeParams(operation, others, signature);
            const client = nativeOf(this.client);
            return decode(operation, await upload(client, operation, text, fileName, file, listener, options));
        });
    }

    /** Reads a whole list, page after page. @internal */
    protected readList(
        items: string,
        operation: string,
        args: readonly unknown[],
        names: readonly string[],
        signature?: Signature,
    ): List<any, any> {
        const { params, options } = readArguments(args, names, signature);
        const { pageSize: size, ...others } = params;
        checkParams(operation, { pageSize: size });
        const text = writeParams(operation, others, signature);
        const settings = nativeOptions(operation, options);
        return new List(async (begin) => {
            let place: unknown = null;
            const outcome = await perform(nativeOf(this.client), operation, text, settings, options?.signal, {
                record: { page: { size, place: begin } },
                receive: (_call, _tag, value) => (place = JSON.parse(value)),
            });
            return valueOf(outcome) === "" ? undefined : { page: decode(operation, outcome), place };
        }, items);
    }

    /** Waits until something is ready. @internal */
    protected async waitFor(
        wait: string,
        operation: string,
        args: readonly unknown[],
        names: readonly string[],
        signature?: Signature,
    ): Promise<any> {
        const { params, options } = readArguments(args, names, signature);
        const { timeout, onStatus, ...others }: AnyOptions = options ?? {};
        if (onStatus !== undefined && typeof onStatus !== "function") {
            throw refuse(wait, "the option `onStatus` must be a function");
        }
        checkParams(wait, { timeout });
        const text = writeParams(operation, params, signature);
        const settings = nativeOptions(operation, others);
        const outcome = await perform(nativeOf(this.client), operation, text, settings, options?.signal, {
            record: { wait: { id: wait, timeout, reports: onStatus !== undefined } },
            receive: (_call, _tag, value) => onStatus?.(JSON.parse(value)),
        });
        return decode(operation, outcome);
    }

    /** Writes any number of rows, which are the parameter `rows`. @internal */
    protected async write(
        write: string,
        operation: string,
        rows: string,
        args: readonly unknown[],
        names: readonly string[],
    ): Promise<BulkReport> {
        const { params, options } = readArguments(args, names);
        const { [rows]: source, ...others } = params;
        const text = writeParams(write, others);
        return bulkWrite(nativeOf(this.client), [write, operation, rows], text, source, options as BulkOptions);
    }

    /** Does work with a service whose calls belong to a transaction. @internal */
    protected within<S, T>(
        operation: string,
        make: (client: Client) => S,
        work: (service: S) => T | PromiseLike<T>,
        options?: TransactionOptions,
    ): Promise<T> {
        return transaction(this.client, operation, make, work, options);
    }

    private text(
        operation: string,
        args: readonly unknown[],
        names: readonly string[],
        signature?: Signature,
    ): Promise<Outcome> {
        const { params, options } = readArguments(args, names, signature);
        const text = writeParams(operation, params, signature);
        const settings = nativeOptions(operation, options);
        return perform(nativeOf(this.client), operation, text, settings, options?.signal);
    }
}

// For tables, which are in a file of their own.
export { misfit };

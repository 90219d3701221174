// Work in a transaction: begun, committed or rolled back, and begun again where the native layer says so.

import { untilAborted } from "./abort";
import { type Client, nativeOf, within } from "./client";
import type { TransactionSettings } from "./generated/flow-options";
import { perform, valueOf } from "./call";
import { beginWork, ended } from "./telemetry";
import { refuse } from "./native";
import { checkSignal } from "./options";
import { checkParams } from "./params";

/** Options of work in a transaction. */
export interface TransactionOptions extends TransactionSettings {
    /** Rolls back when it fires before the commit: the transaction ends with the signal's reason. */
    signal?: AbortSignal;
}

/** Does work with a service whose calls belong to a transaction, which an operation begins. */
export async function transaction<S, T>(
    client: Client,
    operation: string,
    make: (client: Client) => S,
    work: (service: S) => T | PromiseLike<T>,
    { signal, ...options }: TransactionOptions = {},
): Promise<T> {
    if (typeof work !== "function") throw refuse(operation, "the work of a transaction must be a function");
    checkSignal(operation, signal);
    checkParams(operation, options as Record<string, unknown>);
    signal?.throwIfAborted();
    const span = beginWork(nativeOf(client), `${operation.split(".")[0]}.transaction`);
    const step = async (record: object) =>
        JSON.parse(valueOf(await perform(nativeOf(client), operation, "", "", undefined, { record, span })));
    const begun = async (number: number) => work(make(within(client, number)));
    return ended(span, async () => {
        let number: number | undefined;
        for (;;) {
            number = (await step({ begin: { options, again: number } })) as number;
            let result: T;
            try {
                signal?.throwIfAborted();
                const inside = number;
                result = await untilAborted(
                    signal,
                    span === undefined ? begun(inside) : span.within(() => begun(inside)),
                );
            } catch (error) {
                const again = await step({ end: { number, commits: false } });
                if (again) continue;
                throw error;
            }
            const again = await step({ end: { number, commits: true } });
            if (!again) return result;
        }
    });
}

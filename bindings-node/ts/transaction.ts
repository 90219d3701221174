import { type Client, changedBy, nativeOf } from "./client";
import { perform, valueOf } from "./native";
import { decode } from "./response";

/** What may differ from the usual for work in a transaction. */
export interface TransactionOptions {
    /** How often the work is begun at most when it meets a conflict or takes too long. Default 3. */
    attempts?: number;
    /** Seconds until the server ends the transaction by itself, 60 to 3600. Default 300. */
    ttl?: number;
}

/** Does work with a service whose calls belong to a transaction; the native layer decides how it ends. @internal */
export async function transaction<S, T>(
    client: Client,
    operation: string,
    make: (client: Client) => S,
    work: (service: S) => T | PromiseLike<T>,
    options: TransactionOptions = {},
): Promise<T> {
    const step = (record: object) => perform(nativeOf(client), operation, "", "", undefined, { record });
    let again: number | undefined;
    for (;;) {
        const number: number = decode(operation, await step({ begin: { options, again } }));
        const end = async (commits: boolean): Promise<boolean> => valueOf(await step({ end: { number, commits } }));
        again = number;
        let result: T;
        try {
            result = await work(make(changedBy(client, { transaction: number })));
        } catch (error) {
            if (await end(false)) continue;
            throw error;
        }
        if (!(await end(true))) return result;
    }
}

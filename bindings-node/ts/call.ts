// Calls: what begins one, waits for its end and cancels it.

import { onAbort } from "./abort";
import { exceptionFrom } from "./error";
import { type NativeClient, type NativeFile, Tag, newQueue, numberOf } from "./native";

/** What the events of this environment come through. */
export const queue = newQueue(wake);
const calls = new Map<number, Call>();

/** How a call ended; {@link valueOf} returns its value. */
export interface Outcome {
    readonly tag: number;
    readonly value: unknown;
}

/**
 * The result of a call. A failed call throws its exception: here and not in `wake`, so that the stack shows who made the
 * call.
 */
export function valueOf({ tag, value }: Outcome): any {
    if (tag === Tag.failed) throw exceptionFrom(value as string);
    return value;
}

/** What happens to a call before its end. */
type Receiver = (call: Call, tag: number, value: any) => void;

/** A call in flight. */
export class Call {
    readonly id: number;
    readonly #resolve: (outcome: Outcome) => void;
    readonly #reject: (reason: unknown) => void;
    readonly #forget: (() => void) | undefined;
    readonly #receive: Receiver | undefined;

    constructor(
        id: number,
        resolve: (outcome: Outcome) => void,
        reject: (reason: unknown) => void,
        signal: AbortSignal | undefined,
        receive: Receiver | undefined,
    ) {
        this.id = id;
        this.#resolve = resolve;
        this.#reject = reject;
        this.#receive = receive;
        this.#forget = signal && onAbort(signal, () => this.giveUp(signal.reason));
        calls.set(this.id, this);
    }

    /** Cancels the call. */
    giveUp(reason: unknown): void {
        if (!calls.has(this.id)) return;
        this.#finish();
        queue.cancel(this.id);
        this.#reject(reason);
    }

    /** Something happened to the call. */
    happen(tag: number, value: unknown): void {
        if (tag <= Tag.warning || tag >= Tag.stream) {
            this.#finish();
            this.#resolve({ tag, value });
            return;
        }
        try {
            this.#receive?.(this, tag, value);
        } catch (error) {
            this.giveUp(error);
        }
    }

    #finish(): void {
        calls.delete(this.id);
        this.#forget?.();
    }
}

/** What a command does beside sending parameters and reading a response. */
export interface Command {
    /** Its record; see `Kind` in bridge/src/command.rs. */
    record: unknown;
    /** What it sends, or where it writes. */
    file?: NativeFile;
    /** Gets what happens before its end, and ends it by throwing. */
    receive?: Receiver;
}

/** Makes a call, or begins another command. `params` and `options` are JSON objects; empty text for none. */
export function perform(
    client: NativeClient,
    operation: string,
    params: string,
    options: string,
    signal?: AbortSignal,
    command?: Command,
): Promise<Outcome> {
    const record = command === undefined ? "" : JSON.stringify(command.record);
    const cancellable = signal !== undefined || command !== undefined;
    const begin = () => client.begin(numberOf(operation), params, options, record, cancellable, command?.file);
    return started(begin, signal, command?.receive);
}

/**
 * Starts something; the promise is that of its end. When the signal fires, it is cancelled and the promise rejected with
 * the signal's reason.
 */
export function started(start: () => number, signal?: AbortSignal, receive?: Receiver): Promise<Outcome> {
    return new Promise<Outcome>((resolve, reject) => {
        signal?.throwIfAborted();
        new Call(start(), resolve, reject, signal, receive);
    });
}

/** Called by the native layer when events wait. One that goes wrong must not keep others from their calls. */
function wake(): void {
    const events = queue.drain();
    for (let index = 0; index < events.length; index += 3) {
        try {
            dispatch(events[index + 2] as number, events[index + 1] as number, events[index]);
        } catch (error) {
            // Thrown from nowhere, as an error of any other callback.
            queueMicrotask(() => {
                throw error;
            });
        }
    }
}

function dispatch(id: number, tag: number, value: unknown): void {
    if (tag === Tag.warning) process.emitWarning(value as string, "AppwriteWarning");
    // A call that was cancelled is not there any more.
    else calls.get(id)?.happen(tag, value);
}

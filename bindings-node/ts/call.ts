// Calls: what begins one, waits for its end and cancels it.

import { onAbort } from "./abort";
import { exceptionFrom } from "./error";
import { type Traced, beginSpan } from "./telemetry";
import { host } from "./host";
import { type Watch, hear, newsIn } from "./watch";
import { type NativeClient, type NativeFile, type NativeQueue, Tag, newQueue, numberOf } from "./native";

let theQueue: NativeQueue | undefined;
const calls = new Map<number, Call>();
/** The call that was begun last, for {@link called}. */
let latest: Call | undefined;

/** What the events of this environment come through. */
export function queue(): NativeQueue {
    return (theQueue ??= newQueue(wake));
}

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
    readonly #watch: Watch | undefined;
    readonly #span: Traced | undefined;
    /** The response itself, where it was asked for; undefined before the end. */
    response: object | undefined;

    constructor(
        id: number,
        resolve: (outcome: Outcome) => void,
        reject: (reason: unknown) => void,
        signal: AbortSignal | undefined,
        receive: Receiver | undefined,
        watch: Watch | undefined,
        span: Traced | undefined,
    ) {
        this.id = id;
        this.#resolve = resolve;
        this.#reject = reject;
        this.#receive = receive;
        this.#watch = watch;
        this.#span = span;
        this.#forget = signal && onAbort(signal, () => this.giveUp(signal.reason));
        calls.set(this.id, this);
        latest = this;
    }

    /** Has `response` be there at the end. */
    askForResponse(): void {
        if (calls.has(this.id)) queue().ask(this.id);
    }

    /** Cancels the call. */
    giveUp(reason: unknown): void {
        if (!calls.has(this.id)) return;
        this.#finish();
        queue().cancel(this.id);
        this.#reject(reason);
    }

    /** Something happened to the call. */
    happen(tag: number, value: unknown): void {
        if (tag <= Tag.warning || tag >= Tag.stream) {
            this.#finish();
            this.#resolve({ tag, value });
            return;
        }
        const news = newsIn(value);
        if (news !== undefined) return news.forEach(([name, record]) => this.#hear(name, record));
        try {
            this.#receive?.(this, tag, value);
        } catch (error) {
            this.giveUp(error);
        }
    }

    #hear(name: string, record: any): void {
        if (name === "response") this.response = record;
        else if (name === "attempt" || name === "retry") this.#span?.hear(name, record);
        else if (this.#watch !== undefined) hear(this.#watch, name, record);
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
    /** The span of the work that it is a step of. */
    span?: Traced | undefined;
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
    const number = numberOf(operation);
    const own = command?.span === undefined ? beginSpan(client, number, command?.record) : undefined;
    const span = command?.span ?? own;
    const { watch } = client;
    const record = recordOf(command?.record, watch, span);
    const cancellable = signal !== undefined || command !== undefined;
    const begin = () => client.begin(number, params, options, record, cancellable, command?.file);
    const outcome = started(begin, signal, command?.receive, watch, span);
    return own === undefined ? outcome : traced(own, outcome);
}

/** Ends the span of a call with the call. */
async function traced(span: Traced, call: Promise<Outcome>): Promise<Outcome> {
    try {
        const outcome = await call;
        span.end(outcome.tag === Tag.failed ? JSON.parse(outcome.value as string) : undefined);
        return outcome;
    } catch (error) {
        span.end(error);
        throw error;
    }
}

/**
 * Starts something; the promise is that of its end. When the signal fires, it is cancelled and the promise rejected with
 * the signal's reason.
 */
export function started(
    start: () => number,
    signal?: AbortSignal,
    receive?: Receiver,
    watch?: Watch,
    span?: Traced,
): Promise<Outcome> {
    return new Promise<Outcome>((resolve, reject) => {
        signal?.throwIfAborted();
        new Call(start(), resolve, reject, signal, receive, watch, span);
    });
}

/** The record of a command, in which what is heard of it stands too. */
function recordOf(command: unknown, watch: Watch | undefined, span: Traced | undefined): string {
    if (span !== undefined) {
        return JSON.stringify({ watch: { command, ...watch?.record, span: Object.entries(span.headers) } });
    }
    if (watch === undefined) return command === undefined ? "" : JSON.stringify(command);
    return command === undefined ? watch.plain : JSON.stringify({ watch: { command, ...watch.record } });
}

/** Runs what begins a call, and returns the call, too; undefined when none was begun. */
export function called<T>(make: () => Promise<T>): [Promise<T>, Call | undefined] {
    latest = undefined;
    const promise = make();
    return [promise, latest];
}

/** Called by the native layer when events wait. One that goes wrong must not keep others from their calls. */
function wake(): void {
    const events = queue().drain();
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
    if (tag === Tag.warning) host.warn(value as string, "AppwriteWarning");
    // A call that was cancelled is not there any more.
    else calls.get(id)?.happen(tag, value);
}

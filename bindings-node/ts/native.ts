// The native layer as seen from here: its classes, and how the outcomes of calls come back.

import { constants } from "node:buffer";
import { onAbort } from "./abort";
import { acceptsAnyCertificate, readExtraCertificates } from "./environment";
import { loadNative } from "./load";
import { exceptionFrom, throwing } from "./error";
import { type AppwriteException } from "./exception";

/** What an event says. The numbers are those of `put_value` in src/queue.rs. */
export const Tag = {
    text: 0,
    bigText: 1,
    bytes: 2,
    failed: 3,
    warning: 4,
    progress: 5,
    wanted: 6,
    stream: 7,
    end: 8,
} as const;

/** What a command sends, or where it writes. A piece is given, or `null` at the end, for each `Tag.wanted`. */
export interface NativeFile {
    give(piece: Uint8Array | null): void;
}

/** What is known about an upload that may have to be taken up again. */
export interface NativeUploadSession {
    json(): string;
}

/** The body of a response, piece by piece. `next` returns the ID that its event comes under. */
export interface NativeStream {
    next(): number;
    close(): void;
}

/** Settings and credentials, and the commands that use them. See src/client.rs and call.rs. */
export interface NativeClient {
    copy(): NativeClient;
    change(record: string): void;
    describe(): string;
    begin(
        operation: number,
        params: string,
        options: string,
        command: string,
        cancellable: boolean,
        file: NativeFile | undefined,
    ): number;
}

interface NativeQueue {
    drain(): unknown[];
    cancel(id: number): void;
}

/** The native module. */
export interface Native {
    NativeQueue: new (wake: () => void, change: string, longestText: number) => NativeQueue;
    NativeClient: new (queue: NativeQueue) => NativeClient;
    NativeUploadSession: new (json?: string) => NativeUploadSession;
    NativeFile: new (source?: string | Uint8Array, size?: number, session?: NativeUploadSession) => NativeFile;
    operationNumber(id: string): number | null;
    malformed(operation: string, body: string): string;
    refused(operation: string, message: string): string;
    mark(): string;
    marked(json: string): string | null;
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

const native = loadNative();
/** Certificates that Node itself trusts beside the system's. */
export let extraCertificates = readExtraCertificates();
const queue = newQueue();
const calls = new Map<number, Call>();
const numbers = new Map<string, number>();

/** A client without project or credentials. */
export function newClient(): NativeClient {
    const client = new native.NativeClient(queue);
    if (acceptsAnyCertificate()) change(client, { settings: { selfSigned: true } });
    return client;
}

/** Changes settings or credentials of a client; see `made_of` in bridge/src/client.rs. */
export function change(client: NativeClient, record: object): void {
    throwing(() => client.change(JSON.stringify(record)));
}

/** What a client is set to. */
export interface Description {
    endpoint: string;
    project: string | null;
    selfSigned: boolean;
    /** What every call sends, names in lower case. */
    headers: Record<string, string>;
    /** Those of them that nothing may print. */
    hidden: string[];
    /** The names under which cookies or headers may have a session of the project. */
    sessionSources: string[];
}

/** What a client is set to. */
export function describe(client: NativeClient): Description {
    return JSON.parse(client.describe());
}

/** A file on disk or bytes in memory; without either, the bytes are given piece by piece. */
export function newFile(source?: string | Uint8Array, size?: number, session?: NativeUploadSession): NativeFile {
    return new native.NativeFile(source, size, session);
}

/** A session of an upload: what JSON says of one, or a new one. */
export function newUploadSession(json?: string): NativeUploadSession {
    return throwing(() => new native.NativeUploadSession(json));
}

/** What the native layer knows an operation by. */
function numberOf(operation: string): number {
    let number = numbers.get(operation);
    if (number === undefined) {
        number = native.operationNumber(operation) ?? -1;
        numbers.set(operation, number);
    }
    return number;
}

/** The exception for a response that should be JSON and is not. */
export function malformed(operation: string, body: string): AppwriteException {
    return exceptionFrom(native.malformed(operation, body));
}

/** What to throw when a call's arguments make no sense. */
export function refuse(operation: string, reason: string): AppwriteException {
    return exceptionFrom(native.refused(operation, reason));
}

/** Turns the integers that a number cannot hold into strings with the mark; `null` when the JSON has none. */
export function marked(json: string): string | null {
    return native.marked(json);
}

/** What marked integers begin with. */
export function mark(): string {
    return native.mark();
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

/** The queue of this environment. A certificate of Node's that cannot be used must not keep programs from starting. */
function newQueue(): NativeQueue {
    const withSettings = (settings: object) =>
        throwing(() => {
            return new native.NativeQueue(wake, JSON.stringify({ settings }), constants.MAX_STRING_LENGTH);
        });
    if (extraCertificates === "") return withSettings({});
    try {
        return withSettings({ caCertificates: extraCertificates });
    } catch (error) {
        extraCertificates = "";
        process.emitWarning(`NODE_EXTRA_CA_CERTS is not used: ${(error as Error).message}`, "AppwriteWarning");
        return withSettings({});
    }
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

// The native layer as seen from here: its classes and functions.

import { acceptsAnyCertificate } from "./environment";
import { exceptionFrom, throwing } from "./error";
import { host } from "./host";
import { parseMarked } from "./json";
import { type AppwriteException } from "./exception";
import type { Watch } from "./watch";

/** What an event says. The numbers are those of `tag` in bridge/src/value.rs. */
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
    texts: 9,
    bigTexts: 10,
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
    /** What is heard of its calls. */
    watch?: Watch | undefined;
    copy(): NativeClient;
    change(record: string): void;
    describe(): string;
    span(operation: number, command: string): string | null;
    begin(
        operation: number,
        params: string,
        options: string,
        command: string,
        cancellable: boolean,
        file: NativeFile | undefined,
    ): number;
}

/** The queue of the events of one environment. See src/queue.rs. */
export interface NativeQueue {
    drain(): unknown[];
    cancel(id: number): void;
    ask(id: number): void;
}

/** The native module: a library of the platform, or the same as WebAssembly. */
export interface Native {
    /** Set where it is WebAssembly, which reads no files and opens no connections itself. */
    isWebAssembly?: true;
    NativeQueue: new (wake: () => void, change: string, longestText: number) => NativeQueue;
    NativeClient: new (queue: NativeQueue) => NativeClient;
    NativeUploadSession: new (json?: string) => NativeUploadSession;
    NativeFile: new (source?: string | Uint8Array, size?: number, session?: NativeUploadSession) => NativeFile;
    ask(question: string, text: Uint8Array): string;
}

let loaded: Native | undefined;
/** Certificates that the runtime itself trusts beside the system's; known from the first client on. */
export let extraCertificates = "";
const numbers = new Map<string, number>();
const described = new Map<string, string>();
let markOfIntegers: string | undefined;

/** The native module. The first client loads it, so that a program that only writes queries needs none. */
function native(): Native {
    return (loaded ??= host.loadNative());
}

/** Whether the native module is WebAssembly: files and connections are the runtime's business then. */
export function isWebAssembly(): boolean {
    return native().isWebAssembly === true;
}

/** A client without project or credentials, whose events come through a queue. */
export function newClient(queue: NativeQueue): NativeClient {
    const client = new (native().NativeClient)(queue);
    if (!isWebAssembly() && acceptsAnyCertificate()) change(client, { settings: { selfSigned: true } });
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
    return new (native().NativeFile)(source, size, session);
}

/** A session of an upload: what JSON says of one, or a new one. */
export function newUploadSession(json?: string): NativeUploadSession {
    return throwing(() => new (native().NativeUploadSession)(json));
}

/** The answer to a question about a text, as JSON; see bridge/src/question.rs. */
export function ask(question: unknown, text: Uint8Array = new Uint8Array()): string {
    return throwing(() => native().ask(JSON.stringify(question), text));
}

/** What the native layer knows an operation by. */
export function numberOf(operation: string): number {
    let number = numbers.get(operation);
    if (number === undefined) {
        const row = described.get(operation);
        const question = row === undefined ? { number: operation } : { describe: operation };
        number = Number(ask(question, new TextEncoder().encode(row)));
        numbers.set(operation, number);
    }
    return number;
}

/** Describes operations of another definition: JSON of their rows by their names, as core/src/directory.rs reads it. */
export function describeOperations(rows: Readonly<Record<string, string>>): void {
    for (const name in rows) described.set(name, rows[name]!);
}

/** The exception for a response that should be JSON and is not. */
export function malformed(operation: string, body: string): AppwriteException {
    return exceptionFrom(ask({ malformed: operation }, new TextEncoder().encode(body)));
}

/** What to throw when a call's arguments make no sense. */
export function refuse(operation: string, message: string): AppwriteException {
    return exceptionFrom(ask({ refused: { operation, message } }));
}

/** What to throw when a row is not what its type says. */
export function misfit(operation: string, message: string): AppwriteException {
    return exceptionFrom(ask({ misfit: { operation, message } }));
}

/** Reads the JSON of `Tag.bigText` and `Tag.bigTexts`, where integers that a number cannot hold are texts with the core's mark. */
export function parseBig(text: string): any {
    markOfIntegers ??= JSON.parse(ask("mark")) as string;
    return parseMarked(text, markOfIntegers);
}

/**
 * A queue; `wake` is called when events wait. A certificate of Node's that cannot be used must not keep programs from
 * starting.
 */
export function newQueue(wake: () => void): NativeQueue {
    const { NativeQueue } = native();
    const withSettings = (settings: object) =>
        throwing(() => new NativeQueue(wake, JSON.stringify({ settings }), host.longestText));
    extraCertificates = isWebAssembly() ? "" : host.extraCertificates();
    if (extraCertificates === "") return withSettings({});
    try {
        return withSettings({ caCertificates: extraCertificates });
    } catch (error) {
        extraCertificates = "";
        host.warn(`NODE_EXTRA_CA_CERTS is not used: ${(error as Error).message}`, "AppwriteWarning");
        return withSettings({});
    }
}

import { ArgumentException, ConfigurationException } from "./generated/exceptions";
import { host } from "./host";
import { bytesOf } from "./kind";
import { Pieces } from "./pieces";
import type { UploadSession } from "./upload-session";

/** Something with bytes that can be read in parts, such as `Blob` and `File`. */
export interface BlobLike {
    readonly size: number;
    slice(start: number, end: number): BlobLike;
    arrayBuffer(): Promise<ArrayBuffer>;
}

/** Something that gives bytes in order, such as Node's `Readable` and a web `ReadableStream`. */
export type ByteStream = AsyncIterable<Uint8Array | string> | ReadableStream<Uint8Array>;

/** Everything that can be uploaded. */
export type FileSource = InputFile | BlobLike | Uint8Array | ArrayBuffer | ByteStream;

/** Where the bytes of an `InputFile` come from. */
export type Origin =
    | { type: "path"; path: string }
    | { type: "bytes"; bytes: Uint8Array }
    | { type: "blob"; blob: BlobLike }
    | { type: "stream"; stream: ByteStream; size?: number };

/** A file to upload, with its name for the server. */
export class InputFile {
    /** The file's name for the server. */
    filename: string;
    /** Remembers what the server has of the file, so that a second upload of it sends only the rest. */
    session?: UploadSession;
    readonly #origin: Origin;

    private constructor(origin: Origin, filename: string) {
        if (typeof filename !== "string" || filename === "") {
            throw new ArgumentException("InputFile: the file's name must be a text that is not empty");
        }
        this.#origin = origin;
        this.filename = filename;
    }

    /** A file on disk. It is read while it is sent, and never as a whole. Default name: the path's last part. */
    static fromPath(path: string, name?: string): InputFile {
        if (typeof path !== "string" || path === "") {
            throw new ArgumentException("InputFile.fromPath: the path must be a text that is not empty");
        }
        return new InputFile({ type: "path", path }, name ?? (host.baseName(path.replaceAll("\\", "/")) || "file"));
    }

    /** Bytes in memory, a text, or a `Blob`. */
    static fromBuffer(parts: BlobLike | Uint8Array | ArrayBuffer | string, name: string): InputFile {
        if (typeof parts === "string") return InputFile.fromPlainText(parts, name);
        const origin = originOf(parts);
        if (origin === undefined || origin.type === "stream") {
            throw new ArgumentException("InputFile.fromBuffer: takes bytes, a text or a Blob");
        }
        if (isEmptyField(parts))
            throw new ArgumentException("InputFile.fromBuffer: no file was chosen in the form's field");
        return new InputFile(origin, name);
    }

    /** A text, sent as UTF-8. */
    static fromPlainText(content: string, name: string): InputFile {
        if (typeof content !== "string") throw new ArgumentException("InputFile.fromPlainText: takes a text");
        return new InputFile({ type: "bytes", bytes: new TextEncoder().encode(content) }, name);
    }

    /**
     * What a Node stream, a web stream or an async iterator gives. With its size in bytes it is sent as it comes;
     * without, what is above 5 MiB goes through a temporary file.
     */
    static fromStream(stream: ByteStream, name: string, size?: number): InputFile {
        if (originOf(stream)?.type !== "stream") throw new ArgumentException("InputFile.fromStream: takes a stream");
        if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0)) {
            throw new ArgumentException("InputFile.fromStream: the size must be a whole number of bytes");
        }
        return new InputFile(size === undefined ? { type: "stream", stream } : { type: "stream", stream, size }, name);
    }

    /** How many bytes it has. Refused for a stream of unknown size. */
    async size(): Promise<number> {
        const origin = this.#origin;
        if (origin.type === "path") return fileAt(origin.path).size;
        if (origin.type === "bytes") return origin.bytes.length;
        if (origin.type === "blob") return origin.blob.size;
        if (origin.size !== undefined) return origin.size;
        throw new ArgumentException("InputFile.size: the size of the stream is not known");
    }

    /** The bytes from `start` up to `end`. Refused for a stream, which can only be read as a whole. */
    async slice(start: number, end: number): Promise<Uint8Array> {
        const origin = this.#origin;
        if (origin.type === "bytes") return origin.bytes.slice(start, end);
        const blob = origin.type === "path" ? fileAt(origin.path) : origin.type === "blob" ? origin.blob : undefined;
        if (blob !== undefined) return new Uint8Array(await blob.slice(start, end).arrayBuffer());
        throw new ArgumentException("InputFile.slice: a stream cannot be sliced");
    }

    /** All of it in memory, as a `File`. */
    async toFile(): Promise<File> {
        const origin = this.#origin;
        if (origin.type === "path") {
            return new File([new Uint8Array(await fileAt(origin.path).arrayBuffer())], this.filename);
        }
        const parts: Uint8Array<ArrayBuffer>[] = [];
        const pieces = new Pieces(origin);
        for (let piece; (piece = await pieces.next()) !== undefined;) parts.push(new Uint8Array(piece));
        return new File(parts, this.filename);
    }

    /** Where the bytes come from. @internal */
    static originOf(file: InputFile): Origin {
        return file.#origin;
    }
}

/** The file at a path. Refused in a runtime without files. */
function fileAt(path: string): BlobLike {
    if (host.file !== undefined) return host.file(path);
    throw new ConfigurationException(`this runtime has no files, so ${path} cannot be read`);
}

/** Whether it is what a form has for a field of type `file` that its visitor left alone: a file without name and bytes. */
export function isEmptyField(source: unknown): boolean {
    const { name, size } = source as { name?: unknown; size?: unknown };
    return name === "" && size === 0;
}

/** Recognises a source of bytes; `undefined` for anything else. */
export function originOf(source: unknown): Origin | undefined {
    if (source instanceof InputFile) return InputFile.originOf(source);
    const bytes = bytesOf(source);
    if (bytes !== undefined) return { type: "bytes", bytes };
    if (typeof source !== "object" || source === null) return undefined;
    if ("arrayBuffer" in source && "slice" in source && "size" in source && Number.isSafeInteger(source.size)) {
        return { type: "blob", blob: source as BlobLike };
    }
    if (Symbol.asyncIterator in source || "getReader" in source)
        return { type: "stream", stream: source as ByteStream };
    return undefined;
}

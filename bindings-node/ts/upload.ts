import { InputFile, type Origin, isEmptyField, originOf } from "./input-file";
import { type Outcome, perform } from "./call";
import { host } from "./host";
import { type NativeClient, Tag, isWebAssembly, newFile, refuse } from "./native";
import { type AnyOptions, nativeOptions } from "./options";
import { checkParams } from "./params";
import { Pieces } from "./pieces";
import type { UploadProgress } from "./progress";
import { nativeSessionOf } from "./upload-session";

/** Bytes up to this size are copied at once; larger ones would be in memory twice. */
const COPIED = 1 << 20;

/** Makes a call that sends a file. `to` is the method and the path where no operation was named for them. */
export async function upload(
    native: NativeClient,
    operation: string,
    params: string,
    fileName: string,
    source: unknown,
    onProgress: unknown,
    options: AnyOptions | undefined,
    to?: [method: string, path: string],
): Promise<Outcome> {
    const settings = nativeOptions(operation, options, ["onProgress"]);
    if (onProgress !== undefined && onProgress !== null && typeof onProgress !== "function") {
        throw refuse(operation, "`onProgress` must be a function");
    }
    const given = originOf(source);
    if (given === undefined) {
        const found = source === null ? "null" : typeof source;
        const hint = found === "string" ? "; for a file on disk there is InputFile.fromPath" : "";
        throw refuse(
            operation,
            found === "undefined"
                ? `the required parameter \`${fileName}\` is missing`
                : `\`${fileName}\` must be an InputFile, a Blob, bytes or a stream, not ${found}${hint}`,
        );
    }
    if (isEmptyField(source)) {
        throw refuse(operation, `no file was chosen for \`${fileName}\`: the form's field is empty`);
    }
    const origin = readable(operation, given);
    if (origin.type === "stream") listenForErrors(origin.stream as { on?: unknown });
    const name = nameOf(source);
    checkParams(operation, { [`${fileName}.filename`]: name });
    const session = source instanceof InputFile ? source.session && nativeSessionOf(source.session) : undefined;
    const whole = wholeOf(origin);
    const pieces = origin.type === "path" || whole !== undefined ? undefined : new Pieces(origin);
    const file = newFile(whole, sizeOf(origin), session);
    const { type } = source as { type?: unknown };
    const mimeType = typeof type === "string" && type !== "" ? type : undefined;
    const listener = onProgress as ((progress: UploadProgress) => void) | undefined | null;
    try {
        return await perform(native, operation, params, settings, options?.signal, {
            record: { upload: { name, mimeType, reports: typeof onProgress === "function", to } },
            file,
            receive(call, tag, value) {
                if (tag === Tag.progress) listener?.(progressFrom(value));
                else if (tag === Tag.wanted && pieces) {
                    pieces.next().then(
                        (piece) => file.give(piece ?? null),
                        (reason) => call.giveUp(reason),
                    );
                }
            },
        });
    } finally {
        // Closes the source when the upload ended before it.
        await pieces?.close();
    }
}

/** A file on disk as the runtime reads it, where the native module reads none and the runtime does. */
function readable(operation: string, origin: Origin): Origin {
    if (origin.type !== "path" || host.file === undefined || !isWebAssembly()) return origin;
    try {
        return { type: "blob", blob: host.file(origin.path) };
    } catch (error) {
        throw refuse(operation, `cannot read ${origin.path}: ${(error as Error).message}`);
    }
}

/** A stream of Node that fails before it is read would end the process; reading it reports the failure as well. */
function listenForErrors(stream: { on?: unknown }): void {
    if (typeof stream.on === "function") stream.on("error", () => {});
}

/** What is handed over at once: a path, or bytes that are few. */
function wholeOf(origin: Origin): string | Uint8Array | undefined {
    if (origin.type === "path") return origin.path;
    return origin.type === "bytes" && origin.bytes.length <= COPIED ? origin.bytes : undefined;
}

/** How many bytes the pieces have together, if that is known. */
function sizeOf(origin: Origin): number | undefined {
    if (origin.type === "stream") return origin.size;
    if (origin.type === "blob") return origin.blob.size;
    return origin.type === "bytes" ? origin.bytes.length : undefined;
}

/** The name that a source has of itself: a `File` in `name`, a file stream of Node in `path`. */
function nameOf(source: unknown): string {
    if (source instanceof InputFile) return source.filename;
    const { name, path } = source as { name?: unknown; path?: unknown };
    if (typeof name === "string" && name !== "") return name;
    return typeof path === "string" && path !== "" ? host.baseName(path) : "file";
}

function progressFrom(text: string): UploadProgress {
    const progress: UploadProgress = JSON.parse(text);
    return { ...progress, progress: Math.round(progress.progress) };
}

import { basename } from "node:path";
import { checkParams } from "./arguments";
import { InputFile, type Origin, isEmptyField, originOf } from "./input-file";
import { type NativeClient, type NativeFile, type Outcome, Tag, newPieces, numberOf, perform, refuse } from "./native";
import { type AnyOptions, type UploadProgress, nativeOptions } from "./options";
import { Pieces } from "./pieces";
import { nativeSessionOf } from "./upload-session";

/** Bytes up to this size are copied at once; larger ones would be in memory twice. */
const COPIED = 1 << 20;

/** Makes a call that sends a file. */
export async function upload(
    native: NativeClient,
    operation: string,
    params: string,
    fileName: string,
    source: unknown,
    onProgress: unknown,
    options: AnyOptions | undefined,
): Promise<Outcome> {
    const settings = nativeOptions(operation, options, ["onProgress"]);
    if (onProgress !== undefined && onProgress !== null && typeof onProgress !== "function") {
        throw refuse(operation, "`onProgress` must be a function");
    }
    const origin = originOf(source);
    if (origin === undefined) {
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
    if (origin.type === "stream") listenForErrors(origin.stream as { on?: unknown });
    const file = describe(origin, source);
    checkParams(operation, { [`${fileName}.filename`]: file.name });
    const pieces = origin.type === "path" || file.bytes !== undefined ? undefined : new Pieces(origin);
    const fed = pieces && newPieces();
    const session = source instanceof InputFile ? source.session && nativeSessionOf(source.session) : undefined;
    const wanted = typeof onProgress === "function";
    const listener = onProgress as ((progress: UploadProgress) => void) | undefined | null;
    try {
        return await perform(
            () => native.upload(numberOf(operation), params, settings, file, fed, session, wanted),
            options?.signal,
            (call, tag, value) => {
                if (tag === Tag.progress) listener?.(progressFrom(value));
                else if (tag === Tag.wanted && pieces) {
                    pieces.next().then(
                        (piece) => fed?.give(piece ?? null),
                        (reason) => call.giveUp(reason),
                    );
                }
            },
        );
    } finally {
        // Closes the source when the upload ended before it.
        await pieces?.close();
    }
}

/** A stream of Node that fails before it is read would end the process; reading it reports the failure as well. */
function listenForErrors(stream: { on?: unknown }): void {
    if (typeof stream.on === "function") stream.on("error", () => {});
}

function describe(origin: Origin, source: unknown): NativeFile {
    const file: NativeFile = { name: nameOf(source) };
    const type = (source as { type?: unknown }).type;
    if (typeof type === "string" && type !== "") file.mimeType = type;
    if (origin.type === "path") file.path = origin.path;
    else if (origin.type === "stream") {
        if (origin.size !== undefined) file.size = origin.size;
    } else if (origin.type === "blob") file.size = origin.blob.size;
    else if (origin.bytes.length <= COPIED) file.bytes = origin.bytes;
    else file.size = origin.bytes.length;
    return file;
}

/** The name that a source has of itself: a `File` in `name`, a file stream of Node in `path`. */
function nameOf(source: unknown): string {
    if (source instanceof InputFile) return source.filename;
    const { name, path } = source as { name?: unknown; path?: unknown };
    if (typeof name === "string" && name !== "") return name;
    return typeof path === "string" && path !== "" ? basename(path) : "file";
}

function progressFrom(text: string): UploadProgress {
    const progress: UploadProgress = JSON.parse(text);
    return { ...progress, progress: Math.round(progress.progress) };
}

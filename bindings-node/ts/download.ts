import { onAbort } from "./abort";
import { perform, started, valueOf } from "./call";
import { type NativeClient, type NativeStream, Tag, newFile, refuse } from "./native";
import { type AnyOptions, nativeOptions } from "./options";
import { checkParams } from "./params";

/** Makes a call whose response is bytes: all of them, as a stream, or into a file. */
export async function download(
    native: NativeClient,
    operation: string,
    params: string,
    options: AnyOptions | undefined,
): Promise<ArrayBuffer | ReadableStream<Uint8Array> | void> {
    const settings = nativeOptions(
        operation,
        options,
        options?.to === undefined ? ["as", "to"] : ["to", "parallel", "onProgress"],
    );
    const signal = options?.signal;
    if (options?.to !== undefined) {
        const { to, parallel, onProgress } = options;
        if (typeof to !== "string" || to === "") throw refuse(operation, "the option `to` must be a path");
        if (onProgress !== undefined && typeof onProgress !== "function") {
            throw refuse(operation, "the option `onProgress` must be a function");
        }
        checkParams(operation, { parallel });
        const outcome = await perform(native, operation, params, settings, signal, {
            record: { save: { reports: onProgress !== undefined, parallel } },
            file: newFile(to),
            receive: (_call, _tag, value) => onProgress?.(JSON.parse(value)),
        });
        return void valueOf(outcome);
    }
    if (options?.as === "stream") {
        const outcome = await perform(native, operation, params, settings, signal, { record: "stream" });
        return streamFrom(valueOf(outcome), signal);
    }
    if (options?.as !== undefined) {
        throw refuse(operation, 'the option `as` can only be "stream"');
    }
    return arrayBufferOf(valueOf(await perform(native, operation, params, settings, signal)));
}

/** A web stream that reads the network only as fast as it is read itself. */
function streamFrom(native: NativeStream, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
    // Fires with the caller's signal, and when the stream is cancelled: the piece that is waited for holds the connection.
    const ending = new AbortController();
    let forget: (() => void) | undefined;
    const end = (reason?: unknown) => {
        forget?.();
        ending.abort(reason);
        native.close();
    };
    return new ReadableStream<Uint8Array>(
        {
            start(controller) {
                if (signal === undefined) return;
                const giveUp = () => {
                    end(signal.reason);
                    controller.error(signal.reason);
                };
                if (signal.aborted) giveUp();
                else forget = onAbort(signal, giveUp);
            },
            async pull(controller) {
                try {
                    const outcome = await started(() => native.next(), ending.signal);
                    const value = valueOf(outcome);
                    if (outcome.tag !== Tag.end) return controller.enqueue(new Uint8Array(arrayBufferOf(value)));
                    controller.close();
                } catch (error) {
                    if (!ending.signal.aborted) end();
                    throw error;
                }
                end();
            },
            cancel: end,
        },
        { highWaterMark: 0 },
    );
}

/** The bytes of a Buffer, without a copy where the Buffer is all of its memory. */
export function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
    const { buffer, byteOffset, byteLength } = bytes;
    if (byteOffset === 0 && byteLength === buffer.byteLength) return buffer as ArrayBuffer;
    return bytes.slice().buffer as ArrayBuffer;
}

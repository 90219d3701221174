// Node and those that do as it does: Bun, Deno.

import { constants } from "node:buffer";
import { promises, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { BlobLike } from "../input-file";
import { loadNative } from "../load";
import type { Host } from ".";

/** The runtime. */
export const host: Host = {
    loadNative,
    longestText: constants.MAX_STRING_LENGTH,
    environment: () => process.env,
    extraCertificates() {
        const path = process.env["NODE_EXTRA_CA_CERTS"];
        try {
            return path ? readFileSync(path, "utf8") : "";
        } catch {
            // Node warns of a file that it cannot read and goes on, so nothing is said here.
            return "";
        }
    },
    warn: (message, type) => process.emitWarning(message, type),
    openTelemetry() {
        // Bundlers leave out what is missing only where a `try` is around it.
        try {
            return require("@opentelemetry/api");
        } catch {
            return undefined;
        }
    },
    baseName: (path) => basename(path),
    file: (path) => new FileOnDisk(path, 0, statSync(path).size),
};

/** A part of a file, which is read when its bytes are wanted. */
class FileOnDisk implements BlobLike {
    readonly size: number;
    readonly #path: string;
    readonly #start: number;

    constructor(path: string, start: number, end: number) {
        this.#path = path;
        this.#start = start;
        this.size = Math.max(end - start, 0);
    }

    slice(start: number, end: number): BlobLike {
        return new FileOnDisk(this.#path, this.#start + start, this.#start + Math.min(end, this.size));
    }

    async arrayBuffer(): Promise<ArrayBuffer> {
        const file = await promises.open(this.#path);
        try {
            const { buffer, bytesRead } = await file.read(new Uint8Array(this.size), { position: this.#start });
            return buffer.buffer.slice(0, bytesRead);
        } finally {
            await file.close();
        }
    }
}

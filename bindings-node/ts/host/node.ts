// Node and those that do as it does: Bun, Deno.

import { constants } from "node:buffer";
import { promises, readFileSync } from "node:fs";
import { basename } from "node:path";
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
    sizeOfFile: async (path) => (await promises.stat(path)).size,
    async readFile(path, start, end) {
        const file = await promises.open(path);
        try {
            const { buffer, bytesRead } = await file.read(new Uint8Array(Math.max(end - start, 0)), {
                position: start,
            });
            return buffer.subarray(0, bytesRead);
        } finally {
            await file.close();
        }
    },
};

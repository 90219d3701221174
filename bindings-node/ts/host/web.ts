// Browsers, workers and edge runtimes: what has the web's own functions and nothing of Node.

import { ConfigurationException } from "../generated/exceptions";
import type { Host } from ".";

function withoutFiles(): never {
    throw new ConfigurationException("this runtime has no files; upload bytes, a Blob or a stream");
}

/** The runtime. */
export const host: Host = {
    loadNative() {
        throw new ConfigurationException(
            "polywrite makes no calls in this runtime, which cannot load native libraries; it does in Node.js, Bun and Deno. " +
                "ID, Query, Role, Permission, Operator, Topic and the enums work everywhere",
        );
    },
    // V8's.
    longestText: 2 ** 29 - 24,
    environment: () => ({}),
    extraCertificates: () => "",
    warn: (message) => console.warn(message),
    openTelemetry: () => undefined,
    baseName: (path) => path.slice(path.lastIndexOf("/") + 1),
    sizeOfFile: withoutFiles,
    readFile: withoutFiles,
};

// Browsers, workers and edge runtimes: what has the web's own functions and nothing of Node.

import { loadNative } from "#wasm";
import type { Host } from ".";

/** The runtime. */
export const host: Host = {
    loadNative,
    // V8's.
    longestText: 2 ** 29 - 24,
    // Workers with `nodejs_compat` and Vercel's Edge have variables under Node's name.
    environment: () => (globalThis as { process?: { env?: Record<string, string> } }).process?.env ?? {},
    extraCertificates: () => "",
    warn: (message) => console.warn(message),
    openTelemetry: () => undefined,
    baseName: (path) => path.slice(path.lastIndexOf("/") + 1),
};

// What the package needs of the runtime that it is in. The build for runtimes without native libraries has web.ts here.

import type { BlobLike } from "../input-file";
import type { Native } from "../native";
import { host as ofThisBuild } from "./node";

/** A runtime, as far as this package depends on it. */
export interface Host {
    /** Loads what makes calls; an error says why there is none. */
    loadNative(): Native;
    /** How many characters a text can have. */
    longestText: number;
    /** The environment variables. */
    environment(): Readonly<Record<string, string | undefined>>;
    /** Certificates to trust beside the system's, as PEM text; empty for none. */
    extraCertificates(): string;
    /** Reports something to the program that is not an error. */
    warn(message: string, type?: string): void;
    /** The program's OpenTelemetry, if it has one. */
    openTelemetry(): typeof import("@opentelemetry/api") | undefined;
    /** The last part of a path. */
    baseName(path: string): string;
    /** The file at a path. Undefined in runtimes without files. */
    file?(path: string): BlobLike;
}

/** The runtime that this build of the package is for. */
export const host: Host = ofThisBuild;

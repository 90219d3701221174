import { readFileSync } from "node:fs";

/** The C library that this Linux process runs on. */
export function libcOfProcess(): "glibc" | "musl" {
    return libcOf(loadedLibraries());
}

/**
 * Recognizes it by the paths of the loaded libraries, as `/proc/self/maps` has them at the ends of its lines.
 *
 * What lies on the disk proves nothing: a machine with musl may have glibc's loader, version and library names too, from
 * gcompat, and one with glibc may have musl's. Only musl's own loader is never loaded into a process of glibc.
 */
export function libcOf(libraries: string): "glibc" | "musl" {
    return /\/(ld-musl-[^/]*|libc\.musl-[^/]*|libc\.so)( \(deleted\))?$/m.test(libraries) ? "musl" : "glibc";
}

function loadedLibraries(): string {
    try {
        return readFileSync("/proc/self/maps", "latin1");
    } catch {
        // Slower, and needs no `/proc`.
        const report = process.report.getReport() as unknown as { sharedObjects?: string[] };
        return (report.sharedObjects ?? []).join("\n");
    }
}

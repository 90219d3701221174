/** A platform that a native library is built for. */
export interface Platform {
    /** Ends the package's name, as in `polywrite-linux-x64-gnu`. */
    name: string;
    /** The target as Rust calls it. */
    target: string;
    /** `process.platform` */
    os: string;
    /** `process.arch` */
    cpu: string;
    /** The C library, where there are several. */
    libc?: "glibc" | "musl";
}

/** Every platform with a package; those of a system in the order to try them. */
export const platforms: readonly Platform[] = [
    { name: "linux-x64-gnu", target: "x86_64-unknown-linux-gnu", os: "linux", cpu: "x64", libc: "glibc" },
    { name: "linux-x64-musl", target: "x86_64-unknown-linux-musl", os: "linux", cpu: "x64", libc: "musl" },
    { name: "linux-arm64-gnu", target: "aarch64-unknown-linux-gnu", os: "linux", cpu: "arm64", libc: "glibc" },
    { name: "linux-arm64-musl", target: "aarch64-unknown-linux-musl", os: "linux", cpu: "arm64", libc: "musl" },
    { name: "darwin-x64", target: "x86_64-apple-darwin", os: "darwin", cpu: "x64" },
    { name: "darwin-arm64", target: "aarch64-apple-darwin", os: "darwin", cpu: "arm64" },
    { name: "win32-x64-msvc", target: "x86_64-pc-windows-msvc", os: "win32", cpu: "x64" },
];

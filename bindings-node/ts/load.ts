import { type Platform, platforms } from "./generated/platforms";
import { libcOfProcess } from "./libc";
import type { Native } from "./native";

/** Loads the native library from the package for this platform or, where none can be loaded, the core as WebAssembly. */
export function loadNative(): Native {
    if (!mayLoadLibraries()) return loadWasm();
    try {
        return loadLibrary();
    } catch (reason) {
        const native = loadWasmBecause(reason);
        process.emitWarning(
            `${(reason as Error).message} Calls go through WebAssembly meanwhile, without proxies, certificates of ` +
                "your own and downloads into files.",
            "AppwriteWarning",
        );
        return native;
    }
}

/** Whether this process may load native libraries. Deno would ask its user, or fail. */
function mayLoadLibraries(): boolean {
    const { Deno } = globalThis as { Deno?: { permissions: { querySync(of: { name: "ffi" }): { state: string } } } };
    return Deno === undefined || Deno.permissions.querySync({ name: "ffi" }).state === "granted";
}

function loadWasm(): Native {
    return (require("./wasm/node") as typeof import("./wasm/node")).loadNative();
}

/** Loads WebAssembly after the library has failed for a reason; throws that reason where WebAssembly fails as well. */
function loadWasmBecause(reason: unknown): Native {
    try {
        return loadWasm();
    } catch {
        throw reason;
    }
}

function loadLibrary(): Native {
    const { package: name, load } = platformOf(process.platform, process.arch);
    return load((reason) => {
        throw new Error(explain(name, reason), { cause: reason });
    }) as Native;
}

/** The platform that this process runs on, and no other: an installer may have put several libraries here. */
function platformOf(os: string, cpu: string): Platform {
    const possible = platforms.filter((platform) => platform.os === os && platform.cpu === cpu);
    const libc = possible.length > 1 ? libcOfProcess() : undefined;
    const found = possible.find((platform) => libc === undefined || platform.libc === libc);
    if (found !== undefined) return found;
    const known = platforms.map((platform) => platform.package.replace("@polywrite/", "")).join(", ");
    throw new Error(`polywrite has no native library for ${os}-${cpu}; there is one for ${known}.`);
}

function explain(name: string, reason: unknown): string {
    const { code, message } = reason as NodeJS.ErrnoException;
    const [why] = message.split("\n");
    if (code === "ERR_DLOPEN_FAILED") return `polywrite's native library, ${name}, cannot be loaded: ${why}.`;
    // npm leaves optional packages out when a lockfile was written on another platform, https://github.com/npm/cli/issues/4828
    return (
        `polywrite's native library is not installed (${why}); run: npm install ${name}. ` +
        "For a program that was bundled or copied elsewhere, docs/deploying.md says how to take the library along."
    );
}

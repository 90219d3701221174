// What the build puts here: see scripts/build.mjs.

/** What the runtimes have of it that is needed here. */
declare namespace WebAssembly {
    class Module {
        constructor(bytes: Uint8Array);
    }
    class Instance {
        constructor(module: Module, imports: Record<string, object>);
        readonly exports: { __wbindgen_start(): void };
    }
}

/** The module, in the form that the runtime's own tools give it. */
declare module "*.wasm" {
    const module: WebAssembly.Module;
    export default module;
}
declare module "*.wasm?module" {
    const module: WebAssembly.Module;
    export default module;
}

/** The module's bytes in base64. */
declare module "*.wasm?text" {
    const text: string;
    export default text;
}

/** What wasm-bindgen writes around the module. */
declare module "#glue" {
    type Native = import("../native").Native;
    /** Takes what the module exports. */
    export function __wbg_set_wasm(exports: object): void;
    export const NativeQueue: Native["NativeQueue"];
    export const NativeClient: Native["NativeClient"];
    export const NativeUploadSession: Native["NativeUploadSession"];
    export const NativeFile: Native["NativeFile"];
    export const ask: Native["ask"];
}

/** The file of this folder for the runtime; package.json says which (`imports`). */
declare module "#wasm" {
    type Native = import("../native").Native;
    export function loadNative(): Native;
}

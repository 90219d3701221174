import * as glue from "#glue";
import type { Native } from "../native";

/** Starts the core as WebAssembly. */
export function started(module: WebAssembly.Module): Native {
    // The name under which wasm-bindgen has the module import what is around it.
    const { exports } = new WebAssembly.Instance(module, { "./glue_bg.js": glue });
    glue.__wbg_set_wasm(exports);
    exports.__wbindgen_start();
    const { NativeQueue, NativeClient, NativeUploadSession, NativeFile, ask } = glue;
    return { NativeQueue, NativeClient, NativeUploadSession, NativeFile, ask, isWebAssembly: true };
}

// Browsers, and whatever bundlers make programs for: the module is a text among the program's own. Why no file beside it:
// docs/adr/0010-wasm-beside-native.md.

import text from "./polywrite.wasm?text";
import { started } from "./started";

export const loadNative = () =>
    started(new WebAssembly.Module(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))));

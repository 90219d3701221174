// Node, Bun and Deno, which read the module from the file beside this one.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { started } from "./started";

export const loadNative = () => started(new WebAssembly.Module(readFileSync(join(__dirname, "polywrite.wasm"))));

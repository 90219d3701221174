// Vercel's Edge: as in Workers, under another name.

import module from "./polywrite.wasm?module";
import { started } from "./started";

export const loadNative = () => started(module);

// Cloudflare's Workers: they compile modules when a Worker is deployed, and refuse to compile any later.

import module from "./polywrite.wasm";
import { started } from "./started";

export const loadNative = () => started(module);

// Cloudflare's Workers: modules are compiled when a Worker is deployed, and there is no other way to compile one.

import module from "./polywrite.wasm";
import { started } from "./started";

export const loadNative = () => started(module);

// The native library that was built for this process.

import { fileURLToPath } from "node:url";
import { here } from "../../scripts/packages.mjs";

export { platforms } from "../../scripts/packages.mjs";

/** The package of the library; `./dev test --musl` puts a second one beside it. */
export const { package: built } = here;

/** The library's file. */
export const library = fileURLToPath(new URL(`../../node_modules/${built}/index.node`, import.meta.url));

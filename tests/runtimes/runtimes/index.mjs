// The runtimes: each runs a program, a module whose default export gets the origin of a server and returns a text.

import { bun } from "./bun.mjs";
import { chromium } from "./chromium.mjs";
import { deno } from "./deno.mjs";
import { edgeLight } from "./edge-light.mjs";
import { node } from "./node.mjs";
import { workerd } from "./workerd.mjs";

/** By their names in the table of docs/platforms.md: `run(folder, program, origin)`. */
export const runtimes = { workerd, "edge-light": edgeLight, deno, bun, chromium, node };

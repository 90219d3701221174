import { tool } from "../workshop.mjs";
import { mainOf, runScript } from "./script.mjs";

/** Bun where no native library is installed. */
export const bun = {
    label: "Bun without a native library",
    run: (folder, program, origin) => runScript(folder, mainOf(program, origin), [tool("bun")]),
};

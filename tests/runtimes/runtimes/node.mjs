import { tool } from "../workshop.mjs";
import { mainOf, runScript } from "./script.mjs";

/** Node where no native library is installed. */
export const node = {
    label: "Node without a native library",
    run: (folder, program, origin) => runScript(folder, mainOf(program, origin), [tool("node"), "--no-warnings"]),
};

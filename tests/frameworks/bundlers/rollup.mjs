// rollup for Node.js: node rollup.mjs MAIN OUT. The package stays outside of the bundle.

import commonjs from "@rollup/plugin-commonjs";
import nodeResolve from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";

const [main, dir] = process.argv.slice(2);
const bundle = await rollup({
    input: main,
    external: [/^(polywrite|node-appwrite)(\/|$)/],
    plugins: [nodeResolve({ preferBuiltins: true }), commonjs()],
});
await bundle.write({ dir, format: "es", entryFileNames: "main.mjs" });

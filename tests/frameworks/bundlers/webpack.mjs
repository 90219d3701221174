// webpack for Node.js: node webpack.mjs MAIN OUT. Files with native code are copied beside the bundle.

import { resolve } from "node:path";
import webpack from "webpack";

const [main, path] = process.argv.slice(2).map((place) => resolve(place));
const compiler = webpack({
    mode: "production",
    target: "node",
    entry: main,
    output: { path, filename: "main.js" },
    module: { rules: [{ test: /\.node$/, loader: "node-loader" }] },
});
compiler.run((error, stats) => {
    if (error) throw error;
    console.log(stats.toString());
    process.exitCode = stats.hasErrors() ? 1 : 0;
});

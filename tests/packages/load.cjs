// Loads each JavaScript file below the folders of packages: node load.cjs FOLDER. One that cannot be read is not harm.
const { readdirSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

// The packages need `polywrite`, which is that of the tree.
const polywrite = join(__dirname, "../../bindings-node");
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...others) =>
    name === "polywrite" || name === "polywrite/sdk"
        ? join(polywrite, "dist", name === "polywrite" ? "index.js" : "sdk.js")
        : resolve(name, ...others);

let unread = 0;
const files = readdirSync(process.argv[2], { recursive: true }).filter((file) => /acme\/node\/.*\.js$/.test(file));
for (const file of files) {
    try {
        require(join(process.argv[2], file));
    } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        unread += 1;
        console.error(`${JSON.stringify(file)}: ${error.message}`);
    }
}
if (unread > files.length / 100) throw new Error(`${unread} of ${files.length} files cannot be read`);

// Skips tests of bindings-node about what Polywrite leaves to the runtime where WebAssembly makes the calls.

const { syncBuiltinESMExports } = require("node:module");
const runner = require("node:test");

/** The tests by their names, and why each cannot be right there. */
const reasons = {
    "a limit of connections that cannot work is an error at once":
        "the runtime's `fetch` limits its connections itself",
    "a thousand clients share one connection": "the runtime's `fetch` decides how many connections it opens",
    "a cancelled upload closes its source": "a stream of unknown size is gathered first and refused above 32 MiB",
    "downloads into a file": "WebAssembly has no files",
    "a download that fails leaves no file behind": "WebAssembly has no files",
};

const { test } = runner;
runner.test = (name, ...rest) =>
    Object.hasOwn(reasons, name) ? test(name, { skip: reasons[name] }, () => {}) : test(name, ...rest);
syncBuiltinESMExports();

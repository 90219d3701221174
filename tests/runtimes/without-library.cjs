// Makes a process one where no native library of polywrite is installed, so that WebAssembly makes its calls.

const Module = require("node:module");

const load = Module._load;
Module._load = function (request, ...rest) {
    if (!request.startsWith("@polywrite/")) return load.call(this, request, ...rest);
    throw Object.assign(new Error(`Cannot find module '${request}'`), { code: "MODULE_NOT_FOUND" });
};

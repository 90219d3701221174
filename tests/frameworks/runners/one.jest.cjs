const { suite } = require("./suite.cjs");

suite(require("polywrite"), require("polywrite/file"));

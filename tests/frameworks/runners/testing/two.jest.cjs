const { suite } = require("./suite.cjs");

suite(require("node-appwrite"), require("polywrite/testing"));

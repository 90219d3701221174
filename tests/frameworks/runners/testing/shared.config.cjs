module.exports = { ...require("./alone.config.cjs"), globalSetup: "polywrite/testing/setup" };

const { greeting } = require("./greeting.cjs");

greeting().then(console.log);

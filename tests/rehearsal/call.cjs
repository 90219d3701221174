// The same with require.
const { Client, ID, Users } = require("polywrite");

new Users(Client.fromEnv()).create({ userId: ID.unique(), name: "Ada" }).then(({ name }) => {
    if (name !== "Ada") throw new Error("the response is wrong");
    console.log(`called with node ${process.version}`);
});

// greeting.mjs in CommonJS.

const { ArgumentException, Client, Storage, Users } = require("polywrite");
const { InputFile } = require("polywrite/file");

exports.greeting = async function greeting() {
    const client = Client.fromEnv();
    const users = new Users(client);
    const failed = await users.get({ userId: "" }).catch((error) => error);
    const file = InputFile.fromPlainText("hello", "hello.txt");
    await new Storage(client).createFile({ bucketId: "b", fileId: "f", file });
    const { name } = await users.get({ userId: "ada" });
    return `Hello ${name}, failed: ${failed instanceof ArgumentException}`;
};

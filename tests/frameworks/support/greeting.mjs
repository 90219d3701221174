// What every program of these tests does: one call that fails, one that reads, one that sends a file.

import { ArgumentException, Client, Storage, Users } from "polywrite";
import { InputFile } from "polywrite/file";

export async function greeting() {
    const client = Client.fromEnv();
    const users = new Users(client);
    const failed = await users.get({ userId: "" }).catch((error) => error);
    const file = InputFile.fromPlainText("hello", "hello.txt");
    await new Storage(client).createFile({ bucketId: "b", fileId: "f", file });
    const { name } = await users.get({ userId: "ada" });
    return `Hello ${name}, failed: ${failed instanceof ArgumentException}`;
}

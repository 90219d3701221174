// A program that a user would write: one call, to the server that the environment names.
import { Client, Health, ID, Query, Users } from "polywrite";
import { InputFile } from "polywrite/file";

const client = Client.fromEnv();
const users = new Users(client);
const made = await users.create({ userId: ID.unique(), name: "Ada" });
const { total } = await users.list({ queries: [Query.equal("name", "Ada")] });
if (made.name !== "Ada" || total < 1 || !InputFile || !Health) throw new Error("the response is wrong");
console.log(`called with ${process.release?.name ?? "node"} ${process.version}`);

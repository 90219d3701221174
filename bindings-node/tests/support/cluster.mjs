// A primary that made a call starts two cluster workers that make one each; prints their exit codes.

import cluster from "node:cluster";
import { Client, Users } from "polywrite";

const users = new Users(new Client({ endpoint: process.env.TEST_ENDPOINT, project: "p", key: "k" }));
await users.get("u");
if (cluster.isPrimary) {
    const exits = [1, 2].map(() => new Promise((resolve) => cluster.fork().on("exit", resolve)));
    console.log((await Promise.all(exits)).join());
} else {
    process.exit(0);
}

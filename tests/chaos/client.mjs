// Node's clients of the chaos run: client.mjs ours|undici ENDPOINT CALLS AT_ONCE, with the package's folder as the current one.

import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const [name, endpoint, calls, atOnce] = process.argv.slice(2);

const clients = {
  ours() {
    const { Client, Users } = require(process.cwd());
    const users = new Users(new Client({ endpoint, project: "p", key: "k", timeout: 5_000 }));
    return {
      get: async (userId) => (await users.get({ userId })).$id,
      post: async (userId) => (await users.create({ userId })).$id,
    };
  },
  undici() {
    const { request } = require("undici");
    const call = async (path, options) => {
      const { statusCode, body } = await request(`${endpoint}${path}`, { ...options, bodyTimeout: 20_000 });
      const { $id } = await body.json();
      if (statusCode !== 200) throw new Error(`status ${statusCode}`);
      return $id;
    };
    const headers = { "content-type": "application/json" };
    return {
      get: (userId) => call(`/users/${userId}`),
      post: (userId) => call("/users", { method: "POST", headers, body: JSON.stringify({ userId }) }),
    };
  },
};

const client = clients[name]();
const report = { done: 0, wrong: 0, good_posts: [], errors: {} };
let next = 0;
async function work() {
  while (next < Number(calls)) {
    const number = next++;
    const user = `${name}${number}`;
    const isPost = number % 2 === 1;
    try {
      const found = await (isPost ? client.post(user) : client.get(user));
      if (found !== user) report.wrong++;
      else if (isPost) report.good_posts.push(user);
    } catch (error) {
      const kind = `${isPost ? "POST" : "GET"} ${error.code ?? error.name}`;
      report.errors[kind] = (report.errors[kind] ?? 0) + 1;
    }
    report.done++;
  }
}
await Promise.all(Array.from({ length: Number(atOnce) }, work));
console.log("result", JSON.stringify(report));

// An Appwrite Function. Appwrite gives each execution a key of its own in `x-appwrite-key`, with the function's
// scopes; endpoint and project are in the environment.

import { Client, Users } from "polywrite";

export default async ({ req, res, log }) => {
  const users = new Users(Client.fromFunction(req));
  const { total } = await users.list({ queries: [] });
  log(`${total} users`);
  return res.json({ total });
};

// Visitors: signing up, signing in, and acting as one of them.

import { Account, ID, Query, TablesDB, Users } from "polywrite";
import { later, mailOf } from "./tidy.mjs";

/** Creates two users. */
export async function signUp(server) {
  const users = new Users(server);
  const visitors = [];
  for (const name of ["Ada", "Grace"]) {
    const userId = ID.unique();
    const visitor = {
      userId,
      name,
      email: mailOf(userId),
      password: ID.unique(),
    };
    later(() => users.delete({ userId }));
    await users.create(visitor);
    console.log(`  ${name} has an account`);
    visitors.push(visitor);
  }
  return visitors;
}

/** Signs a visitor in, as a web server would, and reads the table with the visitor's own session. */
export async function actAs(server, films, { name, email, password }) {
  const session = await new Account(server).createEmailPasswordSession({
    email,
    password,
  });
  const client = server.withSession(session.secret);
  const account = new Account(client);
  console.log(
    `  signed in: the session client is ${(await account.get()).name}`,
  );
  const { total } = await new TablesDB(client).listRows({
    ...films,
    queries: [Query.limit(1)],
  });
  console.log(
    `  ${name} may read ${total} of the rows; the key reads all of them`,
  );
  await account.deleteSession({ sessionId: "current" });
  console.log("  signed out");
}

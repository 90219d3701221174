// The story of Polywrite: a key with few rights, a table of films, a large file, and a visitor who sees only what is
// theirs. `./dev demo node` runs it against a local Appwrite.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import {
  Client,
  Functions,
  ID,
  MissingScopeException,
  NotFoundException,
  Project,
  ProjectKeyScopes as Scope,
  TablesDB,
} from "polywrite";
import { createTable, readRows, writeRows } from "./data.mjs";
import { roundTrip } from "./files.mjs";
import { actAs, signUp } from "./people.mjs";

const ca = process.env.POLYWRITE_CA_FILE;
const admin = Client.fromEnv(
  ca ? { caCertificates: readFileSync(ca, "utf8") } : {},
);
console.log(
  `Connected to ${admin.config.endpoint}: ${(await admin.ping()).message}`,
);

const server = await narrowKey();
const visitors = await signUp(server);
const films = await createTable(server);
await writeRows(server, films, visitors);
await readRows(server, films);
await roundTrip(server);
await actAs(server, films, visitors[0]);
await whatGoesWrong();
console.log("\nThe end. Everything above went through one connection pool.");

/** Mints a key that can do what this program does and nothing else. */
async function narrowKey() {
  console.log("\nA key of our own");
  const scopes = [
    Scope.DatabasesWrite,
    Scope.TablesRead,
    Scope.TablesWrite,
    Scope.ColumnsRead,
    Scope.ColumnsWrite,
    Scope.RowsRead,
    Scope.RowsWrite,
    Scope.BucketsWrite,
    Scope.FilesRead,
    Scope.FilesWrite,
    Scope.UsersWrite,
    Scope.SessionsWrite,
  ];
  const key = await new Project(admin).createKey({
    keyId: ID.unique(),
    name: "Demo",
    scopes,
  });
  console.log(
    `  minted "${key.name}" with ${scopes.length} scopes; its secret stays in memory`,
  );
  const client = admin.withKey(key.secret);
  assert(!inspect(client).includes(key.secret));
  return client;
}

/** Shows the errors a program meets, and how they help. */
async function whatGoesWrong() {
  console.log("\nWhat goes wrong, and how it is told");
  const tell = (what, kind) => (error) => {
    assert(error instanceof kind);
    console.log(
      `  ${what} ${error.operation}: ${error.message}${error.hint ? ` (${error.hint})` : ""}`,
    );
    return true;
  };
  const tables = new TablesDB(server);
  await assert.rejects(
    new Functions(server).list(),
    tell("without the scope:", MissingScopeException),
  );
  await assert.rejects(
    tables.getRow({ ...films, rowId: "no-such-film" }),
    tell("a wrong ID:       ", NotFoundException),
  );
  await assert.rejects(
    tables.getRow({ ...films, rowId: ".." }),
    tell("a hostile ID:     ", Error),
  );
}

// Shows Polywrite: a key with few rights, a table of films, a large file, and a visitor who sees only their own rows.
// `./dev demo node` runs it against a local Appwrite.

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
import { step, later, NAME, tidy } from "./tidy.mjs";

const ca = process.env.POLYWRITE_CA_FILE;
const admin = Client.fromEnv(
  ca ? { caCertificates: readFileSync(ca, "utf8") } : {},
);
console.log(
  `Connected to ${admin.config.endpoint}: ${(await admin.ping()).message}`,
);

try {
  await run();
} finally {
  await tidy();
}
console.log(
  "\nThe end. All that it made is deleted; every call used one connection pool.",
);

async function run() {
  const narrow = await step("A key of our own", narrowKey);
  const server = narrow ?? admin;
  const visitors = (await step("Two visitors", () => signUp(server))) ?? [];
  const films = await step("A table", async () => {
    const films = await createTable(server);
    await writeRows(server, films, visitors);
    await readRows(server, films);
    return films;
  });
  await step("A large file", () => roundTrip(server));
  if (films && visitors.length > 0)
    await step("Acting as a visitor", () => actAs(server, films, visitors[0]));
  await step("What goes wrong, and what the errors say", async () => {
    if (narrow) await beyondTheScopes(narrow);
    if (films) await wrongRows(server, films);
  });
}

/** Makes a key that can do what this program does and nothing else. */
async function narrowKey() {
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
  const project = new Project(admin);
  const keyId = ID.unique();
  later(() => project.deleteKey({ keyId }));
  const key = await project.createKey({ keyId, name: NAME, scopes });
  console.log(
    `  made "${key.name}" with ${scopes.length} scopes; its secret stays in memory`,
  );
  const client = admin.withKey(key.secret);
  assert(!inspect(client).includes(key.secret));
  return client;
}

/** Shows the error of a key that lacks a scope. */
async function beyondTheScopes(client) {
  await assert.rejects(
    new Functions(client).list(),
    prints("without the scope:", MissingScopeException),
  );
}

/** Shows the errors of wrong IDs; the hostile one is never sent. */
async function wrongRows(client, films) {
  const tables = new TablesDB(client);
  await assert.rejects(
    tables.getRow({ ...films, rowId: "no-such-film" }),
    prints("a wrong ID:       ", NotFoundException),
  );
  await assert.rejects(
    tables.getRow({ ...films, rowId: ".." }),
    prints("a hostile ID:     ", Error),
  );
}

/** Checks the error's kind and prints its message and hint. */
function prints(what, kind) {
  return (error) => {
    assert(error instanceof kind);
    console.log(
      `  ${what} ${error.operation}: ${error.message}${error.hint ? ` (${error.hint})` : ""}`,
    );
    return true;
  };
}

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
import { chapter, later, NAME, tidy } from "./tidy.mjs";

const ca = process.env.POLYWRITE_CA_FILE;
const admin = Client.fromEnv(
  ca ? { caCertificates: readFileSync(ca, "utf8") } : {},
);
console.log(
  `Connected to ${admin.config.endpoint}: ${(await admin.ping()).message}`,
);

try {
  await story();
} finally {
  await tidy();
}
console.log(
  "\nThe end. What was made is gone again; all of it went through one connection pool.",
);

async function story() {
  const narrow = await chapter("A key of our own", narrowKey);
  const server = narrow ?? admin;
  const visitors = (await chapter("Two visitors", () => signUp(server))) ?? [];
  const films = await chapter("A table", async () => {
    const films = await createTable(server);
    await writeRows(server, films, visitors);
    await readRows(server, films);
    return films;
  });
  await chapter("A large file", () => roundTrip(server));
  if (films && visitors.length > 0)
    await chapter("Acting as a visitor", () =>
      actAs(server, films, visitors[0]),
    );
  await chapter("What goes wrong, and how it is told", async () => {
    if (narrow) await beyondTheScopes(narrow);
    if (films) await wrongRows(server, films);
  });
}

/** Mints a key that can do what this program does and nothing else. */
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
    `  minted "${key.name}" with ${scopes.length} scopes; its secret stays in memory`,
  );
  const client = admin.withKey(key.secret);
  assert(!inspect(client).includes(key.secret));
  return client;
}

/** Shows what a key gets that lacks a scope. */
async function beyondTheScopes(client) {
  await assert.rejects(
    new Functions(client).list(),
    tell("without the scope:", MissingScopeException),
  );
}

/** Shows what wrong IDs get; the hostile one is never sent. */
async function wrongRows(client, films) {
  const tables = new TablesDB(client);
  await assert.rejects(
    tables.getRow({ ...films, rowId: "no-such-film" }),
    tell("a wrong ID:       ", NotFoundException),
  );
  await assert.rejects(
    tables.getRow({ ...films, rowId: ".." }),
    tell("a hostile ID:     ", Error),
  );
}

/** A check of the error's kind that prints how it helps. */
function tell(what, kind) {
  return (error) => {
    assert(error instanceof kind);
    console.log(
      `  ${what} ${error.operation}: ${error.message}${error.hint ? ` (${error.hint})` : ""}`,
    );
    return true;
  };
}

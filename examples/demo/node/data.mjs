// A table of films: columns, a thousand rows, and reading them back page by page.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { ColumnStatus, ID, Permission, Query, Role, TablesDB } from "polywrite";

const ROWS = 1000;

/** Creates database, table and columns, and waits until the columns can be used. */
export async function createTable(server) {
  console.log("\nA table");
  const tables = new TablesDB(server);
  const films = { databaseId: ID.unique(), tableId: "films" };
  await tables.create({ databaseId: films.databaseId, name: "Demo" });
  await tables.createTable({ ...films, name: "Films", rowSecurity: true });
  await tables.createVarcharColumn({
    ...films,
    key: "title",
    size: 200,
    required: true,
  });
  await tables.createIntegerColumn({
    ...films,
    key: "year",
    required: true,
    min: 1888,
  });
  const ready = async () =>
    (await tables.listColumns(films)).columns.every(
      ({ status }) => status === ColumnStatus.Available,
    );
  while (!(await ready())) await sleep(100);
  console.log('  "films" has its columns: title, year');
  return films;
}

/** Writes the rows in one call; every second one may be read by the first visitor, the others by the second. */
export async function writeRows(server, films, visitors) {
  const rows = Array.from({ length: ROWS }, (_, number) => ({
    $id: `film-${String(number).padStart(4, "0")}`,
    $permissions: [
      Permission.read(Role.user(visitors[number % visitors.length].userId)),
    ],
    title: `Film number ${number}`,
    year: 1925 + (number % 100),
  }));
  const written = await new TablesDB(server).createRows({ ...films, rows });
  console.log(`  wrote ${written.rows.length} rows in one call`);
}

/** Reads all rows back, 250 at a time, following the cursor. */
export async function readRows(server, films) {
  const tables = new TablesDB(server);
  let [seen, pages, newest, cursor] = [0, 0, 0, []];
  for (;;) {
    const { rows } = await tables.listRows({
      ...films,
      queries: [Query.limit(250), ...cursor],
    });
    if (rows.length === 0) break;
    cursor = [Query.cursorAfter(rows.at(-1).$id)];
    pages += 1;
    seen += rows.length;
    newest = Math.max(newest, ...rows.map(({ year }) => year));
  }
  assert.equal(seen, ROWS);
  console.log(
    `  read ${seen} rows back in ${pages} pages; the newest film is of ${newest}`,
  );
}

// A table of films: makes columns and a thousand rows, and reads them back page by page.

import assert from "node:assert/strict";
import { ID, Permission, Role, TablesDB } from "polywrite";
import { later, NAME } from "./tidy.mjs";

const ROWS = 1000;

/** Creates database, table and columns, and waits until the columns can be used. */
export async function createTable(server) {
  const tables = new TablesDB(server);
  const films = { databaseId: ID.unique(), tableId: "films" };
  const { databaseId } = films;
  later(() => tables.delete({ databaseId }));
  await tables.create({ databaseId, name: NAME });
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
  await tables.waitForTable(films);
  console.log('  "films" has its columns: title, year');
  return films;
}

/** Writes the rows; every second one may be read by the first visitor, the others by the second. */
export async function writeRows(server, films, visitors) {
  const rows = Array.from({ length: ROWS }, (_, number) => ({
    $id: `film-${String(number).padStart(4, "0")}`,
    $permissions: readers(visitors[number % visitors.length]),
    title: `Film number ${number}`,
    year: 1925 + (number % 100),
  }));
  const tables = new TablesDB(server);
  const { written, failures } = await tables.bulkCreateRows({ ...films, rows });
  assert.deepEqual(failures, []);
  assert.equal(written, ROWS);
  console.log(`  wrote ${written} rows`);
}

const readers = (visitor) =>
  visitor ? [Permission.read(Role.user(visitor.userId))] : [];

/** Reads all rows back, page by page. */
export async function readRows(server, films) {
  const tables = new TablesDB(server);
  let [seen, newest] = [0, 0];
  for await (const { year } of tables.iterateRows({
    ...films,
    pageSize: 250,
  })) {
    seen += 1;
    newest = Math.max(newest, year);
  }
  assert.equal(seen, ROWS);
  console.log(
    `  read ${seen} rows back, 250 a call; the newest film is of ${newest}`,
  );
}

// A table of films: makes columns and a thousand rows, and reads them back page by page.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { ColumnStatus, ID, Permission, Query, Role, TablesDB } from "polywrite";
import { later, NAME } from "./tidy.mjs";

const ROWS = 1000;
// What a server accepts in one call, unless its owner raised it.
const AT_ONCE = 100;

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
  const ready = async () =>
    (await tables.listColumns(films)).columns.every(
      ({ status }) => status === ColumnStatus.Available,
    );
  while (!(await ready())) await sleep(100);
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
  let written = 0;
  for (let start = 0; start < ROWS; start += AT_ONCE) {
    const some = rows.slice(start, start + AT_ONCE);
    written += (await tables.createRows({ ...films, rows: some })).rows.length;
  }
  assert.equal(written, ROWS);
  console.log(`  wrote ${written} rows, ${AT_ONCE} a call`);
}

const readers = (visitor) =>
  visitor ? [Permission.read(Role.user(visitor.userId))] : [];

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

// Imports films from a CSV file with a progress bar: node import-csv.mjs FILE
//
// The file has the columns `title` and `year`. The program makes a database with a table for them. Needs
// APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY (with `databases.write`, `tables.read`, `tables.write`,
// `columns.read`, `columns.write`, `rows.read` and `rows.write`). Ctrl-C ends the import.

import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { parse } from "csv-parse";
import { Client, ID, TablesDB } from "polywrite";

const WIDTH = 40;
const [path] = process.argv.slice(2);
const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("cancelled")));

/** The rows, one at a time: the file is never whole in memory. The server refuses a year that is not a number. */
async function* films() {
  const records = parse({ columns: true, bom: true });
  // An error of the file ends the records, and their loop.
  pipeline(createReadStream(path), records, () => {});
  for await (const { title, year } of records) {
    yield { title, year: /^\d+$/.test(year) ? Number(year) : year };
  }
}

/** Makes a database and a table, and waits until the columns can be used. */
async function makeTable(tables) {
  const films = { databaseId: ID.unique(), tableId: ID.unique() };
  await tables.create({ databaseId: films.databaseId, name: "Library" });
  await tables.createTable({ ...films, name: "Films" });
  const required = true;
  await tables.createVarcharColumn({
    ...films,
    key: "title",
    size: 200,
    required,
  });
  await tables.createIntegerColumn({ ...films, key: "year", required });
  await tables.waitForTable(films);
  return films;
}

let total = 0;
for await (const _ of films()) total++;

const tables = new TablesDB(Client.fromEnv());
const table = await makeTable(tables);
const { written, failures, stopped } = await tables.bulkCreateRows(
  { ...table, rows: films() },
  {
    signal: stop.signal,
    onProgress: ({ written, failed }) => {
      const done = Math.floor((WIDTH * (written + failed)) / total);
      const bar = "█".repeat(done) + "░".repeat(WIDTH - done);
      process.stderr.write(`\r${bar} ${written} rows`);
    },
  },
);
process.stderr.write("\n");
for (const { index, error } of failures) {
  // The first line names the columns, and lines are counted from 1.
  console.error(`line ${index + 2}: ${error}`);
}
console.log(
  `${written} of ${total} rows in database ${table.databaseId}, table ${table.tableId}`,
);
if (failures.length > 0 || stopped) process.exitCode = 1;

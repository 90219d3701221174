// Makes a table and two rows and reads them back. Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY.

import { setTimeout as sleep } from "node:timers/promises";
import { Client, ID, Query, TablesDB } from "polywrite";

const tables = new TablesDB(Client.fromEnv());
const books = { databaseId: ID.unique(), tableId: "books" };

await tables.create({ databaseId: books.databaseId, name: "Library" });
await tables.createTable({ ...books, name: "Books" });
await tables.createVarcharColumn({
  ...books,
  key: "title",
  size: 200,
  required: true,
});
await tables.createIntegerColumn({
  ...books,
  key: "copies",
  required: false,
  xdefault: 1,
});
while (
  (await tables.listColumns(books)).columns.some(
    ({ status }) => status !== "available",
  )
)
  await sleep(100);

await tables.createRow({
  ...books,
  rowId: ID.unique(),
  data: { title: "Momo", copies: 3 },
});
await tables.createRow({
  ...books,
  rowId: ID.unique(),
  data: { title: "Jim Button" },
});

const { rows } = await tables.listRows({
  ...books,
  queries: [Query.greaterThan("copies", 1)],
});
for (const { title, copies } of rows) console.log(title, copies);

await tables.delete({ databaseId: books.databaseId });

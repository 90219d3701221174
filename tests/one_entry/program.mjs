// node program.mjs PACKAGE: makes three calls with the setting and the option, and prints the kind and the query.
import { createRequire } from "node:module";

const { Client, ConflictException, Pets, Query, TooEarlyException } = createRequire(import.meta.url)(process.argv[2]);

const pets = new Pets(new Client({ project: "demo" }).setTenant("acme"));
await pets.list();
for (const tenant of ["other", ""]) await pets.list(undefined, { tenant });
const kind = Object.getPrototypeOf(TooEarlyException) === ConflictException ? TooEarlyException.name : "not a conflict";
console.log(JSON.stringify({ kind, query: Query.isNearly("age", 3) }));

// Tables with types: what a file that `polywrite types` wrote is made of.

export type { Columns, Column } from "./columns";
export type { Operation, Operators } from "./operators";
export type { ColumnOf, Queries, TableQuery } from "./queries";
export type { Selectable, Selected } from "./selected";
export { type Link, type Listed, Table, type TableOptions } from "./table";
export { Tables } from "./tables";

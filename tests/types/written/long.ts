// Made by `polywrite types` from the tables of a project: change them, not this file.

import {
  type Client,
  type Link,
  type Models,
  type Table,
  type TableOptions,
  Tables,
  TablesDB,
} from "polywrite";

/** What `an_enumeration_with_a_long_identifier` of `a_table_with_a_quite_long_identifiers` can be. */
export const aTableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifierValues =
  [
    "the first of quite a lot of values",
    'it\'s the "second"',
    "the third of quite a lot of values",
  ] as const;

/** One of `an_enumeration_with_a_long_identifier` of `a_table_with_a_quite_long_identifiers`. */
export type ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier =
  (typeof aTableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifierValues)[number];

/** What `an_enumeration_with_a_long_id_array` of `a_table_with_a_quite_long_identifiers` can be. */
export const aTableWithAQuiteLongIdentifierAnEnumerationWithALongIdArrayValues =
  ["x"] as const;

/** One of `an_enumeration_with_a_long_id_array` of `a_table_with_a_quite_long_identifiers`. */
export type ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray =
  (typeof aTableWithAQuiteLongIdentifierAnEnumerationWithALongIdArrayValues)[number];

/** A row of the table `a_table_with_a_quite_long_identifiers`. */
export interface ATableWithAQuiteLongIdentifier extends Models.Row {
  an_enumeration_with_a_long_identifier: ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier | null;
  an_enumeration_with_a_long_id_array: ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray[];
  a_big_integer_with_a_long_identifier: (number | bigint)[];
  a_polygon_with_a_very_long_identifier: [number, number][][] | null;
  dates_with_a_quite_long_identifier: string[];
  /** There where it is selected. */
  the_others_with_a_long_identifier?: AnotherTableWithALongIdentifier[];
  /** There where it is selected. */
  the_parent_with_a_long_identifier?: AnotherTableWithALongIdentifier | null;
}

/** What a new row of `a_table_with_a_quite_long_identifiers` is made of. */
export interface NewATableWithAQuiteLongIdentifier {
  /** Default: "the first of quite a lot of values". */
  an_enumeration_with_a_long_identifier?: ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier | null;
  an_enumeration_with_a_long_id_array?: ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray[];
  a_big_integer_with_a_long_identifier?: (number | bigint)[];
  a_polygon_with_a_very_long_identifier?: [number, number][][] | null;
  dates_with_a_quite_long_identifier?: (string | Date)[];
  the_others_with_a_long_identifier?: Link<NewAnotherTableWithALongIdentifier>[];
  the_parent_with_a_long_identifier?: Link<NewAnotherTableWithALongIdentifier> | null;
}

/** What can change in a row of `a_table_with_a_quite_long_identifiers`. */
export type ATableWithAQuiteLongIdentifierChanges =
  Partial<NewATableWithAQuiteLongIdentifier>;

/** The table `a_table_with_a_quite_long_identifiers`. */
export type ATableWithAQuiteLongIdentifierTable = Table<
  ATableWithAQuiteLongIdentifier,
  NewATableWithAQuiteLongIdentifier,
  ATableWithAQuiteLongIdentifierChanges
>;

const aTableWithAQuiteLongIdentifierTable: TableOptions = {
  databaseId: "a_database_with_a_very_long_identifier",
  tableId: "a_table_with_a_quite_long_identifiers",
  columns: {
    an_enumeration_with_a_long_identifier: {
      kind: "enum",
      values:
        aTableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifierValues,
      nullable: true,
    },
    an_enumeration_with_a_long_id_array: {
      kind: "enum",
      values: aTableWithAQuiteLongIdentifierAnEnumerationWithALongIdArrayValues,
      array: true,
    },
    a_big_integer_with_a_long_identifier: { kind: "bigint", array: true },
    a_polygon_with_a_very_long_identifier: { kind: "polygon", nullable: true },
    dates_with_a_quite_long_identifier: { kind: "text", array: true },
    the_others_with_a_long_identifier: {
      kind: "rows",
      columns: () => anotherTableWithALongIdentifierTable.columns,
    },
    the_parent_with_a_long_identifier: {
      kind: "row",
      columns: () => anotherTableWithALongIdentifierTable.columns,
    },
  },
};

/** A row of the table `another_table_with_a_long_identifiers`. */
export interface AnotherTableWithALongIdentifier extends Models.Row {
  "1st": number;
  /** There where it is selected. */
  the_back_reference_with_a_long_name?: ATableWithAQuiteLongIdentifier[];
}

/** What a new row of `another_table_with_a_long_identifiers` is made of. */
export interface NewAnotherTableWithALongIdentifier {
  "1st": number;
  the_back_reference_with_a_long_name?: Link<NewATableWithAQuiteLongIdentifier>[];
}

/** What can change in a row of `another_table_with_a_long_identifiers`. */
export type AnotherTableWithALongIdentifierChanges =
  Partial<NewAnotherTableWithALongIdentifier>;

/** The table `another_table_with_a_long_identifiers`. */
export type AnotherTableWithALongIdentifierTable = Table<
  AnotherTableWithALongIdentifier,
  NewAnotherTableWithALongIdentifier,
  AnotherTableWithALongIdentifierChanges
>;

const anotherTableWithALongIdentifierTable: TableOptions = {
  databaseId: "a_database_with_a_very_long_identifier",
  tableId: "another_table_with_a_long_identifiers",
  columns: {
    "1st": { kind: "integer" },
    the_back_reference_with_a_long_name: {
      kind: "rows",
      columns: () => aTableWithAQuiteLongIdentifierTable.columns,
    },
  },
};

/** A row of the table `queries`. */
export interface ADatabaseWithAVeryLongIdentifierQuery extends Models.Row {}

/** What a new row of `queries` is made of. */
export interface NewADatabaseWithAVeryLongIdentifierQuery {}

/** What can change in a row of `queries`. */
export type ADatabaseWithAVeryLongIdentifierQueryChanges =
  Partial<NewADatabaseWithAVeryLongIdentifierQuery>;

/** The table `queries`. */
export type ADatabaseWithAVeryLongIdentifierQueryTable = Table<
  ADatabaseWithAVeryLongIdentifierQuery,
  NewADatabaseWithAVeryLongIdentifierQuery,
  ADatabaseWithAVeryLongIdentifierQueryChanges
>;

const aDatabaseWithAVeryLongIdentifierQueryTable: TableOptions = {
  databaseId: "a_database_with_a_very_long_identifier",
  tableId: "queries",
  columns: {},
};

/** A row of the table `records`. */
export interface RecordRow extends Models.Row {
  self: boolean[];
  type: string | null;
  model_name: string | null;
  json: string | null;
}

/** What a new row of `records` is made of. */
export interface NewRecordRow {
  self: boolean[];
  type?: string | null;
  model_name?: string | null;
  json?: string | null;
}

/** What can change in a row of `records`. */
export type RecordRowChanges = Partial<NewRecordRow>;

/** The table `records`. */
export type RecordRowTable = Table<RecordRow, NewRecordRow, RecordRowChanges>;

const recordRowTable: TableOptions = {
  databaseId: "other",
  tableId: "records",
  columns: {
    self: { kind: "boolean", array: true },
    type: { kind: "text", nullable: true },
    model_name: { kind: "text", nullable: true },
    json: { kind: "text", nullable: true },
  },
};

/** A row of the table `transaction`. */
export interface Transaction extends Models.Row {
  import: boolean;
}

/** What a new row of `transaction` is made of. */
export interface NewTransaction {
  import: boolean;
}

/** What can change in a row of `transaction`. */
export type TransactionChanges = Partial<NewTransaction>;

/** The table `transaction`. */
export type TransactionTable = Table<
  Transaction,
  NewTransaction,
  TransactionChanges
>;

const transactionTable: TableOptions = {
  databaseId: "other",
  tableId: "transaction",
  columns: {
    import: { kind: "boolean" },
  },
};

/** A row of the table `6b011d18ad1c6f4389d7`. */
export interface NamedTable extends Models.Row {}

/** What a new row of `6b011d18ad1c6f4389d7` is made of. */
export interface NewNamedTable {}

/** What can change in a row of `6b011d18ad1c6f4389d7`. */
export type NamedTableChanges = Partial<NewNamedTable>;

/** The table `6b011d18ad1c6f4389d7`. */
export type NamedTableTable = Table<
  NamedTable,
  NewNamedTable,
  NamedTableChanges
>;

const namedTableTable: TableOptions = {
  databaseId: "other",
  tableId: "6b011d18ad1c6f4389d7",
  columns: {},
};

/** A row of the table `queries`. */
export interface OtherQuery extends Models.Row {}

/** What a new row of `queries` is made of. */
export interface NewOtherQuery {}

/** What can change in a row of `queries`. */
export type OtherQueryChanges = Partial<NewOtherQuery>;

/** The table `queries`. */
export type OtherQueryTable = Table<
  OtherQuery,
  NewOtherQuery,
  OtherQueryChanges
>;

const otherQueryTable: TableOptions = {
  databaseId: "other",
  tableId: "queries",
  columns: {},
};

/** The database `a_database_with_a_very_long_identifier`. */
export class ADatabaseWithAVeryLongIdentifier extends Tables {
  constructor(client: Client | TablesDB) {
    super(client instanceof TablesDB ? client : new TablesDB(client));
  }

  /** The table `a_table_with_a_quite_long_identifiers`. */
  readonly aTableWithAQuiteLongIdentifiers: ATableWithAQuiteLongIdentifierTable =
    this.table(aTableWithAQuiteLongIdentifierTable);

  /** The table `another_table_with_a_long_identifiers`. */
  readonly anotherTableWithALongIdentifiers: AnotherTableWithALongIdentifierTable =
    this.table(anotherTableWithALongIdentifierTable);

  /** The table `queries`. */
  readonly queries: ADatabaseWithAVeryLongIdentifierQueryTable = this.table(
    aDatabaseWithAVeryLongIdentifierQueryTable,
  );
}

/** The database `other`. */
export class Other extends Tables {
  constructor(client: Client | TablesDB) {
    super(client instanceof TablesDB ? client : new TablesDB(client));
  }

  /** The table `records`. */
  readonly records: RecordRowTable = this.table(recordRowTable);

  /** The table `transaction`. */
  readonly transactionTable: TransactionTable = this.table(transactionTable);

  /** The table `6b011d18ad1c6f4389d7`. */
  readonly namedTables: NamedTableTable = this.table(namedTableTable);

  /** The table `queries`. */
  readonly queries: OtherQueryTable = this.table(otherQueryTable);
}

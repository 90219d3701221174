// One table whose columns have types.

import type { BulkOptions, BulkReport } from "../bulk";
import { ID } from "../generated/id";
import { Query } from "../generated/query";
import type { CallOptions } from "../options";
import { type Columns, type Row as Received, checkRow } from "./columns";
import { type Operators, type WithOperators, operators } from "./operators";
import { type OwnColumnOf, type Queries, type TableQuery, queriesOf } from "./queries";
import type { Selectable, Selected } from "./selected";
import type { Row as AnyRow, RowList, RowService } from "./service";

/** Where a table is, and what its rows have. */
export interface TableOptions {
    /** ID of the database. */
    databaseId: string;
    /** ID of the table. */
    tableId: string;
    /** The columns: rows that do not have them fail their call. */
    columns: Columns;
}

/** Which transaction a call belongs to. */
interface InTransaction {
    /** ID of the transaction whose staged writes the result shows, or that the write is staged in. */
    transactionId?: string;
}

interface Asked<R, Name extends Selectable<R>> extends InTransaction {
    /** Which columns the rows have; without it, all but related rows. */
    select?: readonly Name[];
}

interface AskedRows<R, Name extends Selectable<R>> extends Asked<R, Name> {
    /** Which rows, in which order, how many. */
    queries?: readonly TableQuery<R>[];
    /** Whether to count all matches; false is faster and gives 0. Default true. */
    total?: boolean;
    /** Seconds the result may be served from cache; 0 asks the database. */
    ttl?: number;
}

/** Whom a row belongs to. */
interface Granted extends InTransaction {
    /** Permission strings that say who may do what; build them with the Permission helper. */
    permissions?: string[];
}

/** A related row of a row that is written: the ID of one that is there, or what a new one is made of. */
export type Link<New> = string | Listed<New>;

/** A row among many, with its ID or without. */
export type Listed<Data> = Data & { $id?: string; $permissions?: string[] };

/** The row's type where nothing is selected. */
type Shown<R, Name extends string> = [Name] extends [never] ? R : Selected<R, Name>;

type Source<T> = Iterable<T> | AsyncIterable<T>;

/**
 * One table with the types of its rows, of new rows and of changes. Files that `polywrite types` writes have one for each
 * table. Every method makes the call of `TablesDB` that has its name; a row that does not fit the type is a
 * `DecodeException` that names the row, the column and what came.
 */
export class Table<R extends AnyRow, New extends object, Changes extends object> {
    /** Makes queries about these rows. */
    readonly query: Queries<R> = queriesOf<R>();
    /** Makes changes that the server computes. */
    readonly operator: Operators = operators;
    readonly #service: RowService;
    readonly #place: { databaseId: string; tableId: string };
    readonly #columns: Columns;

    constructor(service: RowService, { databaseId, tableId, columns }: TableOptions) {
        this.#service = service;
        this.#place = { databaseId, tableId };
        this.#columns = columns;
    }

    /** Lists the rows that match the queries and that the caller may read. */
    async listRows<const Name extends Selectable<R> = never>(
        asked: AskedRows<R, Name> | readonly TableQuery<R>[] = {},
        options?: CallOptions,
    ): Promise<RowList<Shown<R, Name> & AnyRow>> {
        const { select, queries, ...others } = named(asked);
        const params = { ...this.#place, ...others, ...written(queries, select) };
        const page = await this.#service.listRows(params, options);
        for (const row of page.rows) this.#check("tablesDB.listRows", row, select);
        return page;
    }

    /** Lists all rows that match the queries, page after page. */
    iterateRows<const Name extends Selectable<R> = never>(
        asked: (AskedRows<R, Name> & { pageSize?: number }) | readonly TableQuery<R>[] = {},
        options?: CallOptions,
    ): AsyncIterable<Shown<R, Name>> {
        const { select, queries, ...others } = named(asked);
        const params = { ...this.#place, ...others, ...written(queries, select) };
        const list = this.#service.iterateRows(params, options);
        const check = (row: Received) => this.#check("tablesDB.listRows", row, select);
        return {
            async *[Symbol.asyncIterator]() {
                for await (const row of list) {
                    check(row);
                    yield row;
                }
            },
        };
    }

    /** Returns one row. */
    async getRow<const Name extends Selectable<R> = never>(
        asked: Asked<R, Name> & { rowId: string },
        options?: CallOptions,
    ): Promise<Shown<R, Name>> {
        const { select, ...others } = asked;
        const params = { ...this.#place, ...others, ...written(undefined, select) };
        return this.#checked("tablesDB.getRow", await this.#service.getRow(params, options), select);
    }

    /** Adds a row. Without an ID it gets a new one. */
    async createRow(
        { rowId = ID.unique(), ...row }: { rowId?: string; data: New } & Granted,
        options?: CallOptions,
    ): Promise<R> {
        const params = { ...this.#place, rowId, ...row };
        return this.#checked("tablesDB.createRow", await this.#service.createRow(params, options));
    }

    /** Changes columns of a row; the others stay as they are. */
    async updateRow(
        row: { rowId: string; data?: WithOperators<Changes> } & Granted,
        options?: CallOptions,
    ): Promise<R> {
        const params = { ...this.#place, ...row };
        return this.#checked("tablesDB.updateRow", await this.#service.updateRow(params, options));
    }

    /** Adds a row, or changes the one that has its ID. */
    async upsertRow(row: { rowId: string; data: New } & Granted, options?: CallOptions): Promise<R> {
        const params = { ...this.#place, ...row };
        return this.#checked("tablesDB.upsertRow", await this.#service.upsertRow(params, options));
    }

    /** Deletes a row. */
    async deleteRow(row: { rowId: string } & InTransaction, options?: CallOptions): Promise<void> {
        await this.#service.deleteRow({ ...this.#place, ...row }, options);
    }

    /** Adds to a number of a row, and returns the row. */
    async incrementRowColumn(
        change: { rowId: string; column: OwnColumnOf<R>; value?: number; max?: number } & InTransaction,
        options?: CallOptions,
    ): Promise<R> {
        const params = { ...this.#place, ...change };
        const row = await this.#service.incrementRowColumn(params, options);
        return this.#checked("tablesDB.incrementRowColumn", row);
    }

    /** Subtracts from a number of a row, and returns the row. */
    async decrementRowColumn(
        change: { rowId: string; column: OwnColumnOf<R>; value?: number; min?: number } & InTransaction,
        options?: CallOptions,
    ): Promise<R> {
        const params = { ...this.#place, ...change };
        const row = await this.#service.decrementRowColumn(params, options);
        return this.#checked("tablesDB.decrementRowColumn", row);
    }

    /** Makes the same change to all rows that match the queries. */
    async updateRows(
        change: { data: WithOperators<Changes>; queries?: readonly TableQuery<R>[] } & InTransaction,
        options?: CallOptions,
    ): Promise<RowList<R>> {
        const params = { ...this.#place, ...change };
        const page = await this.#service.updateRows(params, options);
        for (const row of page.rows) this.#check("tablesDB.updateRows", row, undefined);
        return page;
    }

    /** Deletes all rows that match the queries, and returns them. */
    async deleteRows(
        asked: { queries?: readonly TableQuery<R>[] } & InTransaction = {},
        options?: CallOptions,
    ): Promise<RowList<R>> {
        const page = await this.#service.deleteRows({ ...this.#place, ...asked }, options);
        for (const row of page.rows) this.#check("tablesDB.deleteRows", row, undefined);
        return page;
    }

    /** Creates any number of rows, a few calls at a time, and returns what became of each. */
    bulkCreateRows(write: { rows: Source<Listed<New>> } & InTransaction, options?: BulkOptions): Promise<BulkReport> {
        return this.#service.bulkCreateRows({ ...this.#place, ...write }, options);
    }

    /** Creates or replaces any number of rows, a few calls at a time, and returns what became of each. */
    bulkUpsertRows(write: { rows: Source<Listed<New>> } & InTransaction, options?: BulkOptions): Promise<BulkReport> {
        return this.#service.bulkUpsertRows({ ...this.#place, ...write }, options);
    }

    /** Makes the same change to any number of rows, a few calls at a time, and returns what became of each. */
    bulkUpdateRows(
        write: { data: WithOperators<Changes>; ids: Source<string> } & InTransaction,
        options?: BulkOptions,
    ): Promise<BulkReport> {
        return this.#service.bulkUpdateRows({ ...this.#place, ...write }, options);
    }

    /** Deletes any number of rows, a few calls at a time, and returns what became of each. */
    bulkDeleteRows(write: { ids: Source<string> } & InTransaction, options?: BulkOptions): Promise<BulkReport> {
        return this.#service.bulkDeleteRows({ ...this.#place, ...write }, options);
    }

    #check(operation: string, row: Received, select: readonly string[] | undefined): void {
        checkRow(operation, row, this.#columns, select);
    }

    #checked<Row>(operation: string, row: Row, select?: readonly string[]): Row {
        this.#check(operation, row as Received, select);
        return row;
    }
}

function named<T extends object>(asked: T | readonly TableQuery<any>[]): any {
    return Array.isArray(asked) ? { queries: asked } : asked;
}

/** The queries of a call, what is selected among them. */
function written(queries: readonly string[] = [], select: readonly string[] = []): { queries?: string[] } {
    const all = select.length === 0 ? [...queries] : [...queries, Query.select([...select])];
    return all.length === 0 ? {} : { queries: all };
}

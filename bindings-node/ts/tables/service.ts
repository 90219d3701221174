// What tables need of a service. SDKs of other definitions may have no such service, and have this file all the same.

import type { BulkOptions, BulkReport } from "../bulk";
import type { CallOptions } from "../options";
import type { TransactionOptions } from "../transaction";

/** A row with its metadata, as `Models.Row`. */
export interface Row {
    $id: string;
    $sequence: string;
    $tableId: string;
    $databaseId: string;
    $createdAt: string;
    $updatedAt: string;
    $permissions: string[];
}

/** One page of rows, as `Models.RowList`. */
export interface RowList<R> {
    /** Count of all matches, not only this page; given false, counting is skipped. */
    total: number;
    /** The rows on this page. */
    rows: R[];
}

/** The calls of `TablesDB` about rows. */
export interface RowService {
    listRows(params: any, options?: CallOptions): Promise<RowList<any>>;
    iterateRows(params: any, options?: CallOptions): AsyncIterable<any>;
    getRow(params: any, options?: CallOptions): Promise<any>;
    createRow(params: any, options?: CallOptions): Promise<any>;
    updateRow(params: any, options?: CallOptions): Promise<any>;
    upsertRow(params: any, options?: CallOptions): Promise<any>;
    deleteRow(params: any, options?: CallOptions): Promise<unknown>;
    incrementRowColumn(params: any, options?: CallOptions): Promise<any>;
    decrementRowColumn(params: any, options?: CallOptions): Promise<any>;
    updateRows(params: any, options?: CallOptions): Promise<RowList<any>>;
    deleteRows(params: any, options?: CallOptions): Promise<RowList<any>>;
    bulkCreateRows(params: any, options?: BulkOptions): Promise<BulkReport>;
    bulkUpsertRows(params: any, options?: BulkOptions): Promise<BulkReport>;
    bulkUpdateRows(params: any, options?: BulkOptions): Promise<BulkReport>;
    bulkDeleteRows(params: any, options?: BulkOptions): Promise<BulkReport>;
    transaction<T>(work: (service: any) => T | PromiseLike<T>, options?: TransactionOptions): Promise<T>;
}

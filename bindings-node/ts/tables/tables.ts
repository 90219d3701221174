// A database whose tables have types.

import type { TransactionOptions } from "../transaction";
import type { RowService } from "./service";
import { Table, type TableOptions } from "./table";

/** What the database of a file that `polywrite types` wrote is made of. */
export abstract class Tables {
    /** Makes the calls. */
    protected readonly service: RowService;

    constructor(service: RowService) {
        this.service = service;
    }

    /** A table with the types of the member that it becomes; compilers would compare them for long. */
    protected table(options: TableOptions): any {
        return new Table(this.service, options);
    }

    /**
     * Calls `work` with tables whose calls all belong to a transaction, commits, and returns what `work` returned.
     * `TablesDB.transaction` says the rest.
     */
    transaction<T>(work: (tables: this) => T | PromiseLike<T>, options?: TransactionOptions): Promise<T> {
        const make = this.constructor as new (service: RowService) => this;
        return this.service.transaction((service) => work(new make(service)), options);
    }
}

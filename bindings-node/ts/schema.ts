// The schema of a project as a file: compared with a server, and pushed to it.

import { perform } from "./call";
import { type Client, nativeOf } from "./client";
import { refuse } from "./native";
import { checkParams } from "./params";
import { decode } from "./response";

/** Something that a project has. */
export interface SchemaTarget {
    /** What it is. */
    kind: "database" | "table" | "column" | "index" | "bucket" | "team";
    /** The IDs and the key that lead to it: `main.films.year`. */
    place: string;
}

/** A field that is to change. */
export interface SchemaChange {
    /** Its name, as the API and the files have it. */
    field: string;
    /** What the server has. */
    from: unknown;
    /** What it is to have. */
    to: unknown;
}

/** One thing that is to be done. */
export interface SchemaStep {
    /** What is done: `remake` drops something and makes it anew, `await` waits for what the server is still making. */
    action: "make" | "change" | "remake" | "drop" | "await";
    /** With what. */
    target: SchemaTarget;
    /** What differs; nothing of what is made or dropped. */
    changes: SchemaChange[];
    /** Whether data is lost. */
    destroys: boolean;
    /** Why, where the changes do not say it; empty otherwise. */
    reason: string;
}

/** What leads a server to a schema. */
export interface SchemaPlan {
    /** Whether server and file are equal, and the plan has no steps. */
    equal: boolean;
    /** What is to be done; of a push, what it has done. */
    steps: SchemaStep[];
    /** Databases and buckets that the file does not name; they stay as they are. */
    unnamed: SchemaTarget[];
    /** What may be meant otherwise, in words. */
    hints: string[];
}

/** Options of {@link Schema.plan}. */
export interface SchemaOptions {
    /** Columns with a new key, as `TABLE.OLD=NEW` or `DATABASE.TABLE.OLD=NEW`: their values stay. */
    rename?: string[];
    /** Ends it. */
    signal?: AbortSignal;
}

/** Options of {@link Schema.push}. */
export interface SchemaPushOptions extends SchemaOptions {
    /** Whether steps that lose data are taken. Default: no, and then nothing at all is done. */
    allowDestroy?: boolean;
    /** How many milliseconds to wait for the columns and indexes of a table. Default: 60,000. */
    timeout?: number;
    /** Called with each step that is done. */
    onStep?: (step: SchemaStep) => void;
}

/**
 * The schema of a project as a file: `polywrite.toml`, or Appwrite's own `appwrite.config.json`.
 *
 * The client needs a key with the scopes `databases.read`, `tables.read` and `tables.write`, and those of what the file has
 * besides.
 */
export class Schema {
    readonly #client: Client;
    readonly #path: string;

    constructor(client: Client, path: string) {
        nativeOf(client);
        if (typeof path !== "string") throw refuse("schema", "the path of the schema's file must be a text");
        this.#client = client;
        this.#path = path;
    }

    /** What leads the server to the file. */
    plan(options?: SchemaOptions): Promise<SchemaPlan> {
        return this.#run(options, undefined);
    }

    /**
     * Brings the server to the file, and waits until columns and indexes can be used. Whatever interrupts it, another push
     * goes on from there. Returns what it did.
     */
    push(options: SchemaPushOptions = {}): Promise<SchemaPlan> {
        const { allowDestroy, timeout, onStep } = options;
        if (onStep !== undefined && typeof onStep !== "function") {
            throw refuse("schema.push", "the option `onStep` must be a function");
        }
        const push = { allowDestroy: allowDestroy === true, timeout, reports: onStep !== undefined };
        return this.#run(options, push, onStep);
    }

    async #run(
        options: SchemaOptions | undefined,
        push: object | undefined,
        onStep?: (step: SchemaStep) => void,
    ): Promise<SchemaPlan> {
        const rename = options?.rename ?? [];
        checkParams(push ? "schema.push" : "schema.plan", { rename, ...push });
        const outcome = await perform(nativeOf(this.#client), "client.request", "", "", options?.signal, {
            record: { schema: { path: this.#path, rename, push } },
            receive: (_call, _tag, value) => onStep?.(JSON.parse(value)),
        });
        return decode("client.request", outcome);
    }
}

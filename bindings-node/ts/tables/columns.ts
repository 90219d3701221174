// Whether a row is what its type says.

import { misfit } from "../service";

/** What a column holds; of a relationship, the columns of the related rows. */
export type Column = (
    | { kind: "text" | "integer" | "bigint" | "float" | "boolean" | "point" | "line" | "polygon" }
    | { kind: "enum"; values: readonly string[] }
    | { kind: "row" | "rows"; columns: () => Columns }
) & {
    /** Whether it holds a list. */
    array?: true;
    /** Whether it may be null. */
    nullable?: true;
};

/** The columns of a table by their keys. */
export type Columns = Readonly<Record<string, Column>>;

/** A row as the server sent it. */
export type Row = Readonly<Record<string, unknown>>;

const isNumber = (value: unknown): boolean => typeof value === "number";
const isPoint = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every(isNumber);
const isLine = (value: unknown): boolean => Array.isArray(value) && value.every(isPoint);
const isPolygon = (value: unknown): boolean => Array.isArray(value) && value.every(isLine);

/** What fits a kind, and how errors call it. */
const kinds = {
    text: [(value: unknown) => typeof value === "string", "a text"],
    integer: [(value: unknown) => Number.isInteger(value), "a whole number"],
    bigint: [(value: unknown) => Number.isInteger(value) || typeof value === "bigint", "a whole number"],
    float: [(value: unknown) => isNumber(value) || typeof value === "bigint", "a number"],
    boolean: [(value: unknown) => typeof value === "boolean", "true or false"],
    point: [isPoint, "a point"],
    line: [isLine, "a line"],
    polygon: [isPolygon, "a polygon"],
} as const;

/** Where in a row something does not fit, and why. */
interface Problem {
    place: string;
    reason: string;
}

/**
 * Throws a `DecodeException` when a row does not fit. Columns that were not selected may be missing; all are selected when
 * `selected` is undefined.
 */
export function checkRow(operation: string, row: Row, columns: Columns, selected: readonly string[] | undefined): void {
    const problem = problemOfRow(row, columns, selected);
    if (problem === undefined) return;
    const { place, reason } = problem;
    throw misfit(operation, `the row \`${row["$id"]}\` does not fit its type: the column \`${place}\` ${reason}`);
}

function problemOfRow(row: Row, columns: Columns, selected: readonly string[] | undefined): Problem | undefined {
    const all = selected === undefined || selected.includes("*");
    for (const key in columns) {
        const column = columns[key]!;
        const problem =
            column.kind === "row" || column.kind === "rows"
                ? problemOfRelated(row[key], column.kind, column.columns, within(key, selected))
                : all || selected.includes(key) || row[key] !== undefined
                  ? problemOf(row[key], column)
                  : undefined;
        if (problem !== undefined) return { ...problem, place: key + problem.place };
    }
    return undefined;
}

/** What of a related row's columns is selected. */
function within(key: string, selected: readonly string[] | undefined): string[] | undefined {
    return selected?.filter((name) => name.startsWith(`${key}.`)).map((name) => name.slice(key.length + 1));
}

function problemOfRelated(
    value: unknown,
    kind: "row" | "rows",
    columns: () => Columns,
    selected: readonly string[] | undefined,
): Problem | undefined {
    // A row has related rows where they are selected, and no one where there is none.
    if (value === undefined || (value === null && kind === "row")) return undefined;
    const one = (related: unknown): Problem | undefined => {
        if (typeof related !== "object" || related === null) return unlike(related, "a related row");
        const problem = problemOfRow(related as Row, columns(), selected);
        return problem && { ...problem, place: `.${problem.place}` };
    };
    return kind === "row" ? one(value) : problemOfItems(value, one);
}

function problemOfItems(value: unknown, one: (item: unknown) => Problem | undefined): Problem | undefined {
    if (!Array.isArray(value)) return unlike(value, "a list");
    for (let index = 0; index < value.length; index++) {
        const problem = one(value[index]);
        if (problem !== undefined) return { ...problem, place: `[${index}]${problem.place}` };
    }
    return undefined;
}

function problemOf(value: unknown, column: Column): Problem | undefined {
    if (value === null && column.nullable) return undefined;
    const one = (item: unknown): Problem | undefined => problemOfOne(item, column);
    return column.array ? problemOfItems(value, one) : one(value);
}

function problemOfOne(value: unknown, column: Column): Problem | undefined {
    if (column.kind === "row" || column.kind === "rows") return undefined;
    if (column.kind === "enum") {
        if (column.values.includes(value as string)) return undefined;
        return unlike(value, `one of ${column.values.map((each) => `"${each}"`).join(", ")}`);
    }
    const [fits, wanted] = kinds[column.kind];
    return fits(value) ? undefined : unlike(value, wanted);
}

function unlike(value: unknown, wanted: string): Problem {
    return { place: "", reason: value === undefined ? "is missing" : `is ${named(value)} where ${wanted} is expected` };
}

/** Names a value by its kind: rows may be private, so that an error does not quote them. */
function named(value: unknown): string {
    if (value === null) return "null";
    if (Array.isArray(value)) return "a list";
    switch (typeof value) {
        case "string":
            return "a text";
        case "boolean":
            return "true or false";
        case "number":
            return Number.isInteger(value) ? "a whole number" : "a number with a fraction";
        case "bigint":
            return "a whole number beyond 2^53";
        default:
            return "an object";
    }
}

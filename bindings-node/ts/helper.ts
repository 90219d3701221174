// What the generated helpers are made of.

import { ArgumentException } from "./generated/exceptions";
import { parseExact } from "./json";

/** The value itself if it is a list or nothing at all, else a list of it. */
export function spread(value: any): any {
    return Array.isArray(value) || value === undefined ? value : [value];
}

/** A list of the value, or nothing at all when it is empty. */
export function optional(value: string): string[] | undefined {
    return value ? [value] : undefined;
}

/** A list of the value, empty when there is none. */
export function given<T>(value: T | undefined | null | ""): T[] {
    return value === undefined || value === null || value === "" ? [] : [value];
}

/** Queries as what they say, to stand inside of another one. */
export function parsed(queries: string | string[]): any[] {
    return spread(queries).map((query: unknown, index: number) => {
        const content = contentOf(String(query));
        if (typeof content !== "object" || content === null || Array.isArray(content)) {
            throw new ArgumentException(`\`queries[${index}]\` is not a query; make it with Query`);
        }
        return content;
    });
}

function contentOf(text: string): unknown {
    try {
        return parseExact(text);
    } catch {
        return undefined;
    }
}

/** Refuses infinities and NaN. */
export function finite(place: string, name: string, value: number | bigint | undefined | null): void {
    if (value === undefined || value === null || typeof value === "bigint" || Number.isFinite(value)) return;
    throw new ArgumentException(`${place}: ${name} must be a finite number`);
}

/** Refuses zero. */
export function nonzero(place: string, name: string, value: number | bigint): void {
    if (Number(value) === 0) throw new ArgumentException(`${place}: ${name} must not be zero`);
}

/** Refuses numbers below one and fractions. */
export function atLeast1(place: string, name: string, value: number): void {
    if (!Number.isInteger(value) || value < 1) {
        throw new ArgumentException(`${place}: ${name} must be a whole number of at least 1`);
    }
}

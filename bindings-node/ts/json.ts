// JSON with exact integers: those beyond what a number holds are BigInts on this side.

import { randomUUID } from "node:crypto";

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** Marks digits that travel inside a string. Random, so that no data can look like it. */
let mark: string | undefined;

/** Writes JSON. BigInts become integers, `undefined` is left out. */
export function stringify(value: unknown): string {
    try {
        return JSON.stringify(value);
    } catch (error) {
        if (!(error instanceof TypeError) || !/BigInt/.test(error.message)) throw error;
    }
    mark ??= randomUUID();
    const marked = JSON.stringify(value, (_key, each) => (typeof each === "bigint" ? `${mark}${each}` : each));
    return marked.replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
}

/**
 * Reads JSON that has integers of 16 digits or more; `JSON.parse` is several times quicker for all other.
 *
 * Integers that a number holds exactly become numbers, other 64-bit ones BigInts, still larger ones the nearest number.
 */
export function parseExact(text: string): any {
    mark ??= randomUUID();
    const prefix = mark;
    const marked = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
        token.length > 15 && /^-?\d{16,}$/.test(token) ? `"${prefix}${token}"` : token,
    );
    return JSON.parse(marked, (_key, value) =>
        typeof value === "string" && value.startsWith(prefix) ? integer(value.slice(prefix.length)) : value,
    );
}

function integer(digits: string): number | bigint {
    const number = Number(digits);
    if (Number.isSafeInteger(number)) return number;
    const exact = BigInt(digits);
    return exact >= MIN_INT64 && exact <= MAX_INT64 ? exact : number;
}

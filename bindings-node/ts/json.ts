// JSON with exact integers: those beyond what a number holds are BigInts on this side.

import { mark, marked as markedIntegers } from "./native";

/** Writes JSON. BigInts become integers, `undefined` is left out. */
export function stringify(value: unknown): string {
    try {
        return JSON.stringify(value);
    } catch (error) {
        if (!(error instanceof TypeError) || !/BigInt/.test(error.message)) throw error;
    }
    const prefix = mark();
    const written = JSON.stringify(value, (_key, each) => (typeof each === "bigint" ? `${prefix}${each}` : each));
    return written.replace(new RegExp(`"${prefix}(-?\\d+)"`, "g"), "$1");
}

/** Reads JSON. Integers of 64 bits become BigInts where a number does not hold them exactly. */
export function parseExact(text: string): any {
    const exact = markedIntegers(text);
    return exact === null ? JSON.parse(text) : parseMarked(exact);
}

/** Reads JSON whose integers beyond what a number holds are marked; `JSON.parse` is several times quicker for all other. */
export function parseMarked(text: string): any {
    const prefix = mark();
    return JSON.parse(text, (_key, value) =>
        typeof value === "string" && value.startsWith(prefix) ? BigInt(value.slice(prefix.length)) : value,
    );
}

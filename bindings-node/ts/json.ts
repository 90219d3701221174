// JSON with exact integers: those beyond what a number holds are BigInts on this side.

import { randomDigits } from "./random";

/** What stands before such integers while they are texts. Random, so that no text can look like one. */
let ownMark: string | undefined;

/** Writes JSON. BigInts become integers, `undefined` is left out. */
export function stringify(value: unknown): string {
    try {
        return JSON.stringify(value);
    } catch (error) {
        if (!(error instanceof TypeError) || !/BigInt/.test(error.message)) throw error;
    }
    const mark = (ownMark ??= randomDigits(32));
    const written = JSON.stringify(value, (_key, each) => (typeof each === "bigint" ? `${mark}${each}` : each));
    return written.replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
}

/** Reads JSON. Integers of 64 bits become BigInts where a number does not hold them exactly. */
export function parseExact(text: string): any {
    // Those of fewer digits are exact.
    if (!/\d{16}/.test(text)) return JSON.parse(text);
    const mark = (ownMark ??= randomDigits(32));
    const marked = text.replace(tokens, (token) => (isBeyondNumbers(token) ? `"${mark}${token}"` : token));
    return parseMarked(marked, mark);
}

/** Texts and numbers of JSON; in a text nothing looks like a number. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

function isBeyondNumbers(token: string): boolean {
    // JSON has no zeros before other digits, and a text would hide them.
    if (!/^-?[1-9]\d{15,18}$/.test(token) || Number.isSafeInteger(Number(token))) return false;
    const integer = BigInt(token);
    return BigInt.asIntN(64, integer) === integer;
}

/** Reads JSON in which such integers are texts with a mark; `JSON.parse` is several times quicker for all other. */
export function parseMarked(text: string, mark: string): any {
    return JSON.parse(text, (_key, value) =>
        typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
    );
}

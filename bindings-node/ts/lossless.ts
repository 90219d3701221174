// What `JSON.stringify` would leave out, empty or make null without a word is refused, with its place.

import { ArgumentException } from "./generated/exceptions";
import { stringify } from "./json";
import { bytesOf, kindOf } from "./kind";

/** How deep values may be nested: the server reads no more. */
const DEPTH = 510;

/** Objects around values that are not objects. */
const boxes = ["Number", "String", "Boolean", "Symbol", "BigInt"];

/** What cannot be sent: where in the value it stands, such as `.tags[2].price`, and why. */
interface Problem {
    place: string;
    reason: string;
}

/** Why a value of this name would not arrive as it is, if it would not. */
export function problemIn(name: string, value: unknown): string | undefined {
    const problem = problemOf(value, 0);
    if (problem === undefined) return undefined;
    const { place, reason } = problem;
    const shown = place.length > 200 ? `${place.slice(0, 100)}…${place.slice(-100)}` : place;
    return `\`${name}${shown}\` ${reason}`;
}

/** Refuses a value of this name that would not arrive as it is. */
export function checkValue(name: string, value: unknown): void {
    const problem = problemIn(name, value);
    if (problem !== undefined) throw new ArgumentException(problem);
}

/** The JSON text of something that a helper such as `Query` writes. */
export function written(name: string, value: object): string {
    checkValue(name, value);
    return stringify(value);
}

function problemOf(value: unknown, depth: number): Problem | undefined {
    switch (typeof value) {
        case "string":
            return value.isWellFormed() ? undefined : halved(value);
        case "number":
            return Number.isFinite(value) ? undefined : refusal(`is ${value}, which JSON cannot write`);
        case "bigint":
            return BigInt.asIntN(64, value) === value
                ? undefined
                : refusal("is a whole number beyond 64 bits; send it as a text");
        case "function":
        case "symbol":
            return refusal(`is a ${typeof value}, which JSON cannot write`);
        case "object":
            return value === null ? undefined : problemOfObject(value, depth);
        default:
            return undefined;
    }
}

function problemOfObject(value: object, depth: number): Problem | undefined {
    if (depth >= DEPTH) return refusal(`is nested deeper than ${DEPTH} levels; perhaps it contains itself`);
    if (Array.isArray(value)) return problemOfList(value, depth);
    if ("toJSON" in value && typeof value.toJSON === "function") {
        if (kindOf(value) === "Date" && Number.isNaN(Number(value))) return refusal("is an invalid date");
        return problemOf(value.toJSON(""), depth + 1);
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
        if (boxes.includes(kindOf(value))) return problemOf(value.valueOf(), depth);
        const advice = adviceOn(value);
        if (advice !== undefined) return refusal(`is a ${nameOf(value)}, which JSON cannot write${advice}`);
    }
    for (const key of Object.keys(value)) {
        if (!key.isWellFormed()) return halved(key);
        const problem = problemOf((value as Record<string, unknown>)[key], depth + 1);
        if (problem !== undefined) return { ...problem, place: `.${key}${problem.place}` };
    }
    return undefined;
}

function problemOfList(list: readonly unknown[], depth: number): Problem | undefined {
    for (let index = 0; index < list.length; index++) {
        const value = list[index];
        const problem =
            value === undefined
                ? refusal("is undefined: a list has no place for nothing, only for null")
                : problemOf(value, depth + 1);
        if (problem !== undefined) return { ...problem, place: `[${index}]${problem.place}` };
    }
    return undefined;
}

/** What to do instead with an object whose content is not in its properties; `undefined` for any other object. */
function adviceOn(value: object): string | undefined {
    const kind = kindOf(value);
    if (kind === "Map") return ": use Object.fromEntries(map)";
    if (kind === "Set") return ": use [...set]";
    if (kind === "Promise") return ": await it";
    if (bytesOf(value) !== undefined) return ": use Array.from(numbers), or upload bytes as a file";
    const isHidden = ["RegExp", "Error", "WeakMap", "WeakSet"].includes(kind);
    // Such as Headers, FormData and URLSearchParams.
    return isHidden || Symbol.iterator in value || Symbol.asyncIterator in value || value instanceof Blob
        ? ""
        : undefined;
}

function nameOf(value: object): string {
    return value.constructor?.name || "object";
}

function halved(text: string): Problem {
    const [half] = /\p{Surrogate}/u.exec(text) ?? [""];
    const unit = half.charCodeAt(0).toString(16).toUpperCase();
    return refusal(`has half of a character, U+${unit}: a text was cut inside of an emoji or the like`);
}

function refusal(reason: string): Problem {
    return { place: "", reason };
}

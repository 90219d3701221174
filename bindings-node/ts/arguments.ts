// From what a caller wrote to parameters by name: one object, or the older positional arguments.

import { refuse } from "./native";
import { type AnyOptions, isOptions } from "./options";
import { writeJson } from "./params";

/** What a method takes; generated beside each method. */
export interface Signature {
    /** Parameters that may be sent as null. For all others null means absent. */
    nullable?: readonly string[];
    /** Wire names of the parameters that have another name here. */
    wire?: Readonly<Record<string, string>>;
    /** The first parameter is an object itself, so an object alone does not distinguish the two styles. */
    takesObject?: true;
}

/** The arguments of one call. */
export interface Arguments {
    params: Record<string, unknown>;
    options: AnyOptions | undefined;
}

/** Recognizes the style and brings both into one form. `names` are the parameters in positional order. */
export function readArguments(args: readonly unknown[], names: readonly string[], signature?: Signature): Arguments {
    const first = args[0];
    if (names.length === 0) return { params: {}, options: first as AnyOptions };
    if (isNamed(first, names, signature)) return { params: first, options: args[1] as AnyOptions };
    if (first === undefined && args.length === 2 && isOptions(args[1])) return { params: {}, options: args[1] };
    const params: Record<string, unknown> = {};
    for (let index = 0; index < names.length && index < args.length; index++) {
        params[names[index]!] = args[index];
    }
    return { params, options: args[names.length] as AnyOptions };
}

/** Whether an argument is an object of named parameters. */
function isNamed(
    value: unknown,
    names: readonly string[],
    signature: Signature | undefined,
): value is Record<string, unknown> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    if (!signature?.takesObject) return true;
    // `updatePrefs({ prefs: {…} })` or `updatePrefs({ theme: "dark" })`? Named means: nothing but parameters, and the
    // first one is there and is an object.
    const inner = (value as Record<string, unknown>)[names[0]!];
    return typeof inner === "object" && Object.keys(value).every((name) => names.includes(name));
}

/** Writes parameters as JSON under their wire names, without what is absent. */
export function writeParams(operation: string, params: Record<string, unknown>, signature?: Signature): string {
    let plain = signature?.wire === undefined;
    for (const name in params) if (params[name] === null) plain = false;
    return writeJson(operation, plain ? params : onWire(operation, params, signature));
}

function onWire(
    operation: string,
    params: Record<string, unknown>,
    signature: Signature | undefined,
): Record<string, unknown> {
    const { nullable = [], wire = {} } = signature ?? {};
    const written: Record<string, unknown> = {};
    for (const name in params) {
        const wireName = Object.hasOwn(wire, name) ? wire[name]! : name;
        const value = params[name];
        // A parameter that has another name here may be called by its own, too.
        if (value === null && !nullable.some((each) => each === name || wire[each] === name)) continue;
        if (value === undefined && Object.hasOwn(written, wireName)) continue;
        if (written[wireName] !== undefined) throw refuse(operation, `\`${wireName}\` is given twice`);
        written[wireName] = value;
    }
    return written;
}

// Operators that know what they change.

import { Operator } from "../generated/operator";

declare const changes: unique symbol;

/** A change that the server makes to a value of this type. Only {@link Operators} make one. */
export type Operation<T> = string & { readonly [changes]: T };

type Numeric = number | bigint;

/** `Operator` with the types of what it changes. */
export interface Operators {
    /** Adds to a number; the result stays at or below `max`. */
    increment: (value?: Numeric, max?: Numeric) => Operation<Numeric>;
    /** Subtracts from a number; the result stays at or above `min`. */
    decrement: (value?: Numeric, min?: Numeric) => Operation<Numeric>;
    /** Multiplies a number; the result stays at or below `max`. */
    multiply: (factor: Numeric, max?: Numeric) => Operation<Numeric>;
    /** Divides a number; the result stays at or above `min`. */
    divide: (divisor: Numeric, min?: Numeric) => Operation<Numeric>;
    /** The rest of a division. */
    modulo: (divisor: Numeric) => Operation<Numeric>;
    /** Raises a number to a power; the result stays at or below `max`. */
    power: (exponent: Numeric, max?: Numeric) => Operation<Numeric>;
    /** Turns true into false and false into true. */
    toggle: () => Operation<boolean>;
    /** Adds elements to the end of a list. */
    arrayAppend: <T>(values: T[]) => Operation<T[]>;
    /** Adds elements to the beginning of a list. */
    arrayPrepend: <T>(values: T[]) => Operation<T[]>;
    /** Puts an element into a list. */
    arrayInsert: <T>(index: number, value: T) => Operation<T[]>;
    /** Takes an element out of a list. */
    arrayRemove: <T>(value: T) => Operation<T[]>;
    /** Takes what a list repeats out of it. */
    arrayUnique: () => Operation<never[]>;
    /** Keeps of a list what is among these elements. */
    arrayIntersect: <T>(values: T[]) => Operation<T[]>;
    /** Keeps of a list what is not among these elements. */
    arrayDiff: <T>(values: T[]) => Operation<T[]>;
    /** Adds to the end of a text. */
    stringConcat: (text: string) => Operation<string>;
    /** Replaces a text within a text. */
    stringReplace: (search: string, replace: string) => Operation<string>;
    /** Moves a date by days into the future. */
    dateAddDays: (days: number) => Operation<string>;
    /** Moves a date by days into the past. */
    dateSubDays: (days: number) => Operation<string>;
    /** The server's time. */
    dateSetNow: () => Operation<string>;
}

/** What may be written into a column: a value, or what the server makes of the value that is there. */
type Written<T> =
    | T
    | (Extract<T, Numeric> extends never ? never : Operation<Numeric>)
    | (Extract<T, boolean> extends never ? never : Operation<boolean>)
    | (Extract<T, string> extends never ? never : Operation<string>)
    | (Extract<T, readonly unknown[]> extends never ? never : Operation<Extract<T, readonly unknown[]>>);

/** Changes of a row, with operators. */
export type WithOperators<Changes> = { [Key in keyof Changes]: Written<Changes[Key]> };

/** `Operator`, with types. */
export const operators = Operator as unknown as Operators;

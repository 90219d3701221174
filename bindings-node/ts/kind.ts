/**
 * What an object is made of, of any realm: `Map`, `Date`, `ArrayBuffer`, and `Object` for all that have no such kind. Test
 * runners give this package a realm of its own, so `instanceof` does not find that out.
 */
export function kindOf(value: object): string {
    return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

/** Whether a value is an error of any realm. */
export function isError(value: unknown): value is Error {
    return typeof value === "object" && value !== null && kindOf(value) === "Error";
}

/** The bytes of a value that is nothing else, of any realm; `undefined` for all other values. */
export function bytesOf(value: unknown): Uint8Array | undefined {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (typeof value !== "object" || value === null) return undefined;
    return /^(Shared)?ArrayBuffer$/.test(kindOf(value)) ? new Uint8Array(value as ArrayBuffer) : undefined;
}

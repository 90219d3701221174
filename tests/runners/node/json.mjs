// JSON with exact integers: the plan marks them, reports write them as numbers.

/** A value of the plan with its marked integers as `bigint`s. */
export function exact(value) {
    if (Array.isArray(value)) return value.map(exact);
    if (value === null || typeof value !== "object") return value;
    if ("@integer" in value) return BigInt(value["@integer"]);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exact(item)]));
}

/** JSON of anything that a call returns; `undefined` is null, bytes are marked. */
export function write(value) {
    if (value === undefined || value === null) return "null";
    if (typeof value === "bigint") return value.toString();
    if (typeof value?.toJSON === "function") return write(value.toJSON());
    if (value instanceof ArrayBuffer) return write(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return JSON.stringify({ "@bytes": base64Of(value) });
    if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
    if (typeof value !== "object") return JSON.stringify(value);
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== "function");
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${write(item)}`).join(",")}}`;
}

/** The bytes of a text in base64. */
export function bytesOf(base64) {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function base64Of({ buffer, byteOffset, byteLength }) {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

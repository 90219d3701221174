/** Random digits in hexadecimal. */
export function randomDigits(count: number): string {
    const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(count / 2)));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
        .join("")
        .slice(0, count);
}

// What a program has of a request that it serves: headers and cookies, as frameworks hand them out.

import { ArgumentException } from "./generated/exceptions";

/** Headers of a request: `Headers` of the web, or an object as Node's http and Appwrite Functions have it. */
export type IncomingHeaders =
    Iterable<readonly [string, string]> | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A cookie as frameworks hand it out. */
type IncomingCookie = string | { readonly value: string } | readonly string[] | null | undefined;

/**
 * Cookies of a request: the text of the `Cookie` header; headers; cookies by name; or what has a `get` for either, such as
 * `Headers`, a `Map` and `await cookies()` of Next.js. `null` and `undefined` stand for none.
 */
export type IncomingCookies =
    string | null | undefined | { get(name: string): IncomingCookie } | Readonly<Record<string, IncomingCookie>>;

/** Headers as pairs of name and text. */
export function headerPairs(headers: IncomingHeaders | undefined, advice: string): [string, string][] {
    if (typeof headers !== "object" || headers === null) {
        throw new ArgumentException(`the request has no headers; ${advice}`);
    }
    const pairs: Iterable<readonly [string, unknown]> = Symbol.iterator in headers ? headers : Object.entries(headers);
    return Array.from(pairs).filter((pair): pair is [string, string] => typeof pair[1] === "string");
}

/** What is found under the names that a visitor's session may have, as pairs of name and text. */
export function sessionPairs(cookies: IncomingCookies, names: () => readonly string[]): [string, string][] {
    if (cookies === undefined || cookies === null) return [];
    if (typeof cookies === "string") return [["cookie", cookies]];
    if (typeof cookies !== "object" || "then" in cookies) {
        throw new ArgumentException(
            "Client.withSessionOf: takes a Cookie header, headers or cookies; `await` what is a promise",
        );
    }
    const byName = cookies as Readonly<Record<string, IncomingCookie>>;
    const read = isReader(cookies)
        ? (name: string) => cookies.get(name)
        : (name: string) => (Object.hasOwn(byName, name) ? byName[name] : undefined);
    // `Headers` refuses to be asked for what cannot be the name of a header.
    const isHeaders = Object.prototype.toString.call(cookies) === "[object Headers]";
    return (isHeaders ? ["cookie"] : names()).flatMap((name) => {
        const text = textOf(read(name));
        return text === undefined ? [] : [[name, text]];
    });
}

function isReader(cookies: object): cookies is { get(name: string): IncomingCookie } {
    return "get" in cookies && typeof cookies.get === "function";
}

function textOf(cookie: IncomingCookie): string | undefined {
    if (Array.isArray(cookie)) return cookie.join("; ");
    const value: unknown = typeof cookie === "object" && cookie !== null && "value" in cookie ? cookie.value : cookie;
    return typeof value === "string" ? value : undefined;
}

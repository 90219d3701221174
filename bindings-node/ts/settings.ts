import { ConfigurationException } from "./error";
import { type HeaderSettings, type LimitSettings, headerSettings, limits } from "./generated/settings";

/** How failed attempts are repeated. */
export interface RetrySettings {
    /** How often a failed attempt is repeated where that is safe. Default 3; 0 for never. */
    max?: number;
    /** The longest first wait in milliseconds; it doubles with each attempt. Default 250. */
    baseDelay?: number;
    /** The longest wait that is our own choice, in milliseconds. Default 8,000. */
    maxDelay?: number;
    /** The longest wait that the server may ask for, in milliseconds; a longer one ends the call. Default 60,000. */
    maxServerDelay?: number;
}

/** Everything that a client can be told. What is absent stays as it is, `null` goes back to the default. */
export interface ClientSettings extends HeaderSettings, LimitSettings {
    /** Where the API is, such as `https://appwrite.example.com/v1`. Default: Appwrite Cloud. */
    endpoint?: string | null;
    /** Whether the server is self-hosted. Default: every endpoint outside `appwrite.io` is. */
    selfHosted?: boolean | null;
    /**
     * Accepts any certificate. For development only. Default `false`, but `true` where the environment variable
     * NODE_TLS_REJECT_UNAUTHORIZED is `0` when the client is made.
     */
    selfSigned?: boolean | null;
    /** Certificates to trust beside the system's, as PEM text. */
    caCertificates?: string | null;
    /** Version of the answers' format. Default: the newest that this release knows. */
    responseFormat?: string | null;
    /** More headers for every call; each one replaces the one of that name, `null` removes it. */
    headers?: Record<string, string | null>;
    /** A proxy for every call, such as `http://user:password@proxy:8080`. Default: `HTTPS_PROXY` and its family. */
    proxy?: string | null;
    /** Name of your program, for the user agent. */
    appName?: string | null;
    /**
     * How long one attempt may wait for the answer to begin, in milliseconds. Default 40,000. While a large body is sent,
     * it counts from the last piece on.
     */
    timeout?: number | null;
    /** How long connecting may take, in milliseconds, TLS included. Default 10,000. */
    connectTimeout?: number | null;
    /** How long the next bytes of a body may take, in milliseconds. Default 30,000. */
    idleTimeout?: number | null;
    /** How failed attempts are repeated. */
    retries?: RetrySettings;
    /** Never uses HTTP/2. Default `false`. */
    http1Only?: boolean | null;
}

const types = new Map([
    ...Object.keys(headerSettings).map((name) => [name, "string"] as const),
    ...Object.keys(limits).map((name) => [name, "number"] as const),
    ["endpoint", "string"],
    ["selfHosted", "boolean"],
    ["selfSigned", "boolean"],
    ["caCertificates", "string"],
    ["responseFormat", "string"],
    ["headers", "object"],
    ["proxy", "string"],
    ["appName", "string"],
    ["timeout", "number"],
    ["connectTimeout", "number"],
    ["idleTimeout", "number"],
    ["retries", "object"],
    ["http1Only", "boolean"],
]);
const retrySettings = ["max", "baseDelay", "maxDelay", "maxServerDelay"];

/**
 * Refuses values of the wrong type, and has settings that do not exist refused. Never shows a value: it may be a secret.
 */
export function checkSettings(settings: ClientSettings, refuseUnknown: (name: string) => void): void {
    if (typeof settings !== "object" || settings === null) {
        throw new ConfigurationException("the client's settings must be an object");
    }
    for (const [name, value] of Object.entries(settings)) {
        const type = types.get(name);
        if (type === undefined) refuseUnknown(name);
        else checkType(name, value, type);
    }
}

function checkType(name: string, value: unknown, type: string): void {
    if (value === undefined || value === null) return;
    if (typeof value !== type || Array.isArray(value)) {
        const found = Array.isArray(value) ? "list" : typeof value;
        throw new ConfigurationException(`the client's \`${name}\` must be a ${type}, not a ${found}`);
    }
    if (type === "number" && !(Number.isFinite(value) && (value as number) >= 0)) {
        throw new ConfigurationException(`the client's \`${name}\` must be a finite number that is not negative`);
    }
    if (Object.hasOwn(limits, name) && !isLimit(name, value)) {
        throw new ConfigurationException(`the client's \`${name}\` must be ${limits[name]!.wanted}`);
    }
    if (name === "retries") checkRetries(value);
    if (name === "headers") {
        // What can be iterated, such as `Headers` and a `Map`, has its texts elsewhere, and they would be lost.
        if (Symbol.iterator in Object(value))
            throw new ConfigurationException("the client's `headers` must be a plain object");
        for (const [header, text] of Object.entries(value)) checkType(`headers.${header}`, text, "string");
    }
}

/** Whether a value can be the limit of that name. */
export function isLimit(name: string, value: unknown): boolean {
    const fits = limits[name]!.whole ? Number.isSafeInteger : Number.isFinite;
    return fits(value) && (value as number) > 0;
}

function checkRetries(retries: object): void {
    for (const [name, value] of Object.entries(retries)) {
        if (!retrySettings.includes(name))
            throw new ConfigurationException(`a client's \`retries\` have no \`${name}\``);
        checkType(`retries.${name}`, value, "number");
    }
}

// A client's settings.

import { ConfigurationException } from "./generated/exceptions";
import {
    type HeaderSettings,
    type LimitSettings,
    type PlainSettings,
    type RetrySettings,
    headerSettings,
    limits,
    plainSettings,
    retrySettings,
} from "./generated/settings";

/** All settings of a client. What is absent stays as it is, `null` restores the default. */
export interface ClientSettings extends PlainSettings, HeaderSettings, LimitSettings {
    /** More headers for every call; each one replaces the one of that name, `null` removes it. */
    headers?: Record<string, string | null>;
    /** How failed attempts are repeated. */
    retries?: RetrySettings;
}

const types = new Map([
    ...Object.keys(headerSettings).map((name) => [name, "string"] as const),
    ...Object.keys(limits).map((name) => [name, "number"] as const),
    ...Object.entries(plainSettings),
    ["headers", "object"],
    ["retries", "object"],
]);

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
function isLimit(name: string, value: unknown): boolean {
    // The core refuses 0.
    return limits[name]!.whole ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function checkRetries(retries: object): void {
    for (const [name, value] of Object.entries(retries)) {
        if (!retrySettings.includes(name))
            throw new ConfigurationException(`a client's \`retries\` have no \`${name}\``);
        checkType(`retries.${name}`, value, "number");
    }
}

// A client's settings.

import { ArgumentException, ConfigurationException } from "./generated/exceptions";
import type { HeaderSettings, LimitSettings, PlainSettings, RetrySettings } from "./generated/settings";
import { checkValue } from "./lossless";

/** All settings of a client. What is absent stays as it is, `null` restores the default. */
export interface ClientSettings extends PlainSettings, HeaderSettings, LimitSettings {
    /** More headers for every call; each one replaces the one of that name, `null` removes it. */
    headers?: Record<string, string | null>;
    /** How often failed attempts are retried, as for one call, or how that is done. */
    retries?: number | RetrySettings;
}

/**
 * Refuses what JSON would not bring to the core, which checks the rest; `refuseUnknown` gets the names of what JSON leaves
 * out. Never shows a value: it may be a secret.
 */
export function checkSettings(settings: ClientSettings, refuseUnknown: (names: object) => void): void {
    if (typeof settings !== "object" || settings === null) {
        throw new ConfigurationException("the client's settings must be an object");
    }
    const entries: [string, unknown][] = Object.entries(settings);
    const left = entries.filter(([name, value]) => name !== "headers" && name !== "retries" && isLeftOut(value));
    if (left.length > 0) refuseUnknown(Object.fromEntries(left.map(([name]) => [name, null])));
    for (const [name, value] of entries) {
        try {
            checkValue(name, value);
        } catch (error) {
            throw error instanceof ArgumentException
                ? new ConfigurationException(`the setting ${error.message}`)
                : error;
        }
    }
}

function isLeftOut(value: unknown): boolean {
    return value === undefined || typeof value === "function" || typeof value === "symbol";
}

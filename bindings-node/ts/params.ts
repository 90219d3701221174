// Parameters as JSON.

import { ArgumentException } from "./generated/exceptions";
import { stringify } from "./json";
import { checkValue } from "./lossless";
import { refuse } from "./native";

/** Writes JSON; refuses what would not arrive as it is. */
export function writeJson(operation: string, params: Record<string, unknown>): string {
    checkParams(operation, params);
    return stringify(params);
}

/** Refuses what would not arrive as it is. */
export function checkParams(operation: string, params: Record<string, unknown>): void {
    try {
        for (const name in params) checkValue(name, params[name]);
    } catch (error) {
        throw error instanceof ArgumentException ? refuse(operation, error.message) : error;
    }
}

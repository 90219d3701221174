import { parseExact, stringify } from "./json";
import { type Outcome, Tag, valueOf } from "./native";

const toString: PropertyDescriptor = {
    value(this: unknown) {
        return stringify(this);
    },
    writable: true,
    configurable: true,
};

/** Turns an answer into a value. Objects print themselves as JSON in texts, as node-appwrite's do. */
export function decode(outcome: Outcome): any {
    const value = valueOf(outcome);
    if (value === "") return {};
    const answer = outcome.tag === Tag.bigText ? parseExact(value) : JSON.parse(value);
    if (typeof answer === "object" && answer !== null && !Object.hasOwn(answer, "toString")) {
        Object.defineProperty(answer, "toString", toString);
    }
    return answer;
}

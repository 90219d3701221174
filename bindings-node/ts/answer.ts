import { parseMarked, stringify } from "./json";
import { type Outcome, Tag, malformed, valueOf } from "./native";

const toString: PropertyDescriptor = {
    value(this: unknown) {
        return stringify(this);
    },
    writable: true,
    configurable: true,
};

/** Turns an operation's answer into a value. Objects print themselves as JSON in texts, as node-appwrite's do. */
export function decode(operation: string, outcome: Outcome): any {
    const value = valueOf(outcome);
    if (value === "") return {};
    const answer = parse(operation, outcome.tag, value);
    if (typeof answer === "object" && answer !== null && !Object.hasOwn(answer, "toString")) {
        Object.defineProperty(answer, "toString", toString);
    }
    return answer;
}

function parse(operation: string, tag: number, text: string): any {
    try {
        return tag === Tag.bigText ? parseMarked(text) : JSON.parse(text);
    } catch {
        // What is caught may quote a secret.
        throw malformed(operation, text);
    }
}

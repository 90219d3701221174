import { parseMarked, stringify } from "./json";
import { hideSecrets, withoutSecrets } from "./secrets";
import { type Outcome, Tag, malformed, valueOf } from "./native";

const toString: PropertyDescriptor = {
    value(this: unknown) {
        return stringify(this);
    },
    writable: true,
    configurable: true,
};

const toStringWithoutSecrets: PropertyDescriptor = {
    value(this: unknown) {
        return stringify(withoutSecrets(this));
    },
    writable: true,
    configurable: true,
};

/** Turns an operation's answer into a value. In texts objects are JSON, as node-appwrite's are, but for secrets. */
export function decode(operation: string, outcome: Outcome): any {
    const value = valueOf(outcome);
    if (value === "") return {};
    const answer = parse(operation, outcome.tag, value);
    if (typeof answer === "object" && answer !== null) {
        const written = hideSecrets(operation, answer) ? toStringWithoutSecrets : toString;
        if (!Object.hasOwn(answer, "toString")) Object.defineProperty(answer, "toString", written);
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

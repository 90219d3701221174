import { stringify } from "./json";
import { hideSecrets, withoutSecrets } from "./secrets";
import { type Outcome, valueOf } from "./call";
import { Tag, malformed, parseBig } from "./native";

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

/** Decodes an operation's response. As text, objects are JSON, as node-appwrite's are, but without secrets. */
export function decode(operation: string, outcome: Outcome): any {
    const value = valueOf(outcome);
    if (value === "") return {};
    const response = parse(operation, outcome.tag, value);
    if (typeof response === "object" && response !== null) {
        const written = hideSecrets(operation, response) ? toStringWithoutSecrets : toString;
        if (!Object.hasOwn(response, "toString")) Object.defineProperty(response, "toString", written);
    }
    return response;
}

function parse(operation: string, tag: number, text: string): any {
    try {
        return tag === Tag.bigText ? parseBig(text) : JSON.parse(text);
    } catch {
        // What is caught may quote a secret.
        throw malformed(operation, text);
    }
}

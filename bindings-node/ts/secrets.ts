// Printing hides secrets; what a program sends on purpose, `JSON.stringify` first of all, has them.

import { type SecretModel, secretModels, secretResponses } from "./generated/secrets";

const inspected = Symbol.for("nodejs.util.inspect.custom");

/** The models of one definition that hold secrets, and the operations that respond with them. */
interface Secrets {
    models: Readonly<Record<string, SecretModel>>;
    responses: Readonly<Record<string, string>>;
}

let own: Secrets | undefined;
const ofOthers = new Map<string, Secrets | (() => Secrets)>();
const hooks = new Map<SecretModel, PropertyDescriptor>();

/** The property that has `console.log` and its relatives show an object without the values of these members. */
export function printing(secrets: readonly string[]): PropertyDescriptorMap {
    return { [inspected]: hook(secrets) };
}

/** Has an operation's response hide secrets when it, or an object within, is printed. Says whether there are any. */
export function hideSecrets(operation: string, response: object): boolean {
    const { models, responses } = secretsOf(operation);
    const model = responses[operation];
    if (model === undefined) return false;
    hideIn(response, models[model]!, models);
    return true;
}

/** Has an object of a model hide secrets when it, or an object within, is printed. */
export function hideSecretsOf(model: string, value: unknown): void {
    const { models } = ownSecrets();
    const known = models[model];
    if (known !== undefined) hideIn(value, known, models);
}

/** Hides the secrets of another definition, whose operations have names that begin with `home` and `#`. */
export function hideAsWell(home: string, secrets: () => Secrets): void {
    ofOthers.set(home, secrets);
}

function ownSecrets(): Secrets {
    return (own ??= { models: secretModels(), responses: secretResponses() });
}

function secretsOf(operation: string): Secrets {
    const end = operation.indexOf("#");
    const found = end < 0 ? undefined : ofOthers.get(operation.slice(0, end));
    if (typeof found !== "function") return found ?? ownSecrets();
    const made = found();
    ofOthers.set(operation.slice(0, end), made);
    return made;
}

/** A copy without secrets, for texts. */
export function withoutSecrets(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutSecrets);
    if (typeof value !== "object" || value === null) return value;
    const hidden = (value as { [inspected]?(): object })[inspected]?.() ?? value;
    return Object.fromEntries(Object.entries(hidden).map(([name, inner]) => [name, withoutSecrets(inner)]));
}

function hideIn(value: unknown, model: SecretModel, models: Readonly<Record<string, SecretModel>>): void {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
        for (const item of value) hideIn(item, model, models);
        return;
    }
    const members = value as Record<string, unknown>;
    if (model.secrets.some((name) => members[name])) Object.defineProperty(value, inspected, hookOf(model));
    for (const name in model.within) {
        hideIn(members[name], models[model.within[name]!]!, models);
    }
}

/** One for all objects of a model. */
function hookOf(model: SecretModel): PropertyDescriptor {
    let known = hooks.get(model);
    if (known === undefined) hooks.set(model, (known = hook(model.secrets)));
    return known;
}

function hook(secrets: readonly string[]): PropertyDescriptor {
    return {
        value(this: object) {
            const shown: Record<string, unknown> = { ...this };
            for (const name of secrets) if (shown[name]) shown[name] = "[redacted]";
            return shown;
        },
        writable: true,
        configurable: true,
    };
}

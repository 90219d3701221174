// Printing hides secrets; what a program sends on purpose, `JSON.stringify` first of all, has them.

import { type SecretModel, secretModels, secretResponses } from "./generated/secrets";

const inspected = Symbol.for("nodejs.util.inspect.custom");
let responses: ReturnType<typeof secretResponses> | undefined;
let models: ReturnType<typeof secretModels> | undefined;
const hooks = new Map<SecretModel, PropertyDescriptor>();

/** The property that has `console.log` and its relatives show an object without the values of these members. */
export function printing(secrets: readonly string[]): PropertyDescriptorMap {
    return { [inspected]: hook(secrets) };
}

/** Has an operation's response hide secrets when it, or an object within, is printed. Says whether there are any. */
export function hideSecrets(operation: string, response: object): boolean {
    responses ??= secretResponses();
    const model = responses[operation];
    if (model === undefined) return false;
    hideSecretsOf(model, response);
    return true;
}

/** Has an object of a model hide secrets when it, or an object within, is printed. */
export function hideSecretsOf(model: string, value: unknown): void {
    models ??= secretModels();
    const known = models[model];
    if (known !== undefined) hideIn(value, known, models);
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

// How a client shows its settings: as headers, and under the names that node-appwrite gives them.

import type { Client } from "./client";
import { type HeaderSettings, headerSettings } from "./generated/settings";
import { type NativeClient, describe } from "./native";
import { printing } from "./secrets";
import type { ClientSettings } from "./settings";

/** How node-appwrite writes the headers that calls send in lower case. */
const spellings = new Map(
    [...Object.values(headerSettings).map(({ header }) => header), "X-Appwrite-Response-Format"].map((header) => [
        header.toLowerCase(),
        header,
    ]),
);

/** The settings by the names that node-appwrite gives them. */
const officialNames = new Map(Object.keys(headerSettings).map((name) => [name.toLowerCase(), name]));

/** The headers that every call sends. Printing them shows no secret. */
export function headersOf(native: NativeClient): Record<string, string> {
    const spelled = (name: string) => spellings.get(name) ?? name;
    const { headers: sent, hidden } = describe(native);
    // Inherited: what makes a request of an object's own members may refuse those that are not texts.
    const headers: Record<string, string> = Object.create(
        Object.create(Object.prototype, printing(hidden.map(spelled))),
    );
    for (const [name, value] of Object.entries(sent)) headers[spelled(name)] = value;
    return headers;
}

/** The headers that every call sends, to be read, assigned and deleted. */
export function headersView(client: Client, native: NativeClient): Record<string, string> {
    return new Proxy(headersOf(native), {
        get: (headers, name) => Reflect.get(headers, name) ?? Reflect.get(headers, String(name).toLowerCase()),
        set: (_headers, name, value) => Boolean(client.configure(settingsFor(String(name), value))),
        getPrototypeOf: () => Object.prototype,
        deleteProperty: (_headers, name) => Boolean(client.configure(settingsFor(String(name), null))),
    });
}

/** The settings that give a header a value, or none. */
function settingsFor(name: string, value: string | null): ClientSettings {
    const lower = name.toLowerCase();
    const found = Object.entries(headerSettings).find(([, { header }]) => header.toLowerCase() === lower);
    const [setting, { prefix }] = found ?? ["", { prefix: "" }];
    const isSetting = found && (value === null || (typeof value === "string" && value.startsWith(prefix)));
    if (!isSetting) return { headers: { [name]: value } };
    // What was added under the same name would win.
    return { [setting]: value?.slice(prefix.length) ?? null, headers: { [name]: null } };
}

/** Settings under the names that node-appwrite gives them; empty texts for what is not set. */
export type OfficialConfig = { endpoint: string; selfSigned: boolean } & Record<
    Lowercase<keyof HeaderSettings>,
    string
>;

/** The settings under the names that node-appwrite gives them, to be read and assigned. */
export function configView(client: Client, native: NativeClient): OfficialConfig {
    const { endpoint, selfSigned, headers } = describe(native);
    const config: Record<string, any> = { endpoint, selfSigned };
    for (const [lower, name] of officialNames) {
        const { header, prefix, secret } = headerSettings[name]!;
        const text = headers[header.toLowerCase()] ?? "";
        const value = text.startsWith(prefix) ? text.slice(prefix.length) : "";
        // Visible to code that reads a setting by its name, hidden from code that prints the whole.
        if (secret) Object.defineProperty(config, lower, { get: () => value, configurable: true });
        else config[lower] = value;
    }
    const set = (_config: object, name: string | symbol, value: unknown) =>
        Boolean(client.configure(settingsOf({ [String(name)]: value })));
    return new Proxy<OfficialConfig>(config as OfficialConfig, { set });
}

/** Settings that have the names that node-appwrite gives them. */
export function settingsOf(config: Record<string, unknown>): ClientSettings {
    return Object.fromEntries(Object.entries(config).map(([name, value]) => [officialNames.get(name) ?? name, value]));
}

// How a client shows its settings: as headers, and under the names that node-appwrite gives them.

import { type HeaderSettings, headerSettings } from "./generated/settings";
import { type NativeClient, identity } from "./native";
import type { ClientSettings } from "./settings";

/** The headers of a client's settings; those without a header of their own are left out. */
export function headersOf(settings: ClientSettings): Record<string, string> {
    const headers: Record<string, string> = {
        "x-sdk-name": identity.name,
        "x-sdk-platform": identity.platform,
        "x-sdk-language": identity.language,
        "x-sdk-version": identity.version,
    };
    for (const [name, { header, prefix }] of Object.entries(headerSettings)) {
        const value = settings[name as keyof ClientSettings];
        if (value) headers[header] = `${prefix}${value}`;
    }
    for (const [name, value] of Object.entries(settings.headers ?? {})) {
        if (value !== null) headers[name] = value;
    }
    return headers;
}

/** Settings under the names that node-appwrite gives them; empty texts for what is not set. */
export type OfficialConfig = { endpoint: string; selfSigned: boolean } & Record<
    Lowercase<keyof HeaderSettings>,
    string
>;

/** The settings with lower-case names and empty texts for what is not set, and the way back from these names. */
export function officialConfig(
    settings: ClientSettings,
    native: NativeClient,
): { config: OfficialConfig; settingOf: (name: string) => string } {
    const names = new Map(Object.keys(headerSettings).map((name) => [name.toLowerCase(), name]));
    const config: Record<string, any> = { endpoint: native.endpoint(), selfSigned: settings.selfSigned ?? false };
    for (const [lower, name] of names) config[lower] = settings[name as keyof ClientSettings] ?? "";
    config["project"] ||= native.project() ?? "";
    // Seen only by who asks for a setting by its name, never by who prints the whole.
    for (const [lower, name] of names) {
        if (headerSettings[name]?.secret) Object.defineProperty(config, lower, { enumerable: false });
    }
    return { config: config as OfficialConfig, settingOf: (name) => names.get(name) ?? name };
}

/** The settings without those that say who makes the calls. */
export function withoutCredentials(settings: ClientSettings): ClientSettings {
    const says = (name: string) => headerSettings[name]?.secret || name.startsWith("impersonate");
    const kept = Object.entries(settings).filter(([name]) => !says(name));
    return { ...Object.fromEntries(kept), headers: { ...settings.headers } };
}

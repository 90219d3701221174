import type { InspectOptions, inspect } from "node:util";
import { type OfficialConfig, configView, headersOf, headersView, settingsOf } from "./client-view";
import { acceptsAnyCertificate } from "./environment";
import { ArgumentException, ConfigurationException } from "./generated/exceptions";
import { Setters, chunkSize } from "./generated/settings";
import { host } from "./host";
import { type IncomingCookies, type IncomingHeaders, headerPairs, sessionPairs } from "./incoming";
import { perform, queue, valueOf } from "./call";
import { type NativeClient, change, describe, extraCertificates, isWebAssembly, newClient } from "./native";
import type { UploadProgress } from "./progress";
import { type PreparedRequest, RawCall, type RawParams, flatten } from "./raw-call";
import { type ClientSettings, checkSettings } from "./settings";
import { type Hooks, type LogLevel, type Logger, watchOf } from "./watch";

/** The native client behind a client. For this package only. */
export let nativeOf: (client: Client) => NativeClient;

/** A client whose calls belong to a transaction that the native layer has a number for. For this package only. */
export let within: (client: Client, transaction: number) => Client;

/**
 * Makes calls for one project with one set of credentials.
 *
 * Clients are cheap: all of a process that connect alike share their connections. Credentials are never shared, so make
 * one client per user: `client.withSession(secret)`.
 */
export class Client extends Setters {
    /** Bytes per chunk of an upload. The server's own, not a matter of taste. */
    static readonly CHUNK_SIZE: number = chunkSize;

    #native: NativeClient;
    #hooks: Hooks = {};
    #logger: [logger: Logger | undefined, level: LogLevel | undefined] = [undefined, undefined];

    static {
        within = (client, transaction) => client.#changed({ transaction });
        nativeOf = (client) => {
            if (typeof client === "object" && client !== null && #native in client) return client.#native;
            throw new ArgumentException(
                "a service needs a Client of polywrite itself: not a proxy of one, nor one of another copy of the package",
            );
        };
    }

    /** A client for Appwrite Cloud unless the settings or setters say otherwise. */
    constructor(settings?: ClientSettings) {
        super();
        this.#native = newClient(queue());
        if (settings !== undefined) this.configure(settings);
    }

    /**
     * A client from environment variables; `settings` win over them.
     *
     * Reads APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY, and what Appwrite gives its functions and
     * sites (APPWRITE_FUNCTION_API_ENDPOINT, APPWRITE_FUNCTION_PROJECT_ID, …). Throws when neither they nor `settings`
     * name the endpoint and the project; with an `organization` there needs to be no project.
     */
    static fromEnv(settings?: ClientSettings): Client {
        const client = new Client(settings);
        change(client.#native, { environment: host.environment() });
        return client;
    }

    /**
     * A client for the inside of an Appwrite Function that acts as the function, with the dynamic key of the request;
     * settings from the environment. The caller of the function makes no difference.
     */
    static fromFunction(request: { headers: IncomingHeaders }, settings?: ClientSettings): Client {
        return Client.#fromFunction(request, settings, false);
    }

    /** As {@link fromFunction}, but acts as the user who called the function; as a guest when no user is signed in. */
    static fromFunctionUser(request: { headers: IncomingHeaders }, settings?: ClientSettings): Client {
        return Client.#fromFunction(request, settings, true);
    }

    static #fromFunction(
        request: { headers: IncomingHeaders },
        settings: ClientSettings | undefined,
        asUser: boolean,
    ): Client {
        const headers = headerPairs(request?.headers, "pass the function's `req`");
        return Client.fromEnv(settings).#changed({ function: { headers, user: asUser } });
    }

    /**
     * A client for server-side rendering: settings from the environment, and only the session that a browser's cookies
     * have for the project; see {@link withSessionOf}.
     */
    static fromCookies(cookies: IncomingCookies, settings?: ClientSettings): Client {
        return Client.fromEnv(settings).withSessionOf(cookies);
    }

    /** Sets where the API is, such as `https://appwrite.example.com/v1`. */
    setEndpoint(endpoint: string): this {
        return this.#set("setEndpoint", "endpoint", endpoint, "string");
    }

    /**
     * Accepts any certificate, for development. Default `false`, but `true` where NODE_TLS_REJECT_UNAUTHORIZED is `0`. For
     * a CA of your own: `caCertificates`.
     */
    setSelfSigned(selfSigned: boolean = true): this {
        return this.#set("setSelfSigned", "selfSigned", selfSigned, "boolean");
    }

    /** Adds a header to every call. */
    addHeader(header: string, value: string): this {
        if (typeof header !== "string" || typeof value !== "string") {
            throw new ConfigurationException("addHeader: takes two texts, the header's name and its value");
        }
        return this.configure({ headers: { [header]: value } });
    }

    /**
     * Has these functions hear of every attempt of this client's calls, and of those of clients made of it; no others than
     * these. Without any, nothing is heard.
     */
    setHooks(hooks: Hooks): this {
        this.#hooks = { ...hooks };
        return this.#watch();
    }

    /**
     * Has a logger, such as `console` or pino's, take a line for each attempt. Without a level it is that of the
     * environment variable POLYWRITE_LOG, and `debug` without that; `null` takes the logger away.
     */
    setLogger(logger: Logger | null, level?: LogLevel): this {
        this.#logger = [logger ?? undefined, level];
        return this.#watch();
    }

    #watch(): this {
        this.#native.watch = watchOf(this.#hooks, ...this.#logger);
        return this;
    }

    /** Changes several settings at once. Calls in flight keep the ones that they began with. */
    configure(settings: ClientSettings): this {
        // The core refuses a name that it does not know, whatever its value. This client stays as it is.
        checkSettings(settings, (names) => change(this.#native.copy(), { settings: names }));
        const selfSigned =
            settings.selfSigned === null ? !isWebAssembly() && acceptsAnyCertificate() : settings.selfSigned;
        const retries = typeof settings.retries === "number" ? { max: settings.retries } : settings.retries;
        change(this.#native, { settings: { ...settings, retries, selfSigned } });
        if (settings.caCertificates === undefined || extraCertificates === "") return this;
        // Those that Node trusts stay trusted; added after the client's own have been checked.
        const caCertificates = `${extraCertificates}\n${settings.caCertificates ?? ""}`;
        change(this.#native, { settings: { caCertificates } });
        return this;
    }

    /** A client with these settings and connections, and none of these credentials: a guest. */
    withoutCredentials(): Client {
        return this.#changed({ credential: ["none", ""] });
    }

    /**
     * A client with only the session that a browser's cookies have for this project; a guest without one.
     *
     * Takes the text of a `Cookie` header, the request's headers, an object of cookies by name, or one with a `get`, such
     * as `await cookies()` of Next.js.
     */
    withSessionOf(cookies: IncomingCookies): Client {
        return this.#changed({ session: sessionPairs(cookies, () => describe(this.#native).sessionSources) });
    }

    /** Asks the server for a sign of life, and marks the project as connected. */
    async ping(): Promise<{ message: string }> {
        return { message: valueOf(await perform(this.#native, "client.ping", "", "")) };
    }

    /**
     * Makes a call that has no method of its own.
     *
     * The URL must be below the client's endpoint. Parameters go into the query of a GET, and into a JSON body
     * otherwise. Returns the decoded JSON, `{ message }` with a text, or an ArrayBuffer when `responseType` asks for it.
     */
    async call(
        method: string,
        url: URL,
        headers: Record<string, string> = {},
        params: RawParams = {},
        responseType: "json" | "arrayBuffer" | (string & {}) = "json",
    ): Promise<any> {
        return new RawCall(this.#native, method, url, headers, params).decoded(responseType);
    }

    /** Makes a call whose response is a redirect, and returns its target; the redirect is not followed. */
    async redirect(
        method: string,
        url: URL,
        headers: Record<string, string> = {},
        params: RawParams = {},
    ): Promise<string> {
        return new RawCall(this.#native, method, url, headers, params).location();
    }

    /** Sends the file among the parameters to a URL that takes one; above 5 MiB in chunks. */
    async chunkedUpload(
        method: string,
        url: URL,
        headers: Record<string, string> = {},
        params: RawParams = {},
        onProgress?: (progress: UploadProgress) => void,
    ): Promise<any> {
        return new RawCall(this.#native, method, url, headers, params).upload(onProgress);
    }

    /** The request of a call for programs that send it themselves. It has this client's credentials. */
    prepareRequest(
        method: string,
        url: URL,
        headers: Record<string, string> = {},
        params: RawParams = {},
    ): PreparedRequest {
        return new RawCall(this.#native, method, url, headers, params).prepared(this.getHeaders());
    }

    /** Parameters as a query has them: the items of lists under names of their own, such as `queries[0]`. */
    static flatten(params: RawParams, prefix: string = ""): RawParams {
        return flatten(params, prefix);
    }

    /** A copy of the headers that this client sends, credentials included: handle with care. */
    getHeaders(): Record<string, string> {
        return headersOf(this.#native);
    }

    /** The headers, as {@link getHeaders}; assigning to one changes it, deleting one removes it. */
    get headers(): Record<string, string> {
        return headersView(this, this.#native);
    }

    set headers(headers: Record<string, string>) {
        const present = this.headers;
        for (const name of Object.keys(present)) if (!(name in headers)) delete present[name];
        for (const [name, value] of Object.entries(headers)) if (present[name] !== value) present[name] = value;
    }

    /** The settings under the names that node-appwrite gives them; assigning to one changes it. */
    get config(): OfficialConfig {
        return configView(this, this.#native);
    }

    set config(config: OfficialConfig) {
        this.configure(settingsOf(config));
    }

    protected override put(setter: string, setting: string, value: string): this {
        return this.#set(setter, setting, value, "string");
    }

    protected override only(maker: string, setting: string, value: string): Client {
        return this.withoutCredentials().put(maker, setting, value);
    }

    #set(setter: string, setting: string, value: unknown, type: string): this {
        if (typeof value !== type) {
            throw new ConfigurationException(`Client.${setter}: the ${setting} must be a ${type}, not ${typeof value}`);
        }
        return this.configure({ [setting]: value });
    }

    /** Another client, which is as this one but for what the record says. */
    #changed(record: object): Client {
        const client = new Client();
        client.#native = this.#native.copy();
        client.#native.watch = this.#native.watch;
        [client.#hooks, client.#logger] = [this.#hooks, this.#logger];
        change(client.#native, record);
        return client;
    }

    /** What `JSON.stringify` shows: no credentials. */
    toJSON(): object {
        const { endpoint, project } = describe(this.#native);
        return { endpoint, project };
    }

    /** What `console.log` shows: no credentials. */
    [Symbol.for("nodejs.util.inspect.custom")](_depth: number, options: InspectOptions, show: typeof inspect): string {
        return `Client ${show(this.toJSON(), options)}`;
    }
}

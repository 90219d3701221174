// Requests that a program describes itself: method, URL, headers and parameters.

import { decode } from "./response";
import { arrayBufferOf } from "./download";
import { ArgumentException } from "./generated/exceptions";
import { originOf } from "./input-file";
import { type Outcome, perform, valueOf } from "./call";
import { type NativeClient, Tag } from "./native";
import { writeJson } from "./params";
import type { UploadProgress } from "./progress";
import { upload } from "./upload";

/** What errors of these calls name. */
const RAW_CALL = "client.request";

/** Parameters of a call that has no method of its own. */
export type RawParams = Record<string, any>;

/** A request as the native layer sends it. */
export interface PreparedRequest {
    /** The URL, with the parameters of a GET. */
    uri: string;
    /** What `fetch` takes beside it. */
    options: RequestInit;
}

/** A request that the API definition does not know. */
export class RawCall {
    readonly #native: NativeClient;
    readonly #method: string;
    readonly #url: URL;
    readonly #headers: Record<string, string>;
    readonly #params: RawParams;

    constructor(
        native: NativeClient,
        method: string,
        url: URL | string,
        headers: Record<string, string>,
        params: RawParams,
    ) {
        if (typeof method !== "string") {
            throw new ArgumentException("Client.call: the method must be a text such as `get`");
        }
        if (!URL.canParse(String(url))) throw new ArgumentException("Client.call: the URL is missing or no URL");
        this.#native = native;
        this.#method = method.toUpperCase();
        this.#url = new URL(url);
        this.#headers = headers ?? {};
        this.#params = params ?? {};
    }

    /** Makes the call. */
    async decoded(responseType: string): Promise<any> {
        if (this.#isMultipart()) return this.upload();
        const outcome = await this.#perform("asSent");
        const value = valueOf(outcome);
        if (outcome.tag !== Tag.bytes) {
            return responseType === "arrayBuffer" ? bytesOf(value) : decode(RAW_CALL, outcome);
        }
        return responseType === "arrayBuffer"
            ? arrayBufferOf(value)
            : { message: new TextDecoder("utf-8", { ignoreBOM: true }).decode(value) };
    }

    /** Makes the call and returns the target of its redirect. */
    async location(): Promise<string> {
        return valueOf(await this.#perform("location"));
    }

    /** Makes the call, which must be one that takes a file. */
    async upload(onProgress?: (progress: UploadProgress) => void): Promise<any> {
        const [name, file] = Object.entries(this.#params).find(([, value]) => originOf(value) !== undefined) ?? [
            "file",
        ];
        const { [name]: _, ...others } = this.#params;
        const options = { headers: this.#headers };
        const to: [string, string] = [this.#method, this.#url.href];
        const text = writeJson(RAW_CALL, others);
        return decode(RAW_CALL, await upload(this.#native, RAW_CALL, text, name, file, onProgress, options, to));
    }

    /** The request as `fetch` would send it. `defaults` are the client's headers. */
    prepared(defaults: Record<string, string>): PreparedRequest {
        const headers = { ...defaults, ...this.#headers };
        const options: RequestInit = { method: this.#method, headers };
        const url = new URL(this.#url);
        if (this.#method === "GET") {
            for (const [name, value] of Object.entries(flatten(this.#params))) url.searchParams.append(name, value);
        } else if (headers["content-type"] === "application/json") {
            options.body = writeJson(RAW_CALL, this.#params);
        } else if (this.#isMultipart()) {
            options.body = formOf(this.#params);
            // The core chooses its boundary.
            delete headers["content-type"];
        }
        return { uri: url.toString(), options };
    }

    #isMultipart(): boolean {
        return this.#headers["content-type"] === "multipart/form-data";
    }

    #perform(reading: "asSent" | "location"): Promise<Outcome> {
        const options = JSON.stringify({ headers: this.#headers });
        const record = { request: { method: this.#method, path: this.#url.href, reading } };
        return perform(this.#native, RAW_CALL, writeJson(RAW_CALL, this.#params), options, undefined, { record });
    }
}

/** Parameters with the items of lists under names of their own, such as `queries[0]`. */
export function flatten(params: RawParams, prefix: string = ""): RawParams {
    const flat: RawParams = {};
    for (const [key, value] of Object.entries(params)) {
        const name = prefix === "" ? key : `${prefix}[${key}]`;
        if (Array.isArray(value)) Object.assign(flat, flatten(value, name));
        else flat[name] = value;
    }
    return flat;
}

function formOf(params: RawParams): FormData {
    const form = new FormData();
    for (const [name, value] of Object.entries(params)) {
        if (value instanceof Blob) form.append(name, value, (value as { name?: string }).name);
        else if (Array.isArray(value)) for (const item of value) form.append(`${name}[]`, item);
        else form.append(name, value);
    }
    return form;
}

function bytesOf(text: string): ArrayBuffer {
    return arrayBufferOf(new TextEncoder().encode(text));
}

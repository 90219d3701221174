import { arrayBufferOf } from "./download";
import { ArgumentException } from "./error";
import { stringify } from "./json";
import { type NativeClient, Tag, perform } from "./native";
import { decode } from "./answer";

/** Parameters of a call that has no method of its own. */
export type RawParams = Record<string, any>;

/** Makes a call that the API definition does not know. */
export async function rawCall(
    native: NativeClient,
    method: string,
    url: URL | string,
    headers: Record<string, string>,
    params: RawParams,
    responseType: string,
): Promise<any> {
    if (typeof method !== "string") throw new ArgumentException("Client.call: the method must be a text such as `get`");
    if (!(url instanceof URL) && typeof url !== "string")
        throw new ArgumentException("Client.call: the URL is missing");
    const verb = method.toUpperCase();
    const outcome = await perform((id) =>
        native.request(id, verb, String(url), JSON.stringify(headers), stringify(params)),
    );
    if (outcome.tag !== Tag.bytes) return responseType === "arrayBuffer" ? bytesOf(outcome.value) : decode(outcome);
    if (responseType === "arrayBuffer") return arrayBufferOf(outcome.value);
    return { message: outcome.value.toString("utf8") };
}

function bytesOf(text: string): ArrayBuffer {
    return arrayBufferOf(new TextEncoder().encode(text));
}

import { type AnyData, type Payload, hidePayload } from "./event";
import { ArgumentException } from "./generated/exceptions";
import { type IncomingHeaders, headerPairs } from "./incoming";
import { parseExact } from "./json";
import { bytesOf } from "./kind";
import { ask } from "./native";

/** A request that Appwrite sent to a webhook's URL. */
export interface WebhookRequest extends WebhookBody {
    /** Its headers, in any case: those of Node's http, of the web's `Request`, or pairs. */
    headers: IncomingHeaders;
}

/** The body of such a request, and the webhook that it is for. */
export interface WebhookBody {
    /** The body as it arrived: one that was parsed and written again cannot be verified. */
    body: string | Uint8Array | ArrayBuffer;
    /** The URL that is registered in Appwrite, which counts behind a proxy too. */
    url: string | undefined;
    /** The webhook's secret. */
    secret: string | undefined;
}

/** What every event has. */
interface EventFacts {
    /** ID of the webhook. */
    readonly id: string;
    /** Name of the webhook. */
    readonly name: string;
    /** All names of what happened: the exact one first, such as `users.u1.update.email`, then those with `*` for an ID. */
    readonly events: readonly string[];
    /** ID of the user who did it; null where a key did. */
    readonly userId: string | null;
    /** ID of the project. */
    readonly projectId: string;
}

/**
 * Something that changed in a project: `payload` is the resource afterwards, or before it was deleted, and `model` says
 * what it is, such as `Row` or `User`; null for events that this version does not know. `Data` is the user's own in rows
 * and documents.
 */
export type WebhookEvent<Data extends object = AnyData> = EventFacts & Payload<Data>;

/** Requests that Appwrite sends to a URL when something changes. */
export class Webhook {
    /**
     * Verifies and reads a request.
     *
     * The signature covers the URL and the body. It does not cover the headers, which say the event, the user and the
     * project, nor a time: a reader of the request can send it again with other headers.
     *
     * Throws an `UnauthorizedException` when the signature is missing or wrong: Appwrite did not send the request, or it
     * was changed; a `DecodeException` when the body is not JSON or another header is missing.
     */
    static parse<Data extends object = AnyData>(request: WebhookRequest): WebhookEvent<Data> {
        const { headers, url, secret } = request;
        const body = bytesIn("Webhook.parse", request.body);
        const pairs = headerPairs(headers, "pass its `headers`");
        const event = parseExact(ask({ webhook: { url, secret, headers: pairs } }, body));
        hidePayload(event);
        return event;
    }

    /** The signature of a body, as Appwrite sends it in the header `x-appwrite-webhook-signature`: for tests. */
    static sign({ body, url, secret }: WebhookBody): string {
        return JSON.parse(ask({ webhook: { url, secret } }, bytesIn("Webhook.sign", body)));
    }
}

function bytesIn(place: string, body: unknown): Uint8Array {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : bytesOf(body);
    if (bytes !== undefined) return bytes;
    throw new ArgumentException(
        `${place}: the body must be text or bytes, as it arrived: one that was parsed cannot be verified; ` +
            "take it from express.raw() or await request.text()",
    );
}

// Realtime: events while they happen. The native layer decides everything; see bridge/src/realtime.rs.

import { perform, valueOf } from "./call";
import { type Client, nativeOf } from "./client";
import { type AnyData, type Payload, hidePayload } from "./event";
import { parseMarked } from "./json";
import { Tag, mark } from "./native";

/** What every event has. */
interface EventFacts {
    readonly type: "event";
    /** All names of what happened: the exact one first, then those with `*` for an ID. */
    readonly events: readonly string[];
    /** Every channel that has the event. */
    readonly channels: readonly string[];
    /** When it happened, by the server's clock. */
    readonly timestamp: string;
}

/** Something that changed in a project; `Data` is the user's own in rows and documents. */
export type RealtimeEvent<Data extends object = AnyData> = EventFacts & Payload<Data>;

/**
 * Events may be missing here: read again what must be known. `dropped` is how many were, because the reader was too slow;
 * null where the connection was lost and is open again, and what happened meanwhile is not known.
 */
export interface RealtimeGap {
    readonly type: "gap";
    readonly dropped: number | null;
}

/** What a subscription gets. */
export type RealtimeMessage<Data extends object = AnyData> = RealtimeEvent<Data> | RealtimeGap;

/** What a subscription may set differently. */
export interface SubscribeOptions {
    /** Only events whose payload meets all of these: comparisons, `isNull`, `isNotNull`, `and`, `or`, `select` of `*`. */
    queries?: string[];
    /** How many events wait for a slow reader. More are dropped, and a gap says how many. Default 1000. */
    buffer?: number;
}

/** What the messages of a subscription are passed to. */
type Listener<Data extends object> = (message: RealtimeMessage<Data>) => unknown;

/**
 * Events of a project while they happen. All subscriptions share one WebSocket, which is open while there are any and is
 * opened again when it breaks. The server sends each event at most once and keeps none.
 *
 * The client acts as a user, by a session or a JSON Web Token, or as a guest. One with an API key is refused: the server
 * would take it for a guest.
 */
export class Realtime {
    readonly #client: Client;
    #connection: Promise<unknown> = Promise.resolve(null);

    constructor(client: Client) {
        this.#client = client;
    }

    /** Subscribes to channels, such as `tablesdb.DATABASE.tables.TABLE.rows`: `for await (const message of …)`. */
    subscribe<Data extends object = AnyData>(
        channels: string | readonly string[],
        options?: SubscribeOptions,
    ): Subscription<Data>;
    /**
     * Subscribes to channels and passes each message to a function, one after the other, until the subscription is closed.
     * `closed` of the subscription says how that went.
     */
    subscribe<Data extends object = AnyData>(
        channels: string | readonly string[],
        listener: Listener<Data>,
        options?: SubscribeOptions,
    ): Subscription<Data>;
    subscribe<Data extends object = AnyData>(
        channels: string | readonly string[],
        first?: Listener<Data> | SubscribeOptions,
        second?: SubscribeOptions,
    ): Subscription<Data> {
        const [listener, options] = typeof first === "function" ? [first, second] : [undefined, first];
        const given = { channels: typeof channels === "string" ? [channels] : channels, options };
        const command = async (record: object) => {
            const { tag, value } = await perform(nativeOf(this.#client), "client.request", "", "", undefined, {
                record,
            }).then((outcome) => ({ tag: outcome.tag, value: valueOf(outcome) }));
            return tag === Tag.bigText ? parseMarked(value, mark()) : JSON.parse(value);
        };
        // The first one opens the connection that the others share.
        const opened = this.#connection.then((connection) => command({ listen: { connection, ...given } }));
        this.#connection = opened.then(
            (it) => it.connection,
            () => null,
        );
        return new Subscription<Data>(
            command,
            opened.then((it) => it.number),
            listener,
        );
    }
}

/** A subscription: an iterable of its messages. Leaving the loop closes it. */
export class Subscription<Data extends object = AnyData> implements AsyncIterable<RealtimeMessage<Data>> {
    readonly #command: (record: object) => Promise<any>;
    readonly #number: Promise<number>;
    #messages: RealtimeMessage<Data>[] = [];
    #place = 0;
    /** Resolves when a listener has had the last message; rejects with what went wrong. */
    readonly closed: Promise<void>;

    /** @internal */
    constructor(
        command: (record: object) => Promise<any>,
        number: Promise<number>,
        listener: Listener<Data> | undefined,
    ) {
        this.#command = command;
        this.#number = number;
        // What goes wrong comes from the first `next`.
        number.catch(() => undefined);
        this.closed = listener === undefined ? Promise.resolve() : this.#passTo(listener);
    }

    async #passTo(listener: Listener<Data>): Promise<void> {
        for await (const message of this) await listener(message);
    }

    /** Closes the subscription; the last one closes the connection. */
    async close(): Promise<void> {
        const number = await this.#number.catch(() => undefined);
        if (number !== undefined) await this.#command({ mute: { number } });
    }

    [Symbol.asyncIterator](): AsyncIterator<RealtimeMessage<Data>, void, undefined> {
        return {
            next: async () => {
                if (this.#place >= this.#messages.length) {
                    this.#messages = await this.#hear();
                    this.#place = 0;
                }
                const value = this.#messages[this.#place++];
                return value === undefined ? { done: true, value } : { done: false, value };
            },
            return: async () => {
                await this.close();
                return { done: true, value: undefined };
            },
        };
    }

    async #hear(): Promise<RealtimeMessage<Data>[]> {
        const messages: RealtimeMessage<Data>[] = await this.#command({ hear: { number: await this.#number } });
        for (const message of messages) {
            if (message.type === "event") hidePayload(message);
        }
        return messages;
    }
}

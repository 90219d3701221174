// Realtime: events while they happen. The native layer decides everything; see bridge/src/realtime.rs.

import { perform, valueOf } from "./call";
import { type Client, nativeOf } from "./client";
import { type AnyData, type Payload, hidePayload } from "./event";
import { Tag, parseBig } from "./native";

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
        const command = async (record: object): Promise<Reply> => {
            const outcome = await perform(nativeOf(this.#client), "client.request", "", "", undefined, { record });
            return [valueOf(outcome), outcome.tag === Tag.bigTexts ? parseBig : JSON.parse];
        };
        // The first one opens the connection that the others share.
        const opened = this.#connection.then(async (connection) => {
            const [text] = await command({ listen: { connection, ...given } });
            return JSON.parse(text);
        });
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

/** What reads JSON. */
type Parse = (text: string) => any;

/** What came back of a command, and what reads JSON in it. */
type Reply = readonly [value: any, parse: Parse];

/** What stands behind each text of a message; JSON never has it as it is. */
const BEHIND = "\x1e";
/** What stands behind the models and payloads of some messages; JSON never has it either. */
const BORDER = "\x1d";

/** What some messages say beside their payloads, each decoded when it is first read: a row's has 64 names. */
class Facts {
    #text: string;
    #texts: string[] | undefined;

    constructor(text: string) {
        this.#text = text;
    }

    of(place: number): any {
        if (this.#texts === undefined) {
            this.#texts = this.#text.split(BEHIND);
            this.#text = "";
        }
        return JSON.parse(this.#texts[place]!);
    }
}

/** An event whose names and payload are decoded when they are first read. */
class Event {
    readonly type = "event";
    readonly model: string | null;
    readonly #parse: (text: string) => any;
    #payload: unknown;
    #hasPayload = false;
    /** Those of its batch, and then its own. */
    #facts: any;
    /** Its place among those of its batch; none when it has its own. */
    #place: number | undefined;

    constructor(model: string, payload: string, facts: Facts, place: number, parse: (text: string) => any) {
        this.model = model === "" ? null : model;
        this.#payload = payload;
        this.#facts = facts;
        this.#place = place;
        this.#parse = parse;
    }

    get events(): readonly string[] {
        return this.#read().events;
    }

    get channels(): readonly string[] {
        return this.#read().channels;
    }

    get timestamp(): string {
        return this.#read().timestamp;
    }

    get payload(): unknown {
        if (!this.#hasPayload) {
            this.#payload = this.#parse(this.#payload as string);
            this.#hasPayload = true;
            hidePayload({ model: this.model, payload: this.#payload });
        }
        return this.#payload;
    }

    #read(): any {
        if (this.#place !== undefined) {
            this.#facts = this.#facts.of(this.#place);
            this.#place = undefined;
        }
        return this.#facts;
    }

    /** What `JSON.stringify` writes. */
    toJSON(): object {
        const { type, model, events, channels, timestamp, payload } = this;
        return { type, model, events, channels, timestamp, payload };
    }

    /** What `console.log` shows. */
    [Symbol.for("nodejs.util.inspect.custom")](): object {
        return this.toJSON();
    }
}

/** The messages of a text, as `Written` of core/src/realtime/event.rs has them. */
function messagesIn(text: string, parse: Parse): (Event | RealtimeGap)[] {
    const border = text.indexOf(BORDER);
    const texts = text.slice(0, border).split(BEHIND);
    const facts = new Facts(text.slice(border + 1));
    const messages: (Event | RealtimeGap)[] = [];
    for (let place = 0; 2 * place + 2 < texts.length; place += 1) {
        const [model, payload] = [texts[2 * place]!, texts[2 * place + 1]!];
        messages.push(
            payload === ""
                ? { type: "gap", dropped: facts.of(place).dropped }
                : new Event(model, payload, facts, place, parse),
        );
    }
    return messages;
}

/** A subscription: an iterable of its messages. Leaving the loop closes it. */
export class Subscription<Data extends object = AnyData> implements AsyncIterable<RealtimeMessage<Data>> {
    readonly #command: (record: object) => Promise<Reply>;
    readonly #number: Promise<number>;
    #messages: RealtimeMessage<Data>[] = [];
    #place = 0;
    /** How many batches of messages came. */
    #had = 0;
    /** Resolves when a listener has had the last message; rejects with what went wrong. */
    readonly closed: Promise<void>;

    /** @internal */
    constructor(
        command: (record: object) => Promise<Reply>,
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
            // Without a function that is async: most messages are there already.
            next: () => (this.#place < this.#messages.length ? Promise.resolve(this.#taken()) : this.#awaited()),
            return: async () => {
                await this.close();
                return { done: true, value: undefined };
            },
        };
    }

    #taken(): IteratorResult<RealtimeMessage<Data>, undefined> {
        return { done: false, value: this.#messages[this.#place++]! };
    }

    async #awaited(): Promise<IteratorResult<RealtimeMessage<Data>, undefined>> {
        while (this.#place >= this.#messages.length) {
            if (!(await this.#hear())) return { done: true, value: undefined };
        }
        return this.#taken();
    }

    /** Waits for the next batch. Says whether there is one. */
    async #hear(): Promise<boolean> {
        const number = await this.#number;
        const had = this.#had;
        const [texts, parse] = await this.#command({ hear: { number, had } });
        // Another reader that waited for the same batch may have taken it.
        if (had === this.#had && texts.length > 0) {
            this.#had += 1;
            this.#messages = texts.flatMap((text: string) => messagesIn(text, parse));
            this.#place = 0;
        }
        return texts.length > 0;
    }
}

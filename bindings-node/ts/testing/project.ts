// A project of a test.

import { readFileSync } from "node:fs";
import { Client } from "../client";
import type { Delivery, Fault, Mail, ProjectOptions, ReceivedRequest, Seed, Wanted } from "./options";
import type { Ask, Emulator } from "./running";

/** A project as the emulator describes it. */
interface Made {
    id: string;
    key: string;
    keys: Record<string, string>;
}

/** A project of a test's own on an emulator. */
export class Project {
    /** The endpoint for clients. */
    readonly endpoint: string;
    /** The project's ID. */
    readonly projectId: string;
    readonly #key: string;
    readonly #keys: Record<string, string>;
    readonly #certificate: string | undefined;
    readonly #ask: Ask;
    #client: Client | undefined;
    #isDeleted = false;

    /** For this package only: {@link Emulator.project} makes projects. */
    constructor({ endpoint, certificate }: Emulator, ask: Ask, { id, key, keys }: Made) {
        this.endpoint = endpoint;
        this.projectId = id;
        this.#key = key;
        this.#keys = keys;
        this.#certificate = certificate;
        this.#ask = (method, path, params) => ask(method, `projects/${id}${path}`, params);
    }

    /** The secret of its first key, which has every scope. */
    get key(): string {
        return this.#key;
    }

    /** The secrets of the seed's keys, by ID. */
    get keys(): Readonly<Record<string, string>> {
        return this.#keys;
    }

    /** A client that may do everything. */
    get client(): Client {
        return (this.#client ??= new Client({
            endpoint: this.endpoint,
            project: this.projectId,
            key: this.#key,
            ...(this.#certificate && { caCertificates: this.#certificate }),
        }));
    }

    /** The environment for a program that calls it: APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY. */
    get env(): Record<string, string> {
        return { APPWRITE_ENDPOINT: this.endpoint, APPWRITE_PROJECT_ID: this.projectId, APPWRITE_API_KEY: this.#key };
    }

    /** Makes what a seed, or the file of one, describes. Returns the secrets of its keys by ID. */
    async seed(seed: Seed | string | URL): Promise<Record<string, string>> {
        const { keys } = await this.#ask("post", "/seed", { seed: read(seed) });
        Object.assign(this.#keys, keys);
        return keys;
    }

    /** The mails so far, oldest first. */
    async mails(): Promise<Mail[]> {
        return (await this.#ask("get", "/mails")).mails;
    }

    /** Waits for the oldest mail that has these fields and that this method has not returned yet. */
    async nextMail(wanted: Wanted<Mail, "to" | "kind" | "userId"> = {}): Promise<Mail> {
        return this.#ask("post", "/mails/next", wanted);
    }

    /** The webhooks that were sent of late, oldest first. */
    async webhooks(): Promise<Delivery[]> {
        return (await this.#ask("get", "/webhooks")).deliveries;
    }

    /** Waits for the oldest webhook that has these fields and that this method has not returned yet. */
    async nextWebhook(wanted: Wanted<Delivery, "webhookId" | "event" | "url"> = {}): Promise<Delivery> {
        return this.#ask("post", "/webhooks/next", wanted);
    }

    /** The requests of late, oldest first: as many as are among the last 1,000 of the emulator. */
    async requests(): Promise<ReceivedRequest[]> {
        return (await this.#ask("get", "/requests")).requests;
    }

    /** Moves its clock (negative: back); sessions, tokens and keys end by it. Returns the time that it shows. */
    async advance(seconds: number): Promise<Date> {
        return new Date((await this.#ask("post", "/clock", { seconds })).now);
    }

    /** Has calls go wrong from now on, in place of earlier faults. The first fault that is due decides; `[]` ends it. */
    async faults(faults: Fault[]): Promise<void> {
        await this.#ask("put", "/faults", { faults });
    }

    /** Keeps all that it has, to go back to. */
    async snapshot(name: string = "snapshot"): Promise<void> {
        await this.#ask("post", "/snapshots", { name });
    }

    /** Brings back what it had. */
    async restore(name: string = "snapshot"): Promise<void> {
        await this.#ask("post", `/snapshots/${name}/restore`);
    }

    /** Removes it with all it has. */
    async delete(): Promise<void> {
        if (this.#isDeleted) return;
        this.#isDeleted = true;
        await this.#ask("delete", "");
    }

    /** Removes it with the block of an `await using`. */
    [Symbol.asyncDispose](): Promise<void> {
        return this.delete();
    }
}

/** Makes a project. */
export async function makeProject(emulator: Emulator, ask: Ask, options: ProjectOptions): Promise<Project> {
    const { seed, now } = options;
    const asked = { ...options, seed: seed && read(seed), now: now instanceof Date ? now.toISOString() : now };
    return new Project(emulator, ask, await ask("post", "projects", asked));
}

function read(seed: Seed | string | URL): Seed | string {
    return typeof seed === "string" || seed instanceof URL ? readFileSync(seed, "utf8") : seed;
}

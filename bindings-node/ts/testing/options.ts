// What a test asks for, and what it gets to see.

/** How to start an emulator. */
export interface StartOptions {
    /** Be like another server where that behaves in another way (default `1.9`). */
    like?: "1.8" | "1.9" | "2.0";
    /** Speak https, with a certificate made now (default `false`). */
    tls?: boolean;
    /** Refuse calls over the server's rate limits, 429 (default `false`). Headers show them anyway. */
    rateLimits?: boolean;
    /** The folder below which functions are that may run; seeds name their own by `path`. Without one, none runs. */
    functions?: string;
    /** A directory to keep data and files in; without one, they are in memory. */
    data?: string;
}

/** Something that a seed makes: the parameters of the call that makes it. */
export interface SeedItem {
    [parameter: string]: unknown;
}

/** What a project has from the start. */
export interface Seed {
    /** As for `users.create`, and `labels`, `prefs` and `emailVerification`. */
    users?: SeedItem[];
    /** As for `teams.create`, with `memberships`. */
    teams?: (SeedItem & { memberships?: SeedItem[] })[];
    /** As for `tablesDB.create`, with `tables`, which have `columns`, `indexes` and `rows`. */
    databases?: (SeedItem & {
        tables?: (SeedItem & { columns?: SeedItem[]; indexes?: SeedItem[]; rows?: SeedItem[] })[];
    })[];
    /** As for `storage.createBucket`, with `files`, whose content is `text` or `base64`. */
    buckets?: (SeedItem & { files?: SeedItem[] })[];
    /** As for `functions.create`, with `path`, the folder of its code. */
    functions?: SeedItem[];
    /** As for `project.createKey`. Their secrets are in the project's `keys`. */
    keys?: SeedItem[];
}

/** How to make a project. */
export interface ProjectOptions {
    /** Its ID (default made up). */
    id?: string;
    /** The secret of its first key (default made up). */
    key?: string;
    /** What it has from the start: a seed, or the path of a file of JSON or TOML. */
    seed?: Seed | string | URL;
    /**
     * `counted`: the IDs that the server makes up are `00000000000000000001` and those that follow, the same in each run
     * (default `random`). `ID.unique()` makes IDs up in the program; the server does it for `unique()`.
     */
    ids?: "random" | "counted";
    /** What its clock shows: it stands there and moves by {@link Project.advance} only (default the time it is). */
    now?: Date | string;
}

/** A mail that the server would have sent. */
export interface Mail {
    /** The address. */
    to: string;
    /** What it is for: `verification`, `recovery`, `magic-url`, `email` or `challenge` (codes), or `invitation`. */
    kind: string;
    /** The user. */
    userId: string;
    /** The secret in its link, or the code. */
    secret: string;
    /** The link. `null` where the call named no page. */
    link: string | null;
    /** When it was written. */
    at: string;
}

/** A webhook that was sent. */
export interface Delivery {
    /** When. */
    at: string;
    /** The webhook. */
    webhookId: string;
    /** Where it went. */
    url: string;
    /** The exact name of what happened, such as `users.ada.create`. */
    event: string;
    /** What signs it: the header `x-appwrite-webhook-signature`. */
    signature: string;
    /** The status of the response. `null` without one. */
    status: number | null;
    /** What went wrong, or `null`. */
    problem: string | null;
    /** The body as it was sent. */
    body: string;
}

/** A request that the project received. */
export interface ReceivedRequest {
    /** Grows with each request of the emulator. */
    number: number;
    /** When. */
    at: string;
    /** The HTTP method. */
    method: string;
    /** Path and query. */
    path: string;
    /** The operation, such as `tablesDB.listRows`. Empty for a path that there is none for. */
    operation: string;
    /** Who called: `key NAME`, `user ID` or `guest`. */
    caller: string;
    /** The parameters without those that are secret; a text if they are too long to be kept whole. */
    params: any;
    /** The HTTP status of the response. */
    status: number;
    /** What went wrong, or `null`. */
    error: { type: string; message: string } | null;
    /** The response, if it is text; cut after 16 KiB. */
    response: string;
}

/** What goes wrong with which calls. */
export interface Fault {
    /** The operation, such as `tablesDB.listRows`; without one, every call. */
    operation?: string;
    /** Milliseconds to wait before the call is done. */
    delay?: number;
    /** The status to respond with in place of doing the call: 429, or one from 500 on. */
    status?: number;
    /** Do the call and break the connection in the middle of the response. */
    cut?: boolean;
    /** How many calls it happens to (default all). */
    times?: number;
    /** It happens to each call of this number (default every one). */
    every?: number;
}

/** What to wait for, and how long. */
export type Wanted<T, Fields extends keyof T> = Partial<Pick<T, Fields>> & {
    /** How long to wait, in seconds (default 5). */
    seconds?: number;
};

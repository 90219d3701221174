// What the page asks: the emulator's own API, and Appwrite's with the project's root key.

let project;

/** Chooses the project that calls are for. */
export function choose(chosen) {
    project = chosen;
}

/** The project that is chosen: `id` and `key`. */
export function chosen() {
    return project;
}

async function answered(response) {
    const text = await response.text();
    const body = text && response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
    if (!response.ok) throw new Error(body.message ?? `${response.status} ${text}`);
    return body;
}

function json(method, body) {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    return { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
}

/** Asks the emulator itself. */
export async function emulator(method, path, body) {
    return answered(await fetch(`/_emulator/${path}`, json(method, body)));
}

/** Makes a call of Appwrite's API. The journal leaves out what the page does. */
export async function appwrite(method, path, body) {
    const request = json(method, body);
    Object.assign(request.headers, credentials());
    return answered(await fetch(`/v1${path}`, request));
}

/** The bytes of a file. */
export async function bytes(path) {
    const response = await fetch(`/v1${path}`, { headers: credentials() });
    if (!response.ok) throw new Error(`${response.status}`);
    return response.blob();
}

function credentials() {
    return { "x-appwrite-project": project.id, "x-appwrite-key": project.key, "x-emulator-page": "1" };
}

/** A query as Appwrite reads it. */
export function query(method, attribute, values) {
    return `queries[]=${encodeURIComponent(JSON.stringify({ method, attribute, values }))}`;
}

/** As many as lists show here. */
export const MANY = query("limit", undefined, [100]);

/** Hears of what the emulator reports under a name, until the function that comes back is called. */
export function follow(name, hear) {
    const source = new EventSource(`/_emulator/${name}`);
    source.onmessage = (event) => hear(JSON.parse(event.data));
    return () => source.close();
}

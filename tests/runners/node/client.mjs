// What a client is configured with, and what comes of it: tasks of tests/vectors/make/clients.py, for our package alone.

/** Makes a client and its call. */
export async function clientTask(sdk, endpoint, warnings, { given }) {
    warnings.length = 0;
    const line = {};
    try {
        const made = clientOf(sdk, endpoint, given);
        for (let time = 0; time < (given.times ?? 1); time++) line.seen = await called(sdk, endpoint, made, given);
    } catch (error) {
        const { kind, code, type, message } = error;
        line.error = { kind, code, type, message, line: String(error).replace(/^AppwriteException: /, "") };
    }
    // Node reports a warning in its own time.
    await new Promise((resolve) => setTimeout(resolve));
    return { ...line, warnings: [...warnings] };
}

function clientOf(sdk, endpoint, given) {
    const settings = { endpoint, project: "demo", retries: { max: 0 }, ...given.settings };
    if (given.function) {
        const make = given.function.user ? "fromFunctionUser" : "fromFunction";
        return sdk.named("Client")[make]({ headers: given.function.headers }, settings);
    }
    const made = new (sdk.named("Client"))(settings);
    if (!given.credential) return made;
    const [kind, secret] = given.credential;
    if (kind === "none") return made.withoutCredentials();
    const name = { jwt: "JWT" }[kind] ?? kind[0].toUpperCase() + kind.slice(1);
    return made[`with${name}`](secret);
}

function called(sdk, endpoint, client, given) {
    if (given.raw) {
        const { method, path, headers, params } = given.raw;
        return client.call(
            method,
            new URL(`${endpoint}${path}`),
            headers,
            sdk.arguments({ arguments: params }),
            "arrayBuffer",
        );
    }
    return new (sdk.named("Users"))(client).get({ userId: "u" }, given.options);
}

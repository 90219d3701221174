// Webhooks beyond the vectors: what programs pass, what is shown, and a server that receives them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { inspect } from "node:util";
import { ArgumentException, UnauthorizedException, Webhook } from "polywrite";

const url = "https://shop.example.com/hooks/orders";
const secret = "a-secret-of-the-webhook";
const body = '{"$id":"o1","total":12.5,"count":9223372036854775807,"note":"\\u00e9\\/"}';

function headersOf(body, events = "databases.shop.tables.orders.rows.o1.create,databases.*") {
    return {
        "x-appwrite-webhook-id": "hook",
        "x-appwrite-webhook-name": "Orders",
        "x-appwrite-webhook-events": events,
        "x-appwrite-webhook-project-id": "shop",
        "x-appwrite-webhook-signature": Webhook.sign({ body, url, secret }),
    };
}

test("headers come as Node's http, the web and pairs have them, and bodies as text or bytes", () => {
    const headers = headersOf(body);
    const { id, name, events, userId, projectId, model, payload } = Webhook.parse({ headers, body, url, secret });
    assert.deepEqual([id, name, userId, projectId, model], ["hook", "Orders", null, "shop", "Row"]);
    assert.deepEqual(events, ["databases.shop.tables.orders.rows.o1.create", "databases.*"]);
    assert.deepEqual(payload, { $id: "o1", total: 12.5, count: 9223372036854775807n, note: "é/" });
    const bytes = Buffer.from(body);
    for (const given of [
        { headers: new Headers(headers), body: bytes },
        { headers: Object.entries(headers), body: new Uint8Array(bytes).buffer },
        {
            headers: { ...headers, accept: undefined, "set-cookie": ["a", "b"] },
            body: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
        },
    ]) {
        assert.deepEqual(Webhook.parse({ ...given, url, secret }).payload, payload);
    }
});

test("what cannot be verified is refused with what to do", () => {
    const headers = headersOf(body);
    const refused = (change, kind, message) =>
        assert.throws(
            () => Webhook.parse({ headers, body, url, secret, ...change }),
            (error) => error instanceof kind && message.test(String(error)) && !inspect(error).includes(secret),
        );
    refused({ body: JSON.parse(body) }, ArgumentException, /take it from express\.raw\(\) or await request\.text\(\)/);
    refused({ body: JSON.stringify(JSON.parse(body)) }, UnauthorizedException, /parsed and written again/);
    refused({ headers: undefined }, ArgumentException, /pass its `headers`/);
    refused({ secret: undefined }, ArgumentException, /the secret is empty/);
    refused({ secret: 1 }, ArgumentException, /must be text/);
});

test("printing hides the secrets of a payload", () => {
    const session = '{"$id":"s1","userId":"u1","secret":"s3cret-of-a-session"}';
    const headers = headersOf(session, "users.u1.sessions.s1.create");
    const event = Webhook.parse({ headers, body: session, url, secret });
    assert.equal(event.payload.secret, "s3cret-of-a-session");
    assert.ok(!inspect(event, { depth: 9 }).includes("s3cret"), inspect(event));
});

test("an Express server receives webhooks", async () => {
    Object.assign(process.env, { WEBHOOK_URL: url, WEBHOOK_SECRET: secret });
    const { app } = await import("../../examples/receive-webhooks/node/app.mjs");
    const server = app.listen(0, "127.0.0.1");
    after(() => server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const send = async (headers, body) => {
        const target = `http://127.0.0.1:${server.address().port}/hooks/orders`;
        const given = { ...headers, "content-type": "application/json" };
        return (await fetch(target, { method: "POST", headers: given, body })).status;
    };
    assert.equal(await send(headersOf(body), body), 204);
    assert.equal(await send(headersOf(body), body.replace("o1", "o2")), 401);
    assert.equal(await send({}, body), 401);
    assert.equal(await send(headersOf("{"), "{"), 400);
});

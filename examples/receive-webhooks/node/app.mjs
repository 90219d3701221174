// Receives webhooks with Express. WEBHOOK_URL is the URL that is registered in Appwrite, WEBHOOK_SECRET its secret.
import express from "express";
import { DecodeException, UnauthorizedException, Webhook } from "polywrite";

const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = process.env;
export const app = express();

// Not express.json(): the signature is that of the body as it arrived.
app.post(
  "/hooks/orders",
  express.raw({ type: "*/*", limit: "10mb" }),
  (request, response) => {
    const event = Webhook.parse({
      headers: request.headers,
      body: request.body,
      url,
      secret,
    });
    if (event.model === "Row")
      console.log(`${event.events[0]}: ${event.payload.$id}`);
    // Appwrite waits up to 15 seconds and does not send the event again: do long work afterwards.
    response.sendStatus(204);
  },
);

app.use((error, _request, response, next) => {
  if (error instanceof UnauthorizedException) response.sendStatus(401);
  else if (error instanceof DecodeException) response.sendStatus(400);
  else next(error);
});

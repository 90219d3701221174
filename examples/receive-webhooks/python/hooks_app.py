"""Receives webhooks with FastAPI: `uvicorn hooks_app:app`.

WEBHOOK_URL is the URL that is registered in Appwrite, WEBHOOK_SECRET its secret.
"""

from __future__ import annotations

import os

from fastapi import FastAPI, HTTPException, Request
from polywrite import DecodeError, UnauthorizedError, Webhook, models

URL, SECRET = os.environ["WEBHOOK_URL"], os.environ["WEBHOOK_SECRET"]
app = FastAPI()


@app.post("/hooks/orders", status_code=204)
async def orders(request: Request) -> None:
    # Not a parameter with a model: the signature is that of the body as it arrived.
    body = await request.body()
    try:
        event = Webhook.parse(headers=request.headers, body=body, url=URL, secret=SECRET)
    except UnauthorizedError as error:
        raise HTTPException(401) from error
    except DecodeError as error:
        raise HTTPException(400) from error
    # Appwrite waits up to 15 seconds and does not send the event again: do long work afterwards.
    if isinstance(event.payload, models.Row):
        print(f"{event.events[0]}: {event.payload.id}", flush=True)

"""Webhooks beyond the vectors: what programs pass, what is shown, and a server that receives them."""

from __future__ import annotations

import asyncio
import importlib.util
import json
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import ROOT
from polywrite import UnauthorizedError, Webhook, models

URL = "https://shop.example.com/hooks/orders"
SECRET = "a-secret-of-the-webhook"
ORDER = '{"$id":"o1","total":12.5,"count":9223372036854775807,"note":"\\u00e9\\/"}'


@dataclass
class Order:
    total: float


def headers_of(body: str, event: str = "databases.shop.tables.orders.rows.o1.create") -> dict[str, str]:
    return {
        "x-appwrite-webhook-id": "hook",
        "x-appwrite-webhook-name": "Orders",
        "x-appwrite-webhook-events": f"{event},databases.*",
        "x-appwrite-webhook-project-id": "shop",
        "x-appwrite-webhook-signature": Webhook.sign(body=body, url=URL, secret=SECRET),
    }


def test_headers_come_as_frameworks_have_them_and_bodies_as_text_or_bytes() -> None:
    headers = headers_of(ORDER)
    event = Webhook.parse(headers=headers, body=ORDER, url=URL, secret=SECRET)
    assert (event.id, event.name, event.user_id, event.project_id, event.model) == (
        "hook",
        "Orders",
        None,
        "shop",
        "Row",
    )
    assert event.events == ["databases.shop.tables.orders.rows.o1.create", "databases.*"]
    assert isinstance(event.payload, models.Row)
    assert event.payload.data["count"] == 2**63 - 1
    asgi = [(name.encode(), value.encode()) for name, value in headers.items()]
    forms: list[tuple[Any, Any]] = [(list(headers.items()), ORDER.encode()), (asgi, bytearray(ORDER.encode()))]
    for given, body in forms:
        event = Webhook.parse(headers=given, body=body, url=URL, secret=SECRET, model_type=Order)
        assert event.payload.data == Order(12.5)


def test_what_cannot_be_verified_is_refused_with_what_to_do() -> None:
    headers = headers_of(ORDER)
    rewritten = json.dumps(json.loads(ORDER))
    with pytest.raises(UnauthorizedError, match="parsed and written again") as raised:
        Webhook.parse(headers=headers, body=rewritten, url=URL, secret=SECRET)
    assert SECRET not in f"{raised.value!r} {raised.value}"
    parsed: Any = json.loads(ORDER)
    with pytest.raises(TypeError, match="as it arrived, not dict"):
        Webhook.parse(headers=headers, body=parsed, url=URL, secret=SECRET)
    nothing: Any = None
    with pytest.raises(ValueError, match="the secret is empty"):
        Webhook.parse(headers=headers, body=ORDER, url=URL, secret=nothing)


def test_printing_hides_the_secrets_of_a_payload() -> None:
    session = '{"$id":"s1","userId":"u1","secret":"s3cret-of-a-session"}'
    headers = headers_of(session, "users.u1.sessions.s1.create")
    event = Webhook.parse(headers=headers, body=session, url=URL, secret=SECRET)
    assert event.payload.secret == "s3cret-of-a-session"
    assert "s3cret" not in f"{event!r} {event}"


def test_a_fastapi_server_receives_webhooks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import httpx

    monkeypatch.setenv("WEBHOOK_URL", URL)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    spec = importlib.util.spec_from_file_location("hooks_app", ROOT / "examples/receive-webhooks/python/hooks_app.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    async def send(headers: dict[str, str], body: str) -> int:
        transport = httpx.ASGITransport(app=module.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://hooks") as client:
            return (await client.post("/hooks/orders", content=body, headers=headers)).status_code

    for headers, body, status in [
        (headers_of(ORDER), ORDER, 204),
        (headers_of(ORDER), ORDER.replace("o1", "o2"), 401),
        ({}, ORDER, 401),
        (headers_of("{"), "{", 400),
    ]:
        assert asyncio.run(send(headers, body)) == status
    assert capsys.readouterr().out == "databases.shop.tables.orders.rows.o1.create: o1\n"

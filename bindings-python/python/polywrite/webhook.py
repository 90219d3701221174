"""Webhooks: what Appwrite sends to a URL when something changes, and whether it was Appwrite that sent it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._error import made
from ._polywrite import ask
from .model import DICT

if TYPE_CHECKING:
    Headers = Mapping[str, Any] | Iterable[tuple[str | bytes, str | bytes]]


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """Something that changed in a project."""

    id: str
    """ID of the webhook."""
    name: str
    """Name of the webhook."""
    events: list[str]
    """All names of what happened: the exact one first, such as `users.u1.update.email`, then those with `*` for IDs."""
    user_id: str | None
    """ID of the user who did it; none where a key did."""
    project_id: str
    """ID of the project."""
    model: str | None
    """The name of the payload's model, such as `Row` or `User`; none for events that this version does not know."""
    payload: Any
    """The resource, as it is afterwards, or was before it was deleted: one of `polywrite.models`, or without a `model`
    plain values of JSON."""


class Webhook:
    """Requests that Appwrite sends to a URL when something changes."""

    @staticmethod
    def parse(
        *, headers: Headers, body: bytes | bytearray | memoryview | str, url: str, secret: str, model_type: Any = DICT
    ) -> WebhookEvent:
        """Verifies and reads a request.

        Args:
            headers: Its headers, in any case: a mapping, or pairs as ASGI has them.
            body: The body as it arrived: one that was parsed and written again cannot be verified.
            url: The URL that is registered in Appwrite, which counts behind a proxy too.
            secret: The webhook's secret.
            model_type: What user data becomes: a pydantic model, a dataclass, a TypedDict.

        The signature covers the URL and the body. It does not cover the headers, which say the event, the user and the
        project, nor a time: a reader of the request can send it again with other headers.

        Raises `UnauthorizedError` when the signature is missing or wrong: Appwrite did not send the request, or it was
        changed; `DecodeError` when the body is not JSON or another header is missing.
        """
        from ._fields import payload_of

        event = _asked({"url": url, "secret": secret, "headers": _pairs(headers)}, body)
        model = event["model"]
        payload = payload_of(event["payload"], model, model_type)
        return WebhookEvent(
            event["id"], event["name"], event["events"], event["userId"], event["projectId"], model, payload
        )

    @staticmethod
    def sign(*, body: bytes | bytearray | memoryview | str, url: str, secret: str) -> str:
        """The signature of a body, as Appwrite sends it in the header `x-appwrite-webhook-signature`: for tests."""
        signature: str = _asked({"url": url, "secret": secret}, body)
        return signature


def _asked(record: dict[str, Any], body: Any) -> Any:
    if isinstance(body, str):
        body = body.encode()
    elif not isinstance(body, (bytes, bytearray, memoryview)):
        raise TypeError(
            f"the body must be bytes or text, as it arrived, not {type(body).__name__}: one that was parsed cannot be "
            "verified"
        )
    return made(ask, json.dumps({"webhook": record}), bytes(body))


def _pairs(headers: Any) -> list[tuple[str, str]]:
    items = getattr(headers, "items", None)
    pairs: Any = items() if callable(items) else headers
    return [(_text(name), _text(value)) for name, value in pairs]


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)

"""Vectors of webhooks: every delivery that Appwrite was recorded to make, and requests that must be refused.

Signatures are made here with Python's own HMAC, which shares nothing with the core."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from .vectors import ROOT, Entry

RECORDINGS = ROOT / "tests" / "fixtures" / "recordings-flows" / "webhooks"
PREFIX = "x-appwrite-webhook-"

# What the payloads of the recorded deliveries are.
MODELS = {
    "column-create": "Column",
    "database-create": "Database",
    "row-delete": "Row",
    "row-update": "Row",
    "session-create": "Session",
    "team-create": "Team",
    "user-update-by-user": "User",
    "user-update-name": "User",
}

UNSIGNED = (
    "Webhook.parse: the request has no header x-appwrite-webhook-signature; it does not come from Appwrite, or a proxy "
    "drops the header: reject it"
)
FORGED = (
    "Webhook.parse: the signature does not match the body; check the secret, and that the URL is the one that is "
    "registered in Appwrite and not the one behind a proxy; pass the body as it arrived: one that was parsed and "
    "written again cannot be verified"
)


def cases() -> list[Entry]:
    """Each with its ID, the request that is given and what is wanted of it."""
    deliveries = {
        path.stem.removeprefix("delivery-"): _delivery(path) for path in sorted(RECORDINGS.glob("delivery-*"))
    }
    found = [
        {"id": f"webhook {name}", "given": given, "wanted": {"seen": _seen(given, MODELS[name])}}
        for name, given in deliveries.items()
    ]
    found += [{"id": f"webhook {name}"} | case for name, case in _further(deliveries["row-update"])]
    return found


def _delivery(path: Any) -> Entry:
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["signatureVerified"], path
    request = record["request"]
    given = {"headers": request["headers"], "body": request["body"]} | record["webhook"]
    # The recording has a placeholder where the session's secret was, so its signature is made again.
    return _signed(given) if "SESSION_SECRET" in given["body"] else given


def _seen(given: Entry, model: str | None) -> Entry:
    said = {name.lower(): value for name, value in given["headers"]}
    return {
        "id": said[f"{PREFIX}id"],
        "name": said[f"{PREFIX}name"],
        "events": said[f"{PREFIX}events"].split(","),
        "userId": said.get(f"{PREFIX}user-id"),
        "projectId": said[f"{PREFIX}project-id"],
        "model": model,
        "payload": json.loads(given["body"]),
        "signature": said[f"{PREFIX}signature"],
    }


def _further(given: Entry) -> Iterator[tuple[str, Entry]]:
    """Headers in other forms, other bodies, and everything that must be refused."""
    seen = {"wanted": {"seen": _seen(given, "Row")}}
    lower = [[name.lower(), value] for name, value in given["headers"]]
    yield "with headers in lower case", {"given": given | {"headers": lower}} | seen
    yield "with headers in upper case", {"given": given | {"headers": [[n.upper(), v] for n, v in lower]}} | seen
    yield "with its URL decoded", {"given": given | {"url": unquote(given["url"])}} | seen
    named = _signed(given | {"headers": _with(lower, "name", "Bücher"), "body": '{"a":9223372036854775807,"b":"é/😀"}'})
    yield "with a name in UTF-8", {"given": named, "wanted": {"seen": _seen(named, "Row")}}
    misread = named | {"headers": _with(named["headers"], "name", "Bücher".encode().decode("latin-1"))}
    yield "with a name read as Latin-1", {"given": misread, "wanted": {"seen": _seen(named, "Row")}}
    unheard = named | {"headers": _with(named["headers"], "events", "unheard.u.create,unheard.*")}
    yield "of an unknown event", {"given": unheard, "wanted": {"seen": _seen(unheard, None)}}

    for name, changed in {
        "with another secret": {"secret": "another"},
        "with the URL behind a proxy": {"url": "http://127.0.0.1:3000/main?a=b%20c"},
        "parsed and written again": {"body": json.dumps(json.loads(given["body"]))},
        "with a signature that is not base64": {"headers": _with(lower, "signature", "?")},
        "with a signature of another length": {"headers": _with(lower, "signature", "Q60=")},
    }.items():
        yield name, {"given": given | changed} | _refused("unauthorized", FORGED)
    yield (
        "without signature",
        {"given": given | {"headers": _with(lower, "signature", None)}} | _refused("unauthorized", UNSIGNED),
    )
    for name in ("id", "events", "project-id"):
        line = f"Webhook.parse: the request has no header {PREFIX}{name}"
        yield f"without {name}", {"given": given | {"headers": _with(lower, name, None)}} | _refused("decode", line)
    line = "Webhook.parse: the body is not JSON: EOF while parsing an object at line 1 column 1"
    yield "that is not JSON", {"given": _signed(given | {"body": "{"})} | _refused("decode", line)
    advice = "pass the URL that is registered in Appwrite and the webhook's secret"
    for name in ("url", "secret"):
        line = f"Webhook.parse: the {name} is empty; {advice}"
        yield f"with an empty {name}", {"given": _signed(given | {name: ""})} | _refused("argument", line)


def _refused(kind: str, line: str) -> Entry:
    return {"wanted": {"error": {"kind": kind, "line": line}}}


def _with(headers: list[list[str]], name: str, value: str | None) -> list[list[str]]:
    kept = [header for header in headers if header[0] != PREFIX + name]
    return kept if value is None else [*kept, [PREFIX + name, value]]


def _signed(given: Entry) -> Entry:
    text = unquote(given["url"]) + given["body"]
    digest = hmac.new(given["secret"].encode(), text.encode(), hashlib.sha1).digest()
    headers = [[name.lower(), value] for name, value in given["headers"]]
    return given | {"headers": _with(headers, "signature", base64.b64encode(digest).decode())}

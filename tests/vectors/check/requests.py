"""Compares a request with a vector, part by part."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import quote, unquote, unquote_plus, urlsplit

from .responses import same
from .vectors import Entry

PREFIX = "/v1"

# Headers of every request.
EVERYWHERE = (
    "user-agent",
    "x-appwrite-key",
    "x-appwrite-response-format",
    "x-sdk-language",
    "x-sdk-name",
    "x-sdk-platform",
    "x-sdk-version",
)


def read(raw: Entry) -> Entry:
    """A recorded request in the parts of a vector, and its headers."""
    headers = {name.lower(): value for name, value in raw["headers"]}
    url = urlsplit(raw["target"])
    parts: Entry = {
        "method": raw["method"],
        "path": _normal(url.path.removeprefix(PREFIX)),
        "query": [[unquote_plus(part) for part in pair.partition("=")[::2]] for pair in url.query.split("&") if pair],
        "accept": headers.get("accept"),
        "project": headers.get("x-appwrite-project"),
        "all_headers": headers,
        "bare_question_mark": raw["target"].endswith("?"),
    }
    body = base64.b64decode(raw["body"])
    kind = headers.get("content-type", "")
    if kind.startswith("multipart/"):
        parts["multipart"] = _form(kind, body)
    elif kind.startswith("application/json") and body:
        parts["json"] = json.loads(body, object_pairs_hook=_once)
    elif kind or body:
        parts["body"] = [kind, body.decode(errors="replace")]
    return parts


def differences(wanted: Entry, raw: Entry) -> Iterator[str]:
    """What differs from the vector."""
    got = read(raw)
    full: Entry = {"query": [], "accept": "application/json"} | wanted
    for part in ("method", "path", "query", "accept"):
        if got[part] != full[part]:
            yield f"{part}: {got[part]!r} instead of {full[part]!r}"
    if got["bare_question_mark"]:
        yield "a question mark without a query"
    for part in ("multipart", "body"):
        if got.get(part) != full.get(part):
            yield f"{part}: {got.get(part)!r} instead of {full.get(part)!r}"
    if not same_body(got.get("json"), full.get("json")):
        yield f"json: {got.get('json', 'none')!r} instead of {full.get('json', 'none')!r}"
    if got["project"] != ("demo" if full.get("project", True) else None):
        yield f"x-appwrite-project: {got['project']!r}"
    for name, value in full.get("headers", {}).items():
        if got["all_headers"].get(name) != value:
            yield f"{name}: {got['all_headers'].get(name)!r} instead of {value!r}"
    for name in EVERYWHERE:
        if not got["all_headers"].get(name):
            yield f"{name} is missing"


def same_body(one: Any, other: Any) -> bool:
    """Whether JSON is equal, with its top keys in the same order; inside of values some languages have no order."""
    return same(one, other) and list(one or ()) == list(other or ())


def _once(entries: list[tuple[str, Any]]) -> Entry:
    """An object that has every key once."""
    assert len(dict(entries)) == len(entries), f"a key comes twice: {entries}"
    return dict(entries)


def _normal(path: str) -> str:
    """Every segment with all but unreserved characters encoded."""
    return "/".join(quote(unquote(segment), safe="") for segment in path.split("/"))


def _form(kind: str, body: bytes) -> list[Entry]:
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    parts: list[Entry] = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload: bytes = part.get_payload(decode=True)  # type: ignore[assignment]
        file_name = part.get_param("filename", header="content-disposition")
        if file_name is None:
            parts.append({"name": name, "value": payload.decode()})
        else:
            # Browsers write a quote in a file name as %22.
            file = {"name": str(file_name).replace("%22", '"'), "base64": base64.b64encode(payload).decode()}
            parts.append({"name": name, "file": file})
    return parts

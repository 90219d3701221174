"""Successful responses that are not as they should be: which ones are errors, and which are read all the same
(docs/errors.md). `body` is sent; `json` is what it means where that differs, `refused` the kind of the error."""

from __future__ import annotations

import base64
from typing import Any

from . import request
from .definition import Definition

PAGE = b"<!DOCTYPE html><html><title>Proxy</title></html>"
# Deeper than Appwrite writes, and than any language reads.
TOO_DEEP = 641
# The deepest that Appwrite accepts.
DEEP = 510

USER = "users.get"
ROWS = "tablesDB.listRows"


def _nested(levels: int) -> str:
    return '{"a":' * levels + "0" + "}" * levels


def _object(text: str) -> bytes:
    return b'{"$id":"u","prefs":' + text.encode() + b"}"


REFUSED = [
    (USER, "null", b"null"),
    (USER, "a list", b"[]"),
    (USER, "a number", b"5"),
    (USER, "a text", b'"text"'),
    (USER, "nothing", b""),
    (USER, "a page", PAGE),
    (USER, "what is cut off", b'{"$id":"u"'),
    (USER, "what is no JSON", b'{"$id":nonsense}'),
    (USER, "what is no UTF-8", b'{"$id":"\xff"}'),
    (USER, "half a letter", rb'{"$id":"\ud83d"}'),
    (USER, "the other half", rb'{"$id":"\ude00"}'),
    (USER, "too deep", _nested(TOO_DEEP).encode()),
    (USER, "an endless number", _object('{"a":' + "9" * 400 + "}")),
    ("account.getPrefs", "a list that is not empty", b"[1]"),
    ("users.delete", "a page", PAGE),
]

READ: list[tuple[str, str, bytes, Any]] = [
    (USER, "twice in data", _object('{"a":1,"a":2}'), {"$id": "u", "prefs": {"a": 2}}),
    (USER, "twice in a field", b'{"$id":"a","prefs":{},"$id":"u"}', {"$id": "u", "prefs": {}}),
    (USER, "a whole letter", _object(r'{"a":"\ud83d\ude00"}'), {"$id": "u", "prefs": {"a": "😀"}}),
    (USER, "deep", _object(_nested(DEEP)), None),
    (USER, "a list for an object", _object("[]"), {"$id": "u", "prefs": {}}),
    ("account.getPrefs", "a list for an object", b"[]", {}),
]


def calls(api: Definition) -> list[dict[str, Any]]:
    """All of them, as calls with their required arguments."""
    refused = [
        _call(api, operation, f"refused: {name}", body, {"refused": "decode"}) for operation, name, body in REFUSED
    ]
    read = [
        _call(api, operation, f"read: {name}", body, _read(means) | {"model": _method(api, operation).returns})
        for operation, name, body, means in READ
    ]
    return refused + read


def _read(means: Any) -> dict[str, Any]:
    return {} if means is None else {"json": means}


def _method(api: Definition, operation: str) -> Any:
    return api.methods[operation.split(".")[0]][operation.split(".")[1]]


def _call(api: Definition, operation: str, name: str, body: bytes, response: dict[str, Any]) -> dict[str, Any]:
    method = _method(api, operation)
    arguments = {param.name: "a" for param in method.params if param.type.required and not param.from_project}
    kind = {"type": "application/json", "body": base64.b64encode(body).decode()}
    return {
        "call": name,
        "operation": operation,
        "arguments": arguments,
        "request": request.expected(method, arguments),
        "response": {"status": 200} | kind | response,
    }

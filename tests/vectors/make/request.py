"""What must be on the wire for given arguments."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from .definition import Method

PROJECT = "demo"


def expected(method: Method, arguments: dict[str, Any], self_hosted: bool = True) -> dict[str, Any]:
    """The request, in parts, without those that have their usual value (see the README)."""
    path = (self_hosted and method.self_hosted_path) or method.path
    path = re.sub(r"\{(\w+)\}", lambda place: _in_path(method, arguments, place[1]), path)
    request: dict[str, Any] = {"method": method.http_method, "path": path}
    query = [pair for name, value in _at(method, arguments, "query") for pair in pairs(name, value)]
    if query:
        request["query"] = query
    body = _at(method, arguments, "body")
    if method.content == "multipart":
        request["multipart"] = _form(body)
    elif method.content == "json" and (body or method.http_method != "DELETE"):
        request["json"] = dict(body)
    if method.accept != "application/json":
        request["accept"] = method.accept
    if method.headers:
        request["headers"] = method.headers
    if not method.project_header:
        request["project"] = False
    return request


def _in_path(method: Method, arguments: dict[str, Any], name: str) -> str:
    param = next(param for param in method.params if param.name == name)
    # RFC 3986, section 2.3: only unreserved characters stay; a slash would begin another segment.
    return quote(PROJECT if param.from_project else str(arguments[name]), safe="")


def _at(method: Method, arguments: dict[str, Any], place: str) -> list[tuple[str, Any]]:
    """The arguments of one place, in the order of the signature."""
    wanted = [param for param in method.params if param.place == place]
    return [
        (param.name, PROJECT if param.from_project else arguments[param.name])
        for param in wanted
        if param.from_project or param.name in arguments
    ]


def pairs(name: str, value: Any) -> list[list[str]]:
    """Name and text of a value in a query string: PHP's brackets, 1 and 0 for booleans; nothing for empty lists."""
    if isinstance(value, list):
        return [pair for index, item in enumerate(value) for pair in pairs(f"{name}[{index}]", item)]
    if isinstance(value, dict):
        return [pair for key, item in value.items() for pair in pairs(f"{name}[{key}]", item)]
    return [[name, _text(value)]]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        # The server takes the text `false` in a query for true.
        return "1" if value else "0"
    return value if isinstance(value, str) else json.dumps(value)


def _form(body: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """The parts of a form, the file last; a form has no null, and booleans are words in it."""
    parts, files = [], []
    for name, value in body:
        if isinstance(value, dict) and "@file" in value:
            files.append({"name": name, "file": value["@file"]})
        elif isinstance(value, list):
            parts += [{"name": f"{name}[]", "value": item} for item in value]
        elif value is not None:
            parts.append({"name": name, "value": value if isinstance(value, str) else json.dumps(value)})
    return parts + files

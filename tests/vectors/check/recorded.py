"""Vectors from exchanges recorded with a real server."""

from __future__ import annotations

import json
import re
from typing import Any

from ..make.definition import Definition, Method, Model
from .vectors import ROOT, Entry

RECORDINGS = ROOT / "tests" / "fixtures" / "recordings"

# The recording shortened these bodies, so they are not responses.
SHORTENED = re.compile(r'"@(binary|multipart|raw|text|longString)"')


def calls(definition: Definition, required: dict[str, Entry]) -> list[Entry]:
    """One call for every recorded response of a known route; other vectors test its request."""
    routes = _routes(definition)
    found = []
    for path in sorted(RECORDINGS.glob("*/*.json")):
        exchange = json.loads(path.read_text(encoding="utf-8"))
        method = _method(definition, routes, exchange)
        response = _response(method, exchange["response"]) if method else None
        if method and response:
            name = f"recorded {path.parent.name}/{path.stem}"
            call = {"id": f"{method.id} {name}", "call": name, "operation": method.id}
            found.append(call | {"arguments": required[method.id]["arguments"], "response": response})
    return found


def _routes(definition: Definition) -> list[tuple[str, re.Pattern[str], Method]]:
    """Method and pattern of every route; those with fewer placeholders first, they are more specific."""
    routes = []
    for methods in definition.methods.values():
        for method in methods.values():
            for path in filter(None, (method.path, method.self_hosted_path)):
                pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
                routes.append((path.count("{"), method.http_method, re.compile(f"/v1{pattern}"), method))
    return [route[1:] for route in sorted(routes, key=lambda route: (route[0], route[3].id))]


def _method(
    definition: Definition, routes: list[tuple[str, re.Pattern[str], Method]], exchange: Entry
) -> Method | None:
    """The operation of the route whose model the response is: one route may make one row or many."""
    request, response = exchange["request"], exchange["response"]
    for http_method, pattern, method in routes:
        if http_method == request["method"] and pattern.fullmatch(request["path"]):
            model = definition.models.get(method.returns)
            if response["status"] >= 300 or model is None or _is(model, response["body"]):
                return method
    return None


def _is(model: Model, body: Any) -> bool:
    """Whether a response has the fields that only this kind of model has."""
    return isinstance(body, dict) and all((key in model.fields) == (key in body) for key in ("$id", "total"))


def _response(method: Method, response: Entry) -> Entry | None:
    status, body = response["status"], response["body"]
    if SHORTENED.search(json.dumps(body)):
        return None
    kind = next((value for name, value in response["headers"] if name.lower() == "content-type"), "")
    if status >= 400:
        page = isinstance(body, dict) and "@html" in body
        return {"status": status, "type": kind} | ({"text": body["@html"]["first"]} if page else {"json": body})
    if method.returns == "empty" and status == 204:
        return {"status": status}
    is_model = method.returns[0].isupper() and isinstance(body, dict)
    if status < 300 and (is_model or method.returns == "json"):
        return {"status": status, "json": body} | ({"model": method.returns} if is_model else {})
    return None

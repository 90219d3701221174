"""Finds and names the differences between an official SDK's request and ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..vectors.check.requests import read, same_body
from ..vectors.check.responses import same
from ..vectors.check.vectors import Entry
from ..vectors.make.definition import Method
from ..vectors.make.request import expected

# Headers that belong to the connection and not to the call.
TRANSPORT = {"accept-encoding", "connection", "content-length", "host", "transfer-encoding"}


def differences(method: Method, arguments: Entry, known: set[str], raw: Entry) -> set[str]:
    """Names of the differences; a name that begins with `unexplained` is not a known one.

    `known` are the arguments that the official method has: the comparison ignores our newer ones.
    """
    given = {name: value for name, value in arguments.items() if name in known}
    wanted = expected(method, given)
    cloud = expected(method, given, self_hosted=False)
    got = read(raw)
    found = set(_path(wanted["path"], got["path"]))
    if found - {"path.raw"} and cloud["path"] != wanted["path"]:
        found = {"path.cloud", *_path(cloud["path"], got["path"])}
    if got["method"] != wanted["method"]:
        found.add(f"unexplained method {got['method']}")
    if "path.raw" not in found:
        # A raw question mark in a path turns the rest of it into a query.
        found |= set(_query(wanted.get("query", []), got["query"], given))
    if got["bare_question_mark"]:
        found.add("query.bare")
    found |= set(_body(wanted, got))
    found |= set(_headers(wanted, got))
    return found


def _path(wanted: str, got: str) -> Iterator[str]:
    if got == wanted:
        return
    # Written without encoding, what followed a `?` or `#` is lost, and `..` and line ends are gone.
    raw = re.split(r"[?#]", unquote(wanted))[0]
    if unquote(got) in (unquote(raw), _resolved(raw), _resolved(unquote(raw))):
        yield "path.raw"
    else:
        yield f"unexplained path {got} for {wanted}"


def _resolved(path: str) -> str:
    """The path as a URL parser leaves it."""
    segments: list[str] = []
    for segment in re.sub(r"[\t\n]", "", path).split("/"):
        if segment == "..":
            segments.pop()
        else:
            segments.append(segment)
    return "/".join(segments)


def _query(wanted: list[list[str]], got: list[list[str]], given: Entry) -> Iterator[str]:
    if got == wanted:
        return
    unindexed = [[re.sub(r"\[\d+\]", "[]", name), value] for name, value in wanted]
    if got == unindexed:
        yield "query.index"
        return
    left = [[re.sub(r"\[\d+\]", "[]", name), value] for name, value in got]
    if any("[]" in name for name, _ in got):
        yield "query.index"
    if sorted(left) != sorted(unindexed):
        words = [[name, {"true": "1", "false": "0"}.get(value, value)] for name, value in left]
        objects = {name for name, value in given.items() if isinstance(value, dict)}
        without = [[name, value] for name, value in unindexed if name.split("[")[0] not in objects]
        others = [[name, value] for name, value in words if name.split("[")[0] not in objects]
        if words != left:
            yield "query.boolean"
        if sorted(words) != sorted(unindexed):
            if objects and sorted(others) == sorted(without):
                yield "query.object"
            else:
                yield f"unexplained query {got} for {wanted}"
        left = words
    if [name for name, _ in left] != [name for name, _ in unindexed] and sorted(left) == sorted(unindexed):
        yield "query.order"


def _body(wanted: Entry, got: Entry) -> Iterator[str]:
    if "multipart" in wanted or "multipart" in got:
        yield from _form(wanted.get("multipart"), got.get("multipart"))
        return
    theirs, ours = got.get("json"), wanted.get("json")
    if ours is None:
        if theirs == {} or got.get("body") == ["application/json", ""]:
            yield "body.empty"
        elif theirs is not None or got.get("body"):
            yield f"unexplained body {got.get('body', theirs)!r}"
        return
    if same_body(theirs, ours):
        return
    if not isinstance(theirs, dict):
        yield f"unexplained body {got.get('body', theirs)!r} for {ours!r}"
        return
    nulls = {name for name, value in ours.items() if value is None and name not in theirs}
    if nulls:
        yield "body.null"
    ours = {name: value for name, value in ours.items() if name not in nulls}
    if not same(theirs, ours):
        yield f"unexplained body {theirs!r} for {ours!r}"
    elif not same_body(theirs, ours):
        yield "body.order"


def _form(wanted: list[Entry] | None, got: list[Entry] | None) -> Iterator[str]:
    if wanted is None or got is None:
        yield f"unexplained form {got} for {wanted}"
        return
    if got == wanted:
        return
    ours = [part | {"name": re.sub(r"\[\]$", "", part["name"])} for part in wanted]
    theirs = [part | {"name": re.sub(r"\[\d*\]$", "", part["name"])} for part in got]
    if [part["name"] for part in got if "[" in part["name"]] != [
        part["name"] for part in wanted if "[" in part["name"]
    ]:
        yield "form.index"
    if theirs != ours:
        if "\r\n" in "".join(part.get("value", "") for part in theirs):
            yield "form.newline"
            theirs = json.loads(json.dumps(theirs).replace("\\r\\n", "\\n"))
        if theirs == ours:
            return
        if sorted(map(str, theirs)) == sorted(map(str, ours)):
            yield "form.order"
        else:
            yield f"unexplained form {got} for {wanted}"


def _headers(wanted: Entry, got: Entry) -> Iterator[str]:
    headers = {name: value for name, value in got["all_headers"].items() if name not in TRANSPORT}
    ours = {
        "accept": wanted.get("accept", "application/json"),
        "x-appwrite-key": "secret",
        **wanted.get("headers", {}),
    }
    if wanted.get("project", True):
        ours["x-appwrite-project"] = "demo"
    kind = headers.pop("content-type", None)
    if "json" in wanted or "multipart" in wanted:
        form = "multipart/form-data" if "multipart" in wanted else "application/json"
        if not (kind or "").startswith(form):
            yield f"unexplained content-type {kind}"
    elif kind is not None and "json" not in got:
        yield "header.content-type"
    for name in (
        "user-agent",
        "x-sdk-name",
        "x-sdk-platform",
        "x-sdk-language",
        "x-sdk-version",
        "x-appwrite-response-format",
    ):
        if headers.pop(name, None) is not None:
            yield "header.identity"
    for name in headers.keys() | ours.keys():
        if headers.get(name) != ours.get(name):
            yield {
                "accept": "header.accept",
                "x-appwrite-project": "header.project",
                "x-appwrite-id": "header.upload-id",
                "accept-language": "header.fetch",
                "sec-fetch-mode": "header.fetch",
            }.get(name, f"unexplained header {name}: {headers.get(name)!r} for {ours.get(name)!r}")

"""Judges a runner's report: one line of JSON for every line of the plan."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..make.definition import Definition
from . import clients, plan, requests, vectors, webhooks
from .responses import Responses, same
from .vectors import Entry


class Judge:
    """Compares reports with vectors."""

    def __init__(self, definition: Definition, recorded: list[Entry]) -> None:
        self._responses = Responses(definition)
        # Calls that need no key, or a user: no key can have these scopes.
        methods = (method for group in definition.methods.values() for method in group.values())
        self._public = {method.id for method in methods if method.scopes in (["public"], ["account"])}
        self._samples = vectors.samples()
        self._calls = {call["id"]: call for call in vectors.calls() + recorded}
        self._helpers = {case["id"]: case for case in vectors.helpers()}
        self._clients = {case["id"]: case for case in vectors.clients()}
        self._webhooks = {case["id"]: case["wanted"] for case in webhooks.cases()}
        self._enums = {f"enum {name}": members for name, members in vectors.enums().items()}

    def differences(self, report: Entry) -> list[str]:
        """What is wrong with one report."""
        name = report["id"]
        if "skipped" in report:
            return []
        if name in self._calls:
            return list(self._call(self._calls[name], report))
        if name in self._helpers:
            return list(_helper(self._helpers[name], report))
        if name in self._clients:
            return list(clients.differences(self._clients[name]["wanted"], report))
        if name in self._webhooks:
            return list(self._webhook(self._webhooks[name], report))
        missing = set(self._enums[name]) - set(report.get("values", []))
        return [f"no member for {sorted(missing)}"] if missing else []

    def names(self) -> set[str]:
        """The IDs of everything that a runner must run."""
        groups = (self._calls, self._helpers, self._clients, self._webhooks, self._enums)
        return {name for group in groups for name in group}

    def covered(self, name: str) -> Iterator[tuple[str, str]]:
        """What a vector covers: operations, models, helpers, enums, settings, options, errors and their kinds."""
        if name in self._calls:
            call = self._calls[name]
            yield "operations", call["operation"]
            model = call["response"].get("model")
            if model:
                found = plan.json_of(call["response"], self._samples)
                yield from (("models", each) for each in self._responses.models(model, found))
        elif name in self._helpers:
            yield "helpers", self._helpers[name]["helper"]
        elif name in self._clients:
            yield name.split()[0], name
            if kind := self._clients[name]["wanted"].get("error", {}).get("kind"):
                yield "kinds", kind
        elif name in self._enums:
            yield "enums", name.removeprefix("enum ")

    def _webhook(self, wanted: Entry, report: Entry) -> Iterator[str]:
        if "error" in wanted:
            got = {key: (report.get("error") or {}).get(key) for key in wanted["error"]}
            if got != wanted["error"]:
                yield f"{got} or {report.get('seen')} instead of {wanted['error']}"
            return
        seen = report.get("seen")
        if not seen:
            yield f"failed: {report.get('error')}"
            return
        for name, value in wanted["seen"].items():
            if name == "payload" and wanted["seen"]["model"] and not same(value, seen[name]):
                yield from self._responses.differences(wanted["seen"]["model"], value, seen[name])
            elif not same(value, seen[name]):
                yield f"{name} is {seen[name]!r} instead of {value!r}"

    def _call(self, call: Entry, report: Entry) -> Iterator[str]:
        if "request" in call:
            if "request" not in report:
                yield f"nothing was sent: {report.get('error')}"
                return
            yield from requests.differences(call["request"], report["request"])
        response = call["response"]
        if "refused" in response:
            if (report.get("error") or {}).get("kind") != response["refused"]:
                yield f"{report.get('error') or report.get('seen')} instead of an error of kind {response['refused']}"
        elif response["status"] >= 400:
            yield from _error(response, report, call["operation"] in self._public)
        elif "error" in report:
            yield f"failed: {report['error']}"
        else:
            yield from self._seen(response, report)

    def _seen(self, response: Entry, report: Entry) -> Iterator[str]:
        seen = report.get("seen")
        if "model" in response:
            found = plan.json_of(response, self._samples)
            wrong = list(self._responses.differences(response["model"], found, seen))
            # Node returns what the server sent, without conversions.
            if wrong and not ("body" in response and seen == json.loads(base64.b64decode(response["body"]))):
                yield from wrong
            variant = self._responses.variant(response["model"], found)
            if variant and report.get("model", variant) != variant:
                yield f"it is a {report['model']} and not a {variant}"
            return
        wanted: Any = None
        for key in ("json", "text", "location"):
            wanted = response.get(key, wanted)
        if "base64" in response:
            wanted = {"@bytes": response["base64"]}
        # Node returns an empty object for nothing.
        if not same(wanted, seen) and not (wanted is None and seen == {}):
            yield f"saw {seen!r} instead of {wanted!r}"


def _error(response: Entry, report: Entry, public: bool) -> Iterator[str]:
    body = response.get("json") or {}
    status, kind = response["status"], body.get("type", "")
    wanted = {"kind": kind_of(status, kind, public), "code": status, "type": kind}
    if "message" in body:
        wanted["message"] = body["message"]
    got = {key: (report.get("error") or {}).get(key) for key in wanted}
    got["type"] = got["type"] or ""
    if got != wanted:
        yield f"error {got} instead of {wanted}"


def kind_of(status: int, kind: str, public: bool) -> str:
    """The kind of an error response to a client with a key; some types say more than the status."""
    match status, kind:
        case 401, "user_session_already_exists":
            return "conflict"
        case 403, "storage_invalid_file":
            return "argument"
        case 401 | 403, "general_unauthorized_scope":
            return "unauthorized" if public else "missing_scope"
        case 401, _:
            return "unauthorized"
        case 403, _:
            return "api" if kind.endswith(("_disabled", "_restricted")) else "unauthorized"
        case 404, _:
            return "not_found"
        case 409, _:
            return "conflict"
        case 429, _:
            return "rate_limited"
        case ((400 | 413 | 414 | 416 | 422), _):
            return "argument"
    return "api"


def _helper(case: Entry, report: Entry) -> Iterator[str]:
    if case.get("refused"):
        if not report.get("refused"):
            yield f"made {report.get('made')!r} of arguments that it must reject"
    elif "matches" in case:
        if not re.fullmatch(case["matches"].strip("^$"), str(report.get("made"))):
            yield f"made {report.get('made')!r}"
    elif report.get("made") != case.get("text", case.get("texts")):
        yield f"made {report.get('made')!r} instead of {case.get('text', case.get('texts'))!r}"


def read(path: Path) -> list[Entry]:
    """A runner's report."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]

"""Compares what came of a client and its call with a vector."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import requests
from .responses import same
from .vectors import Entry


def differences(wanted: Entry, report: Entry) -> Iterator[str]:
    """What differs from the vector."""
    sent = [requests.read(raw) for raw in report.get("requests", [])]
    error = report.get("error")
    if "request" not in wanted and "matches" not in wanted.get("error", {}) and sent:
        yield f"{sent[0]['method']} {sent[0]['path']} was sent"
    for part, value in wanted.get("request", {}).items():
        found = sent[0].get(part) if sent else error
        if found != value:
            yield f"{part}: {found!r} instead of {value!r}"
    for name, value in wanted.get("headers", {}).items() if sent else ():
        if sent[0]["all_headers"].get(name) != value:
            yield f"{name}: {sent[0]['all_headers'].get(name)!r} instead of {value!r}"
    if "seen" in wanted and not same(wanted["seen"], report.get("seen")):
        yield f"saw {report.get('seen')!r} instead of {wanted['seen']!r}"
    if "warnings" in wanted and report.get("warnings") != wanted["warnings"]:
        yield f"warned of {report.get('warnings')!r} instead of {wanted['warnings']!r}"
    yield from _error(wanted.get("error"), error)


def _error(wanted: Entry | None, found: Entry | None) -> Iterator[str]:
    if wanted is None or found is None:
        if wanted != found:
            yield f"{found!r} instead of {wanted!r}"
        return
    if found.get("kind") != wanted["kind"]:
        yield f"{found!r} instead of an error of kind {wanted['kind']}"
    line = found.get("line") or ""
    if "line" in wanted and line not in (wanted["line"], snake(wanted["line"])):
        yield f"the line is {line!r} instead of {wanted['line']!r}"
    if "matches" in wanted and not re.fullmatch(wanted["matches"], line):
        yield f"the line is {line!r} and does not match {wanted['matches']!r}"


def snake(line: str) -> str:
    """A line with names as Python writes them."""
    return re.sub(r"`\w+`", lambda name: re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name[0]).lower(), line)

"""How a query is written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ._values import text


def query(method: str, attribute: str | None = None, values: Any = None) -> str:
    """The JSON text of a query. One value is a list of one; without values there is no list."""
    content: dict[str, Any] = {"method": method}
    if attribute is not None:
        content["attribute"] = attribute
    if values is not None:
        content["values"] = list(values) if isinstance(values, (list, tuple)) else [values]
    return text(f"Query.{method}", content)


def parsed(place: str, queries: str | Iterable[str]) -> list[Any]:
    """Queries that stand inside another one."""
    found = []
    for index, each in enumerate([queries] if isinstance(queries, str) else queries):
        try:
            content = json.loads(str(each))
        except ValueError:
            content = None
        if not isinstance(content, dict):
            from .exception import ArgumentError

            raise ArgumentError(f"`queries[{index}]` is not a query; make it with Query", operation=place)
        found.append(content)
    return found

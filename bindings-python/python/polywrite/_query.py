"""How a query is written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ._values import plain

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=plain).encode


def query(method: str, attribute: str | None = None, values: Any = None) -> str:
    """The JSON text of a query. One value is a list of one; without values there is no list."""
    content: dict[str, Any] = {"method": method}
    if attribute is not None:
        content["attribute"] = attribute
    if values is not None:
        content["values"] = list(values) if isinstance(values, (list, tuple)) else [values]
    return _encode(content)


def parsed(queries: str | Iterable[str]) -> list[Any]:
    """Queries that stand inside another one."""
    return [json.loads(each) for each in ([queries] if isinstance(queries, str) else queries)]

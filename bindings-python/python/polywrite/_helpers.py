"""What the generated helpers are made of."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

from ._values import text


def query(method: str, attribute: str | None = None, values: Any = None) -> str:
    """Returns the JSON text of a query. A single value becomes a list of one; `None` leaves `values` out."""
    content: dict[str, Any] = {"method": method}
    if attribute is not None:
        content["attribute"] = attribute
    if values is not None:
        content["values"] = list(values) if isinstance(values, (list, tuple)) else [values]
    return text(f"Query.{method}", content)


def joined(method: str, table: str, left: str | list[str], right: str | list[str], operator: str, alias: str) -> str:
    """A join by columns; by queries if `left` is a list of them, or if `right` is and `left` the alias."""
    if isinstance(left, str) and isinstance(right, list):
        alias, left = left, right
    if isinstance(left, str):
        return query(method, table, [left, operator, right, *given(alias)])
    return query(method, table, [*given(alias), *parsed(f"Query.{method}", left)])


def operator(method: str, values: Iterable[Any]) -> str:
    """The JSON text of an operator."""
    return text(f"Operator.{method}", {"method": method, "values": list(values)})


def given(value: Any) -> list[Any]:
    """A list of the value, empty when there is none."""
    return [] if value is None or value == "" else [value]


def parsed(place: str, queries: str | Iterable[str]) -> list[Any]:
    """Queries that stand inside another one."""
    found = []
    for index, each in enumerate([queries] if isinstance(queries, str) else queries):
        try:
            content = json.loads(str(each))
        except ValueError:
            content = None
        if not isinstance(content, dict):
            _refuse(place, f"`queries[{index}]` is not a query; make it with Query")
        found.append(content)
    return found


def finite(place: str, name: str, value: float | None) -> None:
    """Refuses infinities and NaN."""
    if value is not None and not isinstance(value, int) and not math.isfinite(value):
        _refuse(place, f"`{name}` must be a finite number")


def nonzero(place: str, name: str, value: float) -> None:
    """Refuses zero."""
    if value == 0:
        _refuse(place, f"`{name}` must not be 0")


def at_least_1(place: str, name: str, value: int) -> None:
    """Refuses numbers below one."""
    if value < 1:
        _refuse(place, f"`{name}` must be 1 or more, got {value}")


def _refuse(place: str, message: str) -> NoReturn:
    from ._error import refused

    raise refused(place, message)

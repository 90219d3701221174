"""What packages are made of that `polywrite build` makes of other definitions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _fields
from ._polywrite import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def describe(rows: Mapping[str, str]) -> None:
    """Describes operations: JSON of their rows by their names, as core/src/directory.rs reads it."""
    for name, row in rows.items():
        ask(json.dumps({"describe": name}), row.encode())


def fields_of(home: str) -> tuple[Callable[..., Any], ...]:
    """The makers of fields with models and enums, `choice`, `choices`, `item` and `items`, and `one_of`, for those that
    the package `home` has."""

    def within(make: Callable[..., Any]) -> Callable[..., Any]:
        return lambda wire, name, *others, **named: make(wire, f"{home}:{name}", *others, **named)

    makers: tuple[Callable[..., Any], ...] = (_fields.choice, _fields.choices, _fields.item, _fields.items)
    return *map(within, makers), lambda name, raw: _fields.one_of(f"{home}:{name}", raw)

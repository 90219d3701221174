"""How errors name values."""

from __future__ import annotations

from typing import Any


def named(value: Any) -> str:
    """Names a value by its kind: rows may be private, so that errors do not quote them."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, float) and not value.is_integer():
        return "a number with a fraction"
    for kind, name in ((str, "a text"), (int, "a whole number"), (float, "a number"), (list, "a list")):
        if isinstance(value, kind):
            return name
    return "an object"

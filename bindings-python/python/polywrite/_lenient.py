"""Scalars that the server sent as another kind, read where they say the same. docs/errors.md has the whole rule. Loaded
when the first such value is met."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from .exception import DecodeError

if TYPE_CHECKING:
    from collections.abc import Callable

# What JavaScript calls safe: beyond, floats skip integers.
_EXACT = 2**53 - 1
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def read(model: str, wire: str, kind: type, value: Any) -> Any:
    """The value as a `kind`. Raises `DecodeError` when it says something else."""
    name, convert = _KINDS[kind]
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    made = convert(value)
    if made is None:
        raise DecodeError(f"the server sent a {type(value).__name__} where `{wire}` of a {model} should be {name}")
    return made


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, (int, float)) else None


def _integer(value: Any) -> int | None:
    if isinstance(value, str) and (found := _NUMBER.fullmatch(value)):
        value = float(value) if any(found.groups()) else int(value)
        if isinstance(value, int):
            return value if -(2**63) <= value < 2**63 else None
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        return int(value)
    return None


def _number(value: Any) -> float | None:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value)
        return value if math.isfinite(value) else None
    # The server writes whole floats without a point.
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _boolean(value: Any) -> bool | None:
    if isinstance(value, str):
        return _FLAGS.get(value)
    return bool(value) if isinstance(value, int) and value in (0, 1) else None


_KINDS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    str: ("a text", _text),
    int: ("a whole number", _integer),
    float: ("a number", _number),
    bool: ("true or false", _boolean),
}

"""Values that JSON does not have, as JSON."""

from __future__ import annotations

import sys
from typing import Any

from ._polywrite import Foreign, json_text

_DEPTH = 512
"""Deeper values contain themselves, most likely. The native layer says so about all others."""


class _Refused(Exception):
    """A value that would not arrive as it is: the steps to it from the innermost to the outermost, and why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        self.steps: list[str | int] = []

    def of(self, name: str) -> str:
        for step in reversed(self.steps):
            name += f"[{step}]" if isinstance(step, int) else f".{step}"
        return f"`{name}` {self.reason}"


def text(name: str, value: Any) -> str:
    """JSON text of a value, which errors call `name`."""
    from ._error import made

    try:
        return str(made(json_text, value, name))
    except Foreign:
        return str(made(json_text, _converted(name, name, value), name))


def plain_params(operation: str, params: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a call in nothing but what JSON has."""
    return {name: _converted(operation, name, value) for name, value in params.items()}


def _converted(operation: str, name: str, value: Any) -> Any:
    try:
        return _plain(value, 0)
    except _Refused as refused:
        from ._error import refused as error

        raise error(operation, refused.of(name)) from None


def _plain(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if depth > _DEPTH:
        raise _Refused("is nested too deep; perhaps it contains itself")
    if isinstance(value, dict):
        members: dict[str, Any] = {}
        for key, each in value.items():
            name = _key(key)
            if name in members:
                raise _Refused(f"has two keys that would be {name!r}")
            members[name] = _inside(name, each, depth)
        return members
    if isinstance(value, (list, tuple)):
        return [_inside(index, each, depth) for index, each in enumerate(value)]
    return _plain(plain(value), depth + 1)


def _inside(step: str | int, value: Any, depth: int) -> Any:
    try:
        return _plain(value, depth + 1)
    except _Refused as refused:
        refused.steps.append(step)
        raise


def _key(key: Any) -> str:
    key = _enum_value(key)
    if isinstance(key, str):
        return key
    if isinstance(key, int) and not isinstance(key, bool):
        return str(int(key))
    if type(key).__name__ == "UUID":
        return str(key)
    raise _Refused(f"has a key that is a {type(key).__name__}: keys are text or whole numbers")


def plain(value: Any) -> Any:
    """Turns one value into what JSON knows; what is inside it comes later."""
    kind = type(value).__name__
    if isinstance(value, type):
        raise _Refused(f"is the class {value.__name__}, not a value of it")
    if callable(convert := getattr(value, "_to_wire", None)):
        return convert()
    if (member := _enum_value(value)) is not value:
        return member
    if callable(dump := getattr(value, "model_dump", None)):
        return dump(mode="json", by_alias=True)
    if fields := getattr(value, "__dataclass_fields__", None):
        return {name: getattr(value, name) for name in fields}
    if fields := getattr(value, "__struct_fields__", None):
        names = getattr(value, "__struct_encode_fields__", fields)
        return {name: getattr(value, field) for name, field in zip(names, fields, strict=True)}
    if fields := getattr(value, "__attrs_attrs__", None):
        return {field.name: getattr(value, field.name) for field in fields}
    if callable(isoformat := getattr(value, "isoformat", None)):
        return isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise _Refused(f"is {kind}, which JSON cannot write: decode it, or upload it as a file")
    if hasattr(value, "keys") and hasattr(value, "__getitem__"):
        return {key: value[key] for key in value}
    if kind in ("UUID", "PurePosixPath", "PosixPath"):
        return str(value)
    if callable(tolist := getattr(value, "tolist", None)):
        # Before `__index__`, which arrays have but do not support.
        return tolist()
    if hasattr(value, "as_integer_ratio"):
        return _number(value)
    if hasattr(value, "__index__"):
        return value.__index__()
    if hasattr(value, "__iter__"):
        return list(value)
    raise _Refused(f"is a {kind}, which cannot be written as JSON")


def _number(value: Any) -> int | float:
    """A `Decimal` or a `Fraction`, if a number of JSON is exactly it."""
    try:
        number = float(value)
    except OverflowError:
        return float("inf")
    except ValueError:
        return float("nan")
    if number - number != 0:
        # Not a number, or endless: the core says so.
        return number
    if number.is_integer() and value == int(value):
        return int(value)
    # What is written is the shortest text of a float, so 0.1 arrives as 0.1.
    if number == value or type(value)(repr(number)) == value:
        return number
    raise _Refused(f"is a {type(value).__name__} that no float is equal to: send a text, or a float")


def record(value: Any) -> dict[str, Any]:
    """The fields of what a `model_type` made, as a dict."""
    if isinstance(value, dict):
        return value
    if (named := getattr(value, "_asdict", None)) is not None:
        return dict(named())
    try:
        return dict(plain(value))
    except (TypeError, _Refused):
        # An ordinary object has what its class took as arguments.
        return dict(vars(value))


def _enum_value(value: Any) -> Any:
    # Only a program that has imported the module can pass an enum.
    enum = sys.modules.get("enum")
    return value.value if enum and isinstance(value, enum.Enum) else value

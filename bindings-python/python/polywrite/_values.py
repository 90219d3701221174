"""Values that are not JSON by nature, on their way into it."""

from __future__ import annotations

import sys
from typing import Any


def plain(value: Any) -> Any:
    """Turns one value into what JSON knows; what is inside it comes back here. Called by the native layer."""
    if isinstance(value, type):
        raise TypeError(f"the class {value.__name__} was given, not a value of it")
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
        raise TypeError(f"{type(value).__name__} cannot be JSON; decode it, or upload it as a file")
    if hasattr(value, "keys") and hasattr(value, "__getitem__"):
        return {key: value[key] for key in value}
    if type(value).__name__ in ("UUID", "PurePosixPath", "PosixPath"):
        return str(value)
    if callable(tolist := getattr(value, "tolist", None)):
        # Before `__index__`, which arrays have but do not answer.
        return tolist()
    if hasattr(value, "as_integer_ratio"):
        number = float(value)
        return int(value) if number.is_integer() and value == int(value) else number
    if hasattr(value, "__index__"):
        return value.__index__()
    if hasattr(value, "__iter__"):
        return list(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def record(value: Any) -> dict[str, Any]:
    """The fields of what a `model_type` made, as a dict."""
    if isinstance(value, dict):
        return value
    if (named := getattr(value, "_asdict", None)) is not None:
        return dict(named())
    try:
        return dict(plain(value))
    except TypeError:
        # An ordinary object has what its class took as arguments.
        return dict(vars(value))


def _enum_value(value: Any) -> Any:
    # Nobody can pass an enum who has not imported the module.
    enum = sys.modules.get("enum")
    return value.value if enum and isinstance(value, enum.Enum) else value

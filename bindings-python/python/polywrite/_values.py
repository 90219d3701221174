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
    if callable(isoformat := getattr(value, "isoformat", None)):
        return isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(f"{type(value).__name__} cannot be JSON; decode it, or upload it as a file")
    if hasattr(value, "keys") and hasattr(value, "__getitem__"):
        return {key: value[key] for key in value}
    if type(value).__name__ in ("UUID", "PurePosixPath", "PosixPath"):
        return str(value)
    if hasattr(value, "as_integer_ratio"):
        return int(value) if value == int(value) else float(value)
    if hasattr(value, "__index__"):
        return value.__index__()
    if hasattr(value, "tolist"):
        return value.tolist()
    if hasattr(value, "__iter__"):
        return list(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def _enum_value(value: Any) -> Any:
    # Nobody can pass an enum who has not imported the module.
    enum = sys.modules.get("enum")
    return value.value if enum and isinstance(value, enum.Enum) else value

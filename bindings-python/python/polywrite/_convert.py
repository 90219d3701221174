"""User data into the type that the caller asked for."""

from __future__ import annotations

from typing import Any


def convert(data: dict[str, Any], model_type: Any) -> Any:
    """Makes a `model_type` of user data: a pydantic model, a msgspec struct, a dataclass, a TypedDict, or anything
    that takes the data as keyword arguments.

    Raises `DecodeError` when the data does not fit.
    """
    if model_type is dict or model_type is Any or getattr(model_type, "__total__", None) is not None:
        return data
    try:
        return _make(data, model_type)
    except Exception as cause:
        from .exception import DecodeError

        name = getattr(model_type, "__name__", str(model_type))
        raise DecodeError(f"the data does not fit {name}: {cause}") from cause


def _make(data: dict[str, Any], model_type: Any) -> Any:
    if callable(validate := getattr(model_type, "model_validate", None)):
        return validate(data)
    if hasattr(model_type, "__struct_fields__"):
        import msgspec

        return msgspec.convert(data, model_type)
    if callable(from_dict := getattr(model_type, "from_dict", None)):
        return from_dict(data)
    if fields := getattr(model_type, "__dataclass_fields__", None):
        # Columns that the class does not know are left out: tables grow.
        return model_type(**{name: data[name] for name in fields if name in data and fields[name].init})
    return model_type(**data)

"""User data into the type that the caller asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Maker = Callable[[dict[str, Any]], Any]


def convert(records: Iterable[dict[str, Any]], model_type: Any, name_of: Callable[[int], str | None]) -> list[Any]:
    """Makes a `model_type` of each: a pydantic model, a msgspec struct, a dataclass, a TypedDict, or anything that
    takes the data as keyword arguments. `name_of` names a record by its place.

    Raises `DecodeError` when the data does not fit.
    """
    make = _maker(model_type)
    made: list[Any] = []
    try:
        # Not a loop over `append`, which a list of thousands would notice.
        made.extend(map(make, records))
    except Exception as cause:
        from .exception import DecodeError

        kind = getattr(model_type, "__name__", str(model_type))
        what = name_of(len(made)) or "the data"
        raise DecodeError(f"{what} does not fit {kind}: {_reason(cause)}") from cause
    return made


def _reason(cause: Any) -> str:
    """What does not fit, on one line; pydantic's reasons without the data, which may be private."""
    if type(cause).__name__ == "ValidationError" and callable(getattr(cause, "errors", None)):
        return "; ".join(map(_problem, cause.errors()))
    return " ".join(str(cause).split())


def _problem(error: dict[str, Any]) -> str:
    """What pydantic says of one value, and of what kind the value is."""
    place = ".".join(map(str, error["loc"]))
    if error["type"] == "missing":
        return f"the column `{place}` is missing"
    from ._kinds import named

    return f"the column `{place}` is {named(error['input'])}: {error['msg']}"


def _maker(model_type: Any) -> Maker:
    if model_type is Any or model_type is None or getattr(model_type, "__total__", None) is not None:
        return lambda data: data
    if callable(validate := getattr(model_type, "model_validate", None)):
        return validate
    if hasattr(model_type, "__struct_fields__"):
        import msgspec

        return lambda data: msgspec.convert(data, model_type)
    if callable(from_dict := getattr(model_type, "from_dict", None)):
        return from_dict
    if fields := getattr(model_type, "__dataclass_fields__", None):
        # Columns that the class does not know are left out: tables grow.
        names = [name for name in fields if fields[name].init]
        return lambda data: model_type(**{name: data[name] for name in names if name in data})
    if not callable(model_type):
        raise TypeError(f"model_type must be a class, not {model_type!r}")
    return lambda data: model_type(**data)

"""Models as text and as dicts of other shapes. Loaded when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._values import record
from .model import Model, OpenModel, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = ("secret", "password", "jwt", "token", "hash", "salt", "privatekey")


def shown(model: Model) -> Iterator[tuple[str, str]]:
    """The attributes of a model and what may be printed of them."""
    fields = {field.wire: (name, field) for name, field in reversed(model._fields.items())}
    for wire, value in model._current().items():
        name, field = fields.get(wire, (wire, None))
        # What this release does not know is judged by its name.
        secret = field.secret if field else any(word in wire.lower() for word in _HIDDEN)
        yield name, "'[redacted]'" if secret and value else repr(value)


def dump(
    model: Model,
    *,
    mode: str = "python",
    include: Any = None,
    exclude: Any = None,
    by_alias: bool | None = False,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    exclude_none: bool = False,
    **others: Any,
) -> dict[str, Any]:
    """pydantic's `model_dump`. `include` and `exclude` are sets of attributes, or dicts for what is inside of them;
    `others` are settings that make no difference to these models."""
    present = model._current()
    names = {field.wire: name for name, field in model.model_fields.items()}
    values: dict[str, Any] = {}
    for wire, name in names.items():
        value = getattr(model, name)
        if (exclude_unset and wire not in present) or (exclude_defaults and value == _default(type(model), name)):
            continue
        values[name] = value
    if isinstance(model, OpenModel):
        values = {**values, "data": _user_data(model.data)} if names else dict(model.to_dict())
    else:
        values.update((wire, value) for wire, value in present.items() if wire not in names)

    options = {
        "mode": mode,
        "by_alias": by_alias,
        "exclude_unset": exclude_unset,
        "exclude_defaults": exclude_defaults,
        "exclude_none": exclude_none,
    }
    wires = {name: wire for wire, name in names.items()} if by_alias else {}
    return {
        wires.get(name, name): _dumped(value, _inside(include, name), _inside(exclude, name), options)
        for name, value in values.items()
        if (include is None or name in include)
        and (exclude is None or name not in exclude or _inside(exclude, name))
        and not (exclude_none and value is None)
    }


def _dumped(value: Any, include: Any, exclude: Any, options: dict[str, Any]) -> Any:
    if isinstance(value, Model):
        return dump(value, include=include, exclude=exclude, **options)
    if callable(model_dump := getattr(value, "model_dump", None)):
        return model_dump(include=include, exclude=exclude, **options)
    if isinstance(value, list):
        include, exclude = _inside(include, "__all__") or None, _inside(exclude, "__all__") or None
        return [_dumped(each, include, exclude, options) for each in value]
    if isinstance(value, dict) and (include or exclude):
        return {
            key: plain_value(each)
            for key, each in value.items()
            if (not include or key in include) and (not exclude or key not in exclude)
        }
    return plain_value(value) if options["mode"] == "json" or isinstance(value, dict) else value


def _user_data(data: Any) -> Any:
    """User data that can be written: pydantic's models write themselves, as `include` and `exclude` say."""
    return data if hasattr(data, "model_dump") else record(data)


def _inside(selector: Any, name: str) -> Any:
    """What a selector says about what is inside of an attribute: nothing, or a selector."""
    nested = selector.get(name) if isinstance(selector, dict) else None
    return None if nested is True or nested is ... else nested


def _default(model: type[Model], name: str) -> Any:
    return getattr(model._of({}), name)


def core_schema(model: type[Model], source: Any) -> Any:
    """How pydantic checks and writes fields of a model's type."""
    from typing import get_args

    from pydantic_core import core_schema as schemas

    (model_type,) = get_args(source) or (dict,)
    if not isinstance(model_type, type):
        model_type = dict

    def check(value: Any) -> Model:
        if isinstance(value, model):
            return value
        if isinstance(value, dict):
            return model.with_data(value, model_type)
        raise ValueError(f"{model.__name__} is made from a dict with wire names, not {type(value).__name__}")

    def write(value: Model, info: Any) -> dict[str, Any]:
        # FastAPI asks for aliases, which are the wire names.
        return dump(
            value,
            mode=info.mode,
            include=info.include,
            exclude=info.exclude,
            by_alias=info.by_alias,
            exclude_unset=info.exclude_unset,
            exclude_none=info.exclude_none,
        )

    written = schemas.plain_serializer_function_ser_schema(write, info_arg=True, return_schema=schemas.dict_schema())
    return schemas.no_info_plain_validator_function(
        check, json_schema_input_schema=schemas.dict_schema(), serialization=written
    )

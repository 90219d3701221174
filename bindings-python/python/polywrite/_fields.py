"""How the fields of models read the dict underneath."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .model import Field, Model

if TYPE_CHECKING:
    from collections.abc import Callable


def field(wire: str, default: Any = None) -> Any:
    """A value that needs no conversion; `default` stands in when the server sent none."""
    if isinstance(default, (list, dict)):
        # A fresh one each time: callers may change what they get.
        fresh = type(default)

        def get(self: Model) -> Any:
            try:
                return self._raw[wire]
            except KeyError:
                return fresh(default)

    else:

        def get(self: Model) -> Any:
            try:
                return self._raw[wire]
            except KeyError:
                return default

    return _property(wire, get)


def choice(wire: str, enum: str) -> Any:
    """A value of an enum."""
    return _converted(wire, lambda: _enum(enum), lambda make, value, _: make(value))


def choices(wire: str, enum: str) -> Any:
    """A list of values of an enum."""
    return _converted(wire, lambda: _enum(enum), lambda make, values, _: [make(each) for each in values], [])


def item(wire: str, model: str, required: bool = False, generic: bool = False) -> Any:
    """A model, or one of a union."""
    made = _converted(wire, lambda: _maker(model), _one, {} if required else None)
    made.nested, made.generic = True, generic
    return made


def items(wire: str, model: str, generic: bool = False) -> Any:
    """A list of models."""
    made = _converted(wire, lambda: _maker(model), _many, [])
    made.nested, made.generic = True, generic
    return made


def _one(make: Callable[..., Any], value: Any, model_type: Any) -> Any:
    # PHP writes an empty object as an empty list.
    return make({} if value == [] else value, model_type)


def _many(make: Callable[..., Any], values: Any, model_type: Any) -> Any:
    return [make(each, model_type) for each in values]


def _converted(
    wire: str, resolve: Callable[[], Any], convert: Callable[[Any, Any, Any], Any], default: Any = None
) -> Field:
    make: Any = None

    def get(self: Model) -> Any:
        nonlocal make
        try:
            return self._cached[wire]
        except KeyError:
            value = self._raw.get(wire, default)
            if value is None:
                return None
            if make is None:
                make = resolve()
            converted = self._cached[wire] = convert(make, value, self._model_type)
            return converted

    return _property(wire, get)


def _property(wire: str, get: Callable[[Any], Any]) -> Field:
    def put(self: Model, value: Any) -> None:
        self._raw[wire] = value._raw if isinstance(value, Model) else value
        self._cached.pop(wire, None)

    made = Field(get, put)
    made.wire = wire
    return made


def _enum(name: str) -> Any:
    return getattr(import_module("polywrite.enums"), name)


def _maker(name: str) -> Callable[..., Any]:
    from .models import _unions

    if variants := _unions.UNIONS.get(name):
        return lambda raw, model_type=dict: _variant(variants, raw)._of(raw, model_type)
    model = getattr(import_module("polywrite.models"), name)
    make: Callable[..., Any] = model._of
    return make


def _variant(variants: Any, raw: dict[str, Any]) -> type[Model]:
    """The model of the first variant whose conditions hold; a value of `None` asks for the field only."""
    for name, alternatives in variants:
        for conditions in alternatives:
            if all(raw.get(key) == value if value is not None else key in raw for key, value in conditions):
                found: type[Model] = getattr(import_module("polywrite.models"), name)
                return found
    return Model


def one_of(name: str, raw: dict[str, Any]) -> Any:
    """The model of a union that a decoded answer is."""
    return _maker(name)(raw)

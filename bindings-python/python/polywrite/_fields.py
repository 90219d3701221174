"""How the fields of models read the dict underneath."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .model import Model, UnknownModel, wire_value

if TYPE_CHECKING:
    from collections.abc import Callable


class Field:
    """What a model knows of a field beside its value."""

    __slots__ = ("generic", "nested", "secret", "wire")

    def __init__(self, wire: str, secret: bool = False, nested: bool = False, generic: bool = False) -> None:
        self.wire = wire
        self.secret = secret
        """Not shown when a model is printed."""
        self.nested = nested
        """Holds models."""
        self.generic = generic
        """Holds models with user data."""

    @property
    def alias(self) -> str:
        """The name on the wire, as pydantic calls it."""
        return self.wire


def field(wire: str, default: Any = None, secret: bool = False) -> Any:
    """A value that needs no conversion; `default` stands in when the server sent none, or null."""
    if isinstance(default, (list, dict)):

        def get(self: Model) -> Any:
            value = self._raw.get(wire)
            # A copy for each model, and kept: callers may change what they get.
            return _cache(self).setdefault(wire, default.copy()) if value is None else value

    else:

        def get(self: Model) -> Any:
            value = self._raw.get(wire)
            return default if value is None else value

    return _property(Field(wire, secret), get)


def text(wire: str, default: str | None = None, secret: bool = False) -> Any:
    """A text."""
    return _scalar(wire, str, default, secret)


def integer(wire: str, default: int | None = None, secret: bool = False) -> Any:
    """A whole number."""
    return _scalar(wire, int, default, secret)


def number(wire: str, default: float | None = None, secret: bool = False) -> Any:
    """A number."""
    return _scalar(wire, float, default, secret)


def boolean(wire: str, default: bool | None = None, secret: bool = False) -> Any:
    """True or false."""
    return _scalar(wire, bool, default, secret)


def _scalar(wire: str, kind: type, default: Any, secret: bool) -> Any:
    def get(self: Model) -> Any:
        value = self._raw.get(wire)
        if value.__class__ is kind:
            return value
        if value is None:
            return default
        from ._lenient import read

        return read(type(self).__name__, wire, kind, value)

    return _property(Field(wire, secret), get)


def choice(wire: str, enum: str) -> Any:
    """A value of an enum."""
    return _converted(Field(wire), lambda: _enum(enum), lambda make, value, _: make(_word(wire, value)))


def choices(wire: str, enum: str) -> Any:
    """A list of values of an enum."""
    return _converted(Field(wire), lambda: _enum(enum), _choices(wire), [])


def _choices(wire: str) -> Callable[[Any, Any, Any], Any]:
    return lambda make, values, _: [make(_word(wire, each)) for each in values]


def _word(wire: str, value: Any) -> str:
    """The text of an enum's value."""
    if isinstance(value, str):
        return value
    from ._lenient import read

    word: str = read("model", wire, str, value)
    return word


def item(wire: str, model: str, required: bool = False, generic: bool = False) -> Any:
    """A model, or one of a union."""
    described = Field(wire, nested=True, generic=generic)
    return _converted(described, lambda: maker(model), _one, {} if required else None)


def items(wire: str, model: str, generic: bool = False) -> Any:
    """A list of models."""
    described = Field(wire, nested=True, generic=generic)
    return _converted(described, lambda: maker(model), lambda make, values, kind: make(values, kind), [])


def _one(make: Callable[..., Any], value: Any, model_type: Any) -> Any:
    return make((value,), model_type)[0]


def _converted(
    described: Field, resolve: Callable[[], Any], convert: Callable[[Any, Any, Any], Any], default: Any = None
) -> Any:
    make: Any = None
    wire = described.wire

    def get(self: Model) -> Any:
        nonlocal make
        cached = self._cached
        if cached is not None and wire in cached:
            return cached[wire]
        value = self._raw.get(wire)
        if value is None:
            if default is None:
                return None
            # A copy for each model: callers may change what they get.
            value = default.copy()
        if make is None:
            make = resolve()
        made = convert(make, value, self._model_type)
        return _cache(self).setdefault(wire, made)

    return _property(described, get)


def _cache(model: Model) -> dict[str, Any]:
    cached = model._cached
    if cached is None:
        cached = model._cached = {}
    return cached


def _property(described: Field, get: Callable[[Any], Any]) -> property:
    # A plain property, not a subclass: Python 3.12 and newer read those without a call.
    wire = described.wire

    def put(self: Model, value: Any) -> None:
        self._raw[wire] = wire_value(value)
        cached = _cache(self)
        cached.pop(wire, None)
        if isinstance(value, Model) or (isinstance(value, list) and all(isinstance(each, Model) for each in value)):
            cached[wire] = value

    get.__dict__["field"] = described
    return property(get, put)


def _enum(name: str) -> Any:
    home, name = _home_of(name)
    return getattr(import_module(f"{home}.enums"), name)


def _home_of(name: str) -> tuple[str, str]:
    """The package that has a model, a union or an enum, and its name there: packages of other definitions write
    `package:Name`."""
    home, _, name = name.rpartition(":")
    return home or "polywrite", name


@cache
def maker(name: str) -> Callable[..., Any]:
    """What makes models of a list of decoded objects and a `model_type`."""
    home, name = _home_of(name)
    if variants := import_module(f"{home}.models._unions").UNIONS.get(name):
        return lambda raws, model_type=dict: [_variant(home, variants, raw)._of(raw, model_type) for raw in raws]
    make: Callable[..., Any] = getattr(import_module(f"{home}.models"), name)._list_of
    return make


def _variant(home: str, variants: Any, raw: Any) -> type[Model]:
    """The model of the first variant whose conditions hold; a value of `None` asks for the field only."""
    if not isinstance(raw, dict):
        return UnknownModel
    for name, alternatives in variants:
        for conditions in alternatives:
            if all(raw.get(key) == value if value is not None else key in raw for key, value in conditions):
                found: type[Model] = getattr(import_module(f"{home}.models"), name)
                return found
    return UnknownModel


def one_of(name: str, raw: Any) -> Any:
    """The model of a union that a decoded response is."""
    return maker(name)((raw,))[0]


def payload_of(payload: Any, model: str | None, model_type: Any) -> Any:
    """The payload of an event: a model where the event has the name of one, plain values of JSON otherwise."""
    return payload if model is None else maker(model)((payload,), model_type)[0]

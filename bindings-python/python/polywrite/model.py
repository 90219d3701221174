"""What answers are made of: thin views of decoded JSON.

A model holds the dict that the decoder made and reads it when an attribute is asked for, so a list of thousands of
rows costs little more than its JSON.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Self, TypeVar

    T = TypeVar("T", default=dict[str, Any])
else:
    from typing import TypeVar

    T = TypeVar("T")

DICT: Any = dict
"""The `model_type` of calls that give none."""

_HIDDEN = ("secret", "password", "jwt", "token", "hash", "salt", "privatekey")
_PUBLIC = ("passwordupdate", "passwordpwned", "tokenstotal", "tokenshelp")


class Field(property):
    """A property that knows its name on the wire."""

    wire: str
    nested: bool = False
    generic: bool = False


class Model:
    """The base of every model. Attributes that a model does not define are looked up in the answer: newer servers
    send more than this release knows."""

    __slots__ = ("_cached", "_model_type", "_raw")

    _fields: dict[str, Field] = {}

    def __init__(self, **values: Any) -> None:
        """Takes values by attribute or wire name."""
        self._raw: dict[str, Any] = {}
        self._cached: dict[str, Any] = {}
        self._model_type: Any = dict
        for name, value in values.items():
            known = self._fields.get(name)
            self._raw[known.wire if known else name] = _wire(value)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._fields = cls._fields | {name: each for name, each in cls.__dict__.items() if isinstance(each, Field)}

    @classmethod
    def _of(cls, raw: dict[str, Any], model_type: Any = dict) -> Self:
        """Wraps a decoded answer."""
        self = cls.__new__(cls)
        self._raw = raw
        self._cached = {}
        self._model_type = model_type
        if model_type is not dict:
            self._convert()
        return self

    def _convert(self) -> None:
        """Converts user data now, so that what does not fit is an error of the call."""
        for name, field in self._fields.items():
            if field.generic:
                getattr(self, name)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Makes a model from a dict with wire names."""
        return cls._of(data)

    @classmethod
    def with_data(cls, data: dict[str, Any], model_type: Any = dict) -> Self:
        """Makes a model from a dict with wire names; user data becomes a `model_type`."""
        return cls._of(data, model_type)

    def to_dict(self) -> dict[str, Any]:
        """The answer with its wire names. User data of a row is under `data`."""
        return {key: _as_dict(self._nested(key), value) for key, value in self._raw.items()}

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict(), separators=(",", ":"), ensure_ascii=False)

    def _nested(self, wire: str) -> Any:
        """What a field that holds models holds."""
        for name, field in self._fields.items():
            if field.nested and field.wire == wire:
                return getattr(self, name)
        return None

    def _to_wire(self) -> dict[str, Any]:
        return self._raw

    def __getattr__(self, name: str) -> Any:
        # Only for names that the class does not have.
        if not name.startswith("_"):
            head, *tail = name.split("_")
            camel = head + "".join(part.capitalize() for part in tail)
            for wire in (name, camel, f"${camel}"):
                if wire in self._raw:
                    return self._raw[wire]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Model) and self._raw == other._raw

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self._shown())
        return f"{type(self).__name__}({shown})"

    def _shown(self) -> Iterator[tuple[str, str]]:
        names = {field.wire: name for name, field in reversed(self._fields.items())}
        for wire, value in self._raw.items():
            plain = wire.lower()
            secret = value and plain not in _PUBLIC and any(word in plain for word in _HIDDEN)
            yield names.get(wire, wire), "'[hidden]'" if secret else repr(value)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self)._of, (self._raw, self._model_type))

    def __copy__(self) -> Self:
        return self._of(dict(self._raw), self._model_type)


class OpenModel(Model, Generic[T]):
    """A model that carries user data beside its own fields."""

    __slots__ = ()

    _wires: frozenset[str] = frozenset()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._wires = frozenset(field.wire for field in cls._fields.values())

    @property
    def data(self) -> T:
        """The user data: a dict, or what `model_type` asked for."""
        try:
            data: T = self._cached["data"]
        except KeyError:
            from ._convert import convert

            wires = self._wires
            extra = {key: value for key, value in self._raw.items() if key not in wires}
            data = self._cached["data"] = convert(extra, self._model_type)
        return data

    def _convert(self) -> None:
        self.data  # noqa: B018

    def to_dict(self) -> dict[str, Any]:
        """The answer with its wire names; user data is under `data`, or all there is."""
        wires = self._wires
        extra = {key: value for key, value in self._raw.items() if key not in wires}
        if not wires:
            return extra
        return {**{key: value for key, value in self._raw.items() if key in wires}, "data": extra}


def _wire(value: Any) -> Any:
    if isinstance(value, Model):
        return value._raw
    if isinstance(value, list):
        return [_wire(each) for each in value]
    return value


def _as_dict(model: Any, raw: Any) -> Any:
    if isinstance(model, Model):
        return model.to_dict()
    if isinstance(model, list) and raw:
        return [_as_dict(each, item) for each, item in zip(model, raw, strict=True)]
    return raw

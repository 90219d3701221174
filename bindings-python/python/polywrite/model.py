"""Models of responses: thin views of decoded JSON.

A model holds the dict that the decoder made and reads it when an attribute is asked for, so a list of thousands of
rows costs little more than its JSON.
"""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, overload

from . import _types

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    T = TypeVar("T", default=dict[str, Any])
else:
    from typing import TypeVar

    T = TypeVar("T")

DICT: Any = dict
"""The `model_type` of calls that give none."""


class Model:
    """The base of every model."""

    # `_raw` is the response; `_cached` are values made of it, by wire name; `_data` is the user data once it was asked
    # for; `__dict__` holds what a program adds to a model, and is made when it does.
    __slots__ = ("__dict__", "__weakref__", "_cached", "_data", "_model_type", "_raw")

    # The class has a method of that name, which hints would find first.
    _fields: builtins.dict[str, _types.Field] = {}
    """By attribute name; both spellings of a field share one."""

    model_fields: ClassVar[builtins.dict[str, _types.Field]] = {}
    """By attribute name in the spelling of PyPI appwrite; a field's `alias` is its name on the wire."""

    _nested: builtins.dict[str, str] = {}
    """The wire names of fields that hold models, with their attributes."""

    def __init__(self, **values: Any) -> None:
        """Takes values by attribute or wire name."""
        self._raw: dict[str, Any] = {}
        self._cached: dict[str, Any] | None = None
        self._data: Any = None
        self._model_type: Any = dict
        for name, value in values.items():
            known = self._fields.get(name)
            self._raw[known.wire if known else name] = wire_value(value)
        self._adopt()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        own = {
            name: each.fget.__dict__["field"]
            for name, each in cls.__dict__.items()
            if isinstance(each, property) and "field" in each.fget.__dict__
        }
        cls._fields = cls._fields | own
        by_wire = {field.wire: (name, field) for name, field in cls._fields.items()}
        cls.model_fields = dict(by_wire.values())
        cls._nested = {field.wire: name for name, field in cls._fields.items() if field.nested}

    @classmethod
    def _of(cls, raw: Any, model_type: Any = dict) -> _types.Self:
        """Wraps a decoded response."""
        return cls._list_of((raw,), model_type)[0]

    @classmethod
    def _list_of(cls, raws: Any, model_type: Any = dict) -> list[_types.Self]:
        """Wraps many: the loop is here because lists have thousands of them."""
        new = cls.__new__
        models = []
        for raw in raws:
            self = new(cls)
            self._raw = raw if raw.__class__ is dict else _object(cls, raw)
            self._cached = self._data = None
            self._model_type = model_type
            models.append(self)
        if model_type is not dict:
            cls._convert(models, model_type)
        return models

    @classmethod
    def _convert(cls, models: Sequence[Any], model_type: Any) -> None:
        """Converts user data now, so that what does not fit is an error of the call."""
        for name in cls._nested.values():
            if cls._fields[name].generic:
                for model in models:
                    getattr(model, name)

    @overload
    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> _types.Self: ...

    @overload
    @classmethod
    def from_dict(cls, data: None) -> None: ...

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> _types.Self | None:
        """Makes a model from a dict with wire names, as `to_dict` gives it."""
        return None if data is None else cls.with_data(data)

    @classmethod
    def with_data(cls, data: dict[str, Any], model_type: Any = dict) -> _types.Self:
        """Makes a model from a dict with wire names; user data becomes a `model_type`."""
        if not isinstance(data, dict):
            raise TypeError(f"{cls.__name__} is made from a dict with wire names, not {type(data).__name__}")
        self = cls._of(dict(data))
        self._adopt()
        return self if model_type is dict else cls._of(self._to_wire(), model_type)

    def _adopt(self) -> None:
        """Takes user data out of `data`, where `to_dict` puts it."""
        for wire, name in self._nested.items():
            if wire in self._raw and self._fields[name].generic:
                held = getattr(self, name)
                for each in held if isinstance(held, list) else [held]:
                    if isinstance(each, Model):
                        each._adopt()

    def to_dict(self) -> dict[str, Any]:
        """The response with its wire names. User data of a row is under `data`."""
        return {wire: plain_value(value) for wire, value in self._current().items()}

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict(), separators=(",", ":"), ensure_ascii=False)

    def _current(self) -> dict[str, Any]:
        """All there is by wire name: models where models are, and what the program changed."""
        for wire, name in self._nested.items():
            if wire in self._raw:
                getattr(self, name)
        return self._overlaid()

    def _overlaid(self) -> dict[str, Any]:
        raw = self._raw
        # What stands for a missing value counts once something is in it.
        changed = {wire: value for wire, value in (self._cached or {}).items() if wire in raw or wire_value(value)}
        return {**raw, **changed, **self.__dict__}

    def _to_wire(self) -> dict[str, Any]:
        """What the server would send for this model as it is now."""
        if self._cached or self._data is not None or self.__dict__:
            return {wire: wire_value(value) for wire, value in self._overlaid().items()}
        return self._raw

    # The methods of pydantic's models that programs call, since appwrite's models are such.

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> _types.Self:
        """Makes a model from a dict with wire names; a model stays what it is."""
        return obj if isinstance(obj, cls) else cls.with_data(obj)

    @classmethod
    def model_construct(cls, **values: Any) -> _types.Self:
        """Makes a model from values by attribute or wire name."""
        return cls(**values)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> _types.Self:
        """Makes a model from JSON text with wire names."""
        return cls.model_validate(json.loads(json_data))

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """The values by attribute name in the spelling of PyPI appwrite (`createdat`), or by wire name with
        `by_alias=True`. Takes `mode`, `include`, `exclude`, `exclude_unset`, `exclude_defaults` and `exclude_none` as
        pydantic does."""
        from ._dump import dump

        return dump(self, **options)

    def model_dump_json(self, *, indent: int | None = None, **options: Any) -> str:
        """`model_dump` as JSON text."""
        separators = None if indent else (",", ":")
        record = self.model_dump(**{**options, "mode": "json"})
        return json.dumps(record, indent=indent, separators=separators, ensure_ascii=False)

    def model_copy(self, *, update: dict[str, Any] | None = None, deep: bool = False) -> _types.Self:
        """A copy in which the attributes of `update` have new values."""
        import copy

        made = copy.deepcopy(self) if deep else copy.copy(self)
        for name, value in (update or {}).items():
            setattr(made, name, value)
        return made

    @property
    def model_fields_set(self) -> set[str]:
        """The attributes that the server sent, in the spelling of PyPI appwrite."""
        present = self._overlaid()
        return {name for name, field in self.model_fields.items() if field.wire in present}

    @property
    def model_extra(self) -> dict[str, Any]:
        """What the server sent beyond the fields of this model."""
        known = {field.wire for field in self._fields.values()}
        return {wire: value for wire, value in self._overlaid().items() if wire not in known}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Lets pydantic models and FastAPI have fields and responses of this type."""
        from ._dump import core_schema

        return core_schema(cls, source)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """The pairs of `to_dict`: for `dict(model)`, and for frameworks that respond with a model."""
        return iter(self.to_dict().items())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Model) and self._to_wire() == other._to_wire()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        from ._dump import shown

        return f"{type(self).__name__}({', '.join(f'{name}={value}' for name, value in shown(self))})"

    def __reduce__(self) -> tuple[Any, ...]:
        from ._nesting import flattened, is_deep, model_of

        wire = self._to_wire()
        if is_deep(wire):
            return (model_of, (type(self), flattened(wire), self._model_type))
        return (type(self)._of, (wire, self._model_type))

    def __copy__(self) -> _types.Self:
        return self._of(dict(self._to_wire()), self._model_type)

    def __deepcopy__(self, memo: Any) -> _types.Self:
        return self._of(plain_value(self._to_wire()), self._model_type)

    if not TYPE_CHECKING:
        # The old names in pydantic. They stand last: `dict` is needed above.
        parse_obj = model_validate
        parse_raw = model_validate_json
        dict = model_dump
        json = model_dump_json
        copy = model_copy


class ClosedModel(Model):
    """A model whose fields are all the server's. Those that this release does not know, since newer servers send more,
    are looked up in the response."""

    __slots__ = ()

    if not TYPE_CHECKING:
        # Only here: it makes every access to an attribute dearer, and rows come by the thousand.
        def __getattr__(self, name: str) -> Any:
            if not name.startswith("_"):
                raw = self._raw
                if name in raw:
                    return raw[name]
                head, *tail = name.split("_")
                camel = head + "".join(part.capitalize() for part in tail)
                for wire in (camel, f"${camel}"):
                    if wire in raw:
                        return raw[wire]
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class UnknownModel(ClosedModel):
    """One of several models that a response may be, but not one that this release knows."""

    __slots__ = ()


class OpenModel(Model, Generic[T]):
    """A model that carries user data beside its own fields."""

    __slots__ = ()

    _wires: tuple[str, ...] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._wires = tuple({field.wire: None for field in cls._fields.values()})

    @property
    def data(self) -> T:
        """The user data: a dict, or what `model_type` asked for."""
        data: Any = self._data
        if data is None:
            data = self._data = self._user_data()
        return data

    @data.setter
    def data(self, value: T) -> None:
        self._data = value

    def _user_data(self) -> dict[str, Any]:
        # A copy without the row's own keys costs half of a filter over all of them.
        data = self._raw.copy()
        take = data.pop
        for wire in self._wires:
            take(wire, None)
        return data

    @classmethod
    def _convert(cls, models: Sequence[Any], model_type: Any) -> None:
        from ._convert import convert

        def name_of(place: int) -> str | None:
            id = models[place]._raw.get("$id")
            return None if id is None else f"the {cls.__name__.lower()} `{id}`"

        records = (each._user_data() for each in models)
        for model, data in zip(models, convert(records, model_type, name_of), strict=True):
            model._data = data

    def _adopt(self) -> None:
        nested = self._raw.get("data")
        if isinstance(nested, dict):
            own = {wire: value for wire, value in self._raw.items() if wire != "data"}
            self._raw = {**nested, **own}

    def _overlaid(self) -> dict[str, Any]:
        everything = super()._overlaid()
        if self._data is None:
            return everything
        from ._values import record

        known = {wire: value for wire, value in everything.items() if wire in self._wires}
        return {**known, **record(self._data), **self.__dict__}

    def to_dict(self) -> dict[str, Any]:
        """The response with its wire names; user data is under `data`, or all there is."""
        everything = super().to_dict()
        if not self._wires:
            return everything
        known = {wire: everything.pop(wire) for wire in list(everything) if wire in self._wires}
        return {**known, "data": everything}


def wire_value(value: Any) -> Any:
    """A value as the server would send it."""
    if isinstance(value, Model):
        return value._to_wire()
    if isinstance(value, list):
        return _copied(value, list, lambda each: each._to_wire() if isinstance(each, Model) else each)
    return value


def plain_value(value: Any) -> Any:
    """A value as JSON has it, in containers of its own."""
    if isinstance(value, (dict, list)):
        return _copied(value, (dict, list), plain_value)
    if isinstance(value, Model):
        return value.to_dict()
    # The values of enums are strings, and are what else is one.
    return getattr(value, "value", value) if isinstance(value, str) else value


def _copied(value: Any, containers: Any, convert: Callable[[Any], Any]) -> Any:
    """A copy of containers and those in them, with everything else converted. A loop, since what a server sends may be
    nested deeper than Python calls functions."""
    copy = value.copy()
    waiting = [copy]
    while waiting:
        container = waiting.pop()
        for key, each in container.items() if isinstance(container, dict) else enumerate(container):
            if isinstance(each, containers):
                each = each.copy()
                waiting.append(each)
            else:
                each = convert(each)
            container[key] = each
    return copy


def _object(model: type[Model], raw: Any) -> dict[str, Any]:
    """What a model is made of. PHP writes an empty object as an empty list."""
    if raw == []:
        return {}
    from .exception import DecodeError

    raise DecodeError(f"the server sent {type(raw).__name__} where {model.__name__} should be")

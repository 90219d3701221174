"""Rows as dataclasses whose hints hold: what does not fit says where."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from .. import _types
from .._kinds import named
from ..models import Row

Point: TypeAlias = tuple[float, float]
"""A longitude and a latitude."""

Line: TypeAlias = list[Point]
"""The points of a line."""

Polygon: TypeAlias = list[list[Point]]
"""The lines around a polygon and its holes."""

Read: TypeAlias = Callable[[Any], Any]

MISSING = object()


class Misfit(ValueError):
    """A value that does not fit its hint."""

    def __init__(self, value: Any, wanted: str) -> None:
        super().__init__()
        self.steps: list[str] = []
        self.reason = "is missing" if value is MISSING else f"is {named(value)} where {wanted} is expected"

    def __str__(self) -> str:
        return f"the column `{''.join(reversed(self.steps)).lstrip('.')}` {self.reason}"


class Record:
    """The base of a dataclass for rows. Its hints say what its columns hold; a field whose column has another name has
    it in its metadata, under `column`."""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> _types.Self:
        """Makes one of the data of a row. Columns that the class does not know are left out: tables grow."""
        kind: Any = cls
        made: _types.Self = _reader(kind)(data)
        return made

    def _to_wire(self) -> dict[str, Any]:
        """The columns for the server. Related rows that are not there are not sent: they were not loaded, perhaps."""
        kind: Any = type(self)
        sent = {}
        for name, column, _, required in _columns(kind):
            value = getattr(self, name)
            if required or value is not None:
                sent[column] = value
        return sent


@cache
def _columns(kind: Any) -> list[tuple[str, str, Read, bool]]:
    """Of each field its name, its column, what reads its value, and whether it has to be there."""
    hints = get_type_hints(kind)
    return [
        (field.name, field.metadata.get("column", field.name), _reader_of(hints[field.name]), _is_required(field))
        for field in dataclasses.fields(kind)
    ]


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


@cache
def _reader(kind: Any) -> Read:
    columns = _columns(kind)

    def read(data: dict[str, Any]) -> Any:
        values = {}
        for name, column, reads, required in columns:
            value = data.get(column, MISSING)
            if value is MISSING and not required:
                continue
            try:
                values[name] = reads(value)
            except Misfit as misfit:
                misfit.steps.append(f".{column}")
                raise
        return kind(**values)

    return read


def _reader_of(hint: Any) -> Read:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _either([each for each in arguments if each is not type(None)], type(None) in arguments)
    if origin is Literal:
        return _one_of(arguments)
    if origin is list:
        return _list(_reader_of(arguments[0]))
    if origin is tuple:
        return _point
    if origin is Row or (isinstance(origin, type) and issubclass(origin, Row)):
        return _related(arguments[0])
    return _scalars.get(hint, lambda value: value)


def _either(hints: list[Any], nullable: bool) -> Read:
    [hint] = hints
    read = _reader_of(hint)
    return (lambda value: None if value is None else read(value)) if nullable else read


def _one_of(members: tuple[Any, ...]) -> Read:
    wanted = "one of " + ", ".join(f'"{each}"' for each in members)

    def read(value: Any) -> Any:
        if value in members:
            return value
        raise Misfit(value, wanted)

    return read


def _list(read: Read) -> Read:
    def each(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Misfit(value, "a list")
        made: list[Any] = []
        try:
            made.extend(map(read, value))
        except Misfit as misfit:
            misfit.steps.append(f"[{len(made)}]")
            raise
        return made

    return each


def _related(kind: Any) -> Read:
    def read(value: Any) -> Row[Any]:
        if not isinstance(value, dict):
            raise Misfit(value, "a related row")
        row = Row._of(value)
        row._model_type = kind
        row._data = _reader(kind)(row._user_data())
        return row

    return read


def _point(value: Any) -> Point:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, (int, float)) for each in value):
        return (value[0], value[1])
    raise Misfit(value, "a point")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise Misfit(value, "a text")


def _integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Misfit(value, "a whole number")


def _float(value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise Misfit(value, "a number")


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Misfit(value, "true or false")


def _date(value: Any) -> datetime:
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise Misfit(value, "a date")


_scalars: dict[Any, Read] = {str: _text, int: _integer, float: _float, bool: _boolean, datetime: _date}

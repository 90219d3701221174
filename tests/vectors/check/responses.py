"""Compares what a caller saw with what the server sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..make.definition import Definition, Model, Type

NATURAL: tuple[Any, ...] = (None, "", 0, False, [], {})


class Responses:
    """Compares by the definition, which says what may be dropped and what may replace a missing value."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition

    def differences(self, model: str, response: Any, seen: Any) -> Iterator[str]:
        """What differs from the response, with its place."""
        yield from self._compare(Type(model, True, False, None, False), response, seen, model)

    def _compare(self, kind: Type, response: Any, seen: Any, place: str) -> Iterator[str]:
        if response is None:
            if not self._stands_in(kind, seen):
                yield f"{place}: {seen!r} instead of null"
        elif kind.item and isinstance(response, list) and isinstance(seen, list) and len(response) == len(seen):
            for index, (one, other) in enumerate(zip(response, seen, strict=True)):
                yield from self._compare(kind.item, one, other, f"{place}[{index}]")
        elif isinstance(response, dict) and isinstance(seen, dict) and (model := self._model(kind, response)):
            yield from self._fields(model, response, seen, place)
        # PHP writes an empty object as an empty list.
        elif not same(response, seen) and not (response == [] and seen == {}):
            yield f"{place}: {seen!r} instead of {response!r}"

    def _model(self, kind: Type, response: dict[str, Any]) -> Model | None:
        name = self.variant(kind.text, response)
        return self._definition.models.get(name) if name else None

    def variant(self, name: str, response: dict[str, Any]) -> str | None:
        """The model of a response: of a union the first whose conditions hold, none for a newer server's."""
        for member in self._definition.unions.get(name, ()):
            conditions = self._definition.models[member].conditions
            if all(
                key in response if value == "*" else response.get(key) == value for key, value in conditions.items()
            ):
                return member
        return None if name in self._definition.unions else name

    def models(self, model: str, response: Any) -> Iterator[str]:
        """Every model in a response."""
        yield from self._models(Type(model, True, False, None, False), response)

    def _models(self, kind: Type, response: Any) -> Iterator[str]:
        if kind.item and isinstance(response, list):
            for item in response:
                yield from self._models(kind.item, item)
        elif isinstance(response, dict) and (model := self._model(kind, response)):
            yield model.name
            for name, field in model.fields.items():
                yield from self._models(field, response.get(name))

    def _fields(self, model: Model, response: dict[str, Any], seen: dict[str, Any], place: str) -> Iterator[str]:
        for name, value in response.items():
            if name in model.fields:
                yield from self._compare(model.fields[name], value, seen.get(name), f"{place}.{name}")
            elif (model.open or name in seen) and not same(value, seen.get(name)):
                yield f"{place}.{name}: {seen.get(name)!r} instead of {value!r}"
        for name, value in seen.items():
            if name not in response and not (name in model.fields and self._stands_in(model.fields[name], value)):
                yield f"{place}.{name}: {value!r}, though the server said nothing"

    def _stands_in(self, kind: Type, seen: Any) -> bool:
        """Whether a caller may see this for a missing value: nothing, or the definition's default."""
        if seen in NATURAL or same(kind.default, seen):
            return True
        model = self._definition.models.get(kind.text)
        return model is not None and isinstance(seen, dict) and not list(self._fields(model, {}, seen, ""))


def same(one: Any, other: Any) -> bool:
    """Whether JSON is equal; 2 equals 2.0, 1 does not equal true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other

"""Values that are nested deeper than Python's own libraries follow, for pickling. Loaded when it is first needed."""

from __future__ import annotations

from typing import Any

_SHALLOW = 100
"""So many levels pickle can follow, in the middle of something that is nested itself."""


class _Place(int):
    """Stands for the container at this place of the list."""


def is_deep(value: Any) -> bool:
    """Whether lists and dicts are nested in each other too deep for pickle."""
    level = [value]
    for _ in range(_SHALLOW):
        level = [each for container in level for each in _members(container) if isinstance(each, (dict, list))]
        if not level:
            return False
    return True


def flattened(value: Any) -> list[Any]:
    """All containers of a value one after the other, the outermost first; places stand for those within others."""
    found = [value]
    places = {id(value): _Place(0)}
    flat = []
    for container in found:
        copy = container.copy()
        for key, each in container.items() if isinstance(container, dict) else enumerate(container):
            if isinstance(each, (dict, list)):
                if id(each) not in places:
                    places[id(each)] = _Place(len(found))
                    found.append(each)
                copy[key] = places[id(each)]
        flat.append(copy)
    return flat


def model_of(model: Any, flat: list[Any], model_type: Any) -> Any:
    """A model of what was flattened."""
    for container in flat:
        for key, each in container.items() if isinstance(container, dict) else enumerate(container):
            if isinstance(each, _Place):
                container[key] = flat[each]
    return model._of(flat[0], model_type)


def _members(container: Any) -> Any:
    return container.values() if isinstance(container, dict) else container

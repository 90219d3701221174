"""Names of topics, level by level."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import overload

from .generated.topic import FORBIDDEN, LEAST, SEPARATOR


class Topic(str):
    """A topic is text: `Topic.path(["home", "kitchen"])` is `home/kitchen`, and `.path(["light"])` goes on below it."""

    __slots__ = ()

    def __new__(cls, levels: Iterable[str]) -> Topic:
        return str.__new__(cls, SEPARATOR.join(_checked(levels)))

    path: _Path


class _Path:
    """Called on the class it begins a topic, called on a topic it goes on."""

    @overload
    def __get__(self, topic: None, owner: type[Topic]) -> Callable[[Iterable[str]], Topic]: ...
    @overload
    def __get__(self, topic: Topic, owner: type[Topic]) -> Callable[[Iterable[str]], Topic]: ...
    def __get__(self, topic: Topic | None, owner: type[Topic]) -> Callable[[Iterable[str]], Topic]:
        before = topic.split(SEPARATOR) if topic else []
        return lambda levels: owner([*before, *_checked(levels)])


Topic.path = _Path()


def _checked(levels: Iterable[str]) -> list[str]:
    if isinstance(levels, str):
        raise TypeError("levels must be a list, such as ['home', 'kitchen']")
    checked = list(levels)
    if len(checked) < LEAST:
        raise ValueError("a topic needs at least one level")
    for level in checked:
        if not isinstance(level, str):
            raise TypeError(f"levels must be text, not {type(level).__name__}")
        if not level or any(sign in level for sign in FORBIDDEN):
            raise ValueError(f"the level {level!r} is empty or contains one of / + # or NUL")
    return checked

"""Sample values: plain ones, and those that break encoders."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import Any

from .definition import Definition, Param, Type

# What a caller may pass: `everything` plain, `awkward` hard to encode, `empty` hardly anything.
FLAVOURS = ("everything", "awkward", "empty")

SMALLEST, LARGEST = -(2**63), 2**63 - 1

# Reserved characters, percent signs that are not escapes, other scripts, an emoji outside of the BMP, dots.
AWKWARD_TEXTS = (
    "a/b?c#d",
    "50% of ü+ñ & more=less",
    "雪 ☃ 🦊",
    "~'quote\"(x)!*;:@,$",
    "..%2F..\\[x]{y}|^`<z>",
    "tab\tline\nend",
)
AWKWARD_LISTS = (["ü", "a,b", "c&d=e", "[0]"], [""], ['{"method":"limit","values":[9]}', "100%"])
AWKWARD_INTEGERS = (2**53 - 1, -1, 0)
AWKWARD_FLOATS = (-0.25, 123456.789, 0.1)
AWKWARD_OBJECTS: tuple[dict[str, Any], ...] = (
    {
        "a": None,
        "big": LARGEST,
        "list": [1, None, {}, [[]]],
        "quote": '"\\\n',
        "ü": {"deep": {"deeper": [True, False]}},
    },
    {"$id": "x", "empty": {}, "float": 0.5, "nothing": [], "smallest": SMALLEST},
)


class Values:
    """Makes values, each kind in turn, so that all awkward ones occur somewhere."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._turns: defaultdict[str, count[int]] = defaultdict(count)

    def take(self, kind: str, choices: Any) -> Any:
        """The next of the choices."""
        return choices[next(self._turns[kind]) % len(choices)]

    def argument(self, param: Param, flavour: str) -> Any:
        """A value for a parameter."""
        kind = param.type
        if param.place == "path":
            return self._path(param, kind, flavour)
        if param.place == "query" and kind.text == "object":
            # A query string has texts only.
            return {"everything": {"x-one": "1"}, "awkward": {"a b": "ü&=", "x-two": "[]"}, "empty": {}}[flavour]
        if flavour == "empty":
            return None if kind.nullable else self._empty(kind)
        if flavour == "awkward":
            return self._awkward(kind)
        return self._plain(param.name, kind)

    def _path(self, param: Param, kind: Type, flavour: str) -> Any:
        """Paths cannot have empty values."""
        if kind.text == "string" and flavour != "everything":
            return self.take("path", AWKWARD_TEXTS)
        return self._plain(param.name, kind)

    def _plain(self, name: str, kind: Type) -> Any:
        if kind.item:
            if kind.item.text.startswith("enum:"):
                return list(self._definition.enums[kind.item.text[5:]])
            return [self._plain(name, kind.item), self._plain(name, kind.item)]
        if kind.text.startswith("enum:"):
            return self.take(kind.text, self._definition.enums[kind.text[5:]])
        match kind.text:
            case "string":
                return f"{name}-{next(self._turns[name]) % 9 + 1}"
            case "int":
                return next(self._turns["int"]) % 97 + 1
            case "bigint":
                return self.take("plain bigint", (LARGEST, 12, -7))
            case "float":
                return self.take("plain float", (0.5, 2.25, -1.75))
            case "bool":
                return True
            case "object":
                return {"title": "Alien", "year": 1979}
            case "file":
                return {"@file": {"name": "notes.txt", "base64": "cGxhaW4gdGV4dA=="}}
        raise ValueError(f"no plain value for {kind.text}")

    def _awkward(self, kind: Type) -> Any:
        if kind.item:
            match kind.item.text:
                case "string":
                    return list(self.take("list", AWKWARD_LISTS))
                case "object":
                    return [self.take("object", AWKWARD_OBJECTS), {}]
                case item if item.startswith("enum:"):
                    return [self._definition.enums[item[5:]][-1]]
            return [self._awkward(kind.item), self._awkward(kind.item)]
        if kind.text.startswith("enum:"):
            return self._definition.enums[kind.text[5:]][-1]
        match kind.text:
            case "string":
                return self.take("text", AWKWARD_TEXTS)
            case "int":
                return self.take("int awkward", AWKWARD_INTEGERS)
            case "bigint":
                return self.take("bigint awkward", (SMALLEST, LARGEST))
            case "float":
                return self.take("float awkward", AWKWARD_FLOATS)
            case "bool":
                return False
            case "object":
                return self.take("object", AWKWARD_OBJECTS)
            case "file":
                # Bytes that are not text, and a quote in the name.
                return {"@file": {"name": 'ü "1".bin', "base64": "AP8NCi0tZW5kDQo="}}
        raise ValueError(f"no awkward value for {kind.text}")

    def _empty(self, kind: Type) -> Any:
        if kind.item:
            return []
        if kind.text.startswith("enum:"):
            return self._definition.enums[kind.text[5:]][0]
        if kind.text == "file":
            return {"@file": {"name": "empty.txt", "base64": ""}}
        return {"string": "", "int": 0, "bigint": 0, "float": 0.5, "bool": False, "object": {}}[kind.text]

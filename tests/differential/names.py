"""What an official SDK calls a method, and which of its arguments it knows."""

from __future__ import annotations

import re

from ..vectors.check.vectors import Entry
from ..vectors.make.definition import Method

# Argument names that do not follow from the wire name, by language.
RENAMED = {"node": {"xdefault": "default", "xpath": "path"}, "python": {"xfrom": "from", "xasync": "async"}}


def method_name(language: str, operation: str) -> str:
    """The method of an operation; old spellings of Node's are one method elsewhere."""
    return operation if language == "node" else plain(operation)


def wire_names(language: str, method: Method, line: Entry) -> set[str]:
    """The wire names of the arguments that the official method read."""
    read = {plain(RENAMED.get(language, {}).get(name, name)) for name in line["read"]}
    return {param.name for param in method.params if plain(param.name) in read}


def plain(name: str) -> str:
    """The letters of a name, whatever its case."""
    return re.sub("_", "", name).lower()

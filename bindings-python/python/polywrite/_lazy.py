"""Packages whose names are loaded when they are first used."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def lazy(package: str, modules: dict[str, str]) -> tuple[Callable[[str], Any], list[str]]:
    """A package's `__getattr__` and `__all__`. `modules` says which module has a name; none if it is one itself."""

    def load(name: str) -> Any:
        module = modules.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = import_module(f"{package}.{module or name}")
        if module:
            value = getattr(value, name)
        setattr(sys.modules[package], name, value)
        return value

    return load, list(modules)


def borrowed(name: str) -> Any:
    """The `__getattr__` of modules from which programs take what PyPI appwrite only imports there itself."""
    homes = {
        "AppwriteException": "exception",
        "InputFile": "input_file",
        "Query": "query",
        "Service": "service",
        "ValueClassEncoder": "encoders.value_class_encoder",
        "deprecated": "_deprecated",
    }
    if not name.startswith("_"):
        for module in [homes[name]] if name in homes else ["models", "enums"]:
            found = getattr(import_module(f"polywrite.{module}"), name, None)
            if found is not None:
                return found
    raise AttributeError(f"this module has no attribute {name!r}")

"""python3 -m tests.freshness FOLDER: imports every module of the package `polywrite` in the folder."""

from __future__ import annotations

import importlib
import pkgutil
import sys


def main(folder: str) -> None:
    """Fails when a module cannot be imported, or the package is not the folder's."""
    sys.path.insert(0, folder)
    package = importlib.import_module("polywrite")
    assert package.__path__[0].startswith(folder), package.__path__
    modules = [each.name for each in pkgutil.walk_packages(package.__path__, "polywrite.")]
    for name in modules:
        importlib.import_module(name)
    print(f"python: {len(modules)} modules")


if __name__ == "__main__":
    main(sys.argv[1])

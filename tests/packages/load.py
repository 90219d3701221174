"""Runs each Python module below the folders of packages: load.py FOLDER. One that cannot be read is not harm."""

from __future__ import annotations

import pathlib
import sys


def modules_of(folder: pathlib.Path) -> list[str]:
    """The modules of the package in a folder, by the names that programs import."""
    found = sorted(folder.rglob("*.py"))
    return [".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__") for path in found]


def main(root: pathlib.Path) -> None:
    """Imports all of them, one package after the other."""
    count = unread = 0
    for folder in sorted(root.glob("*/*/acme/python")):
        sys.path.insert(0, str(folder))
        for module in modules_of(folder):
            count += 1
            try:
                __import__(module)
            except SyntaxError as error:
                unread += 1
                print(f"{folder}: {module}: {error}", file=sys.stderr)
        sys.path.pop(0)
        for module in [name for name in sys.modules if name.partition(".")[0] == "acme"]:
            del sys.modules[module]
    if unread > count / 100:
        raise SystemExit(f"{unread} of {count} modules cannot be read")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

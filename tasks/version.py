"""Sets the version of every package and gathers changes/, or checks that all have the same: version.py [VERSION]."""

from __future__ import annotations

import pathlib
import re
import sys

import changes

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Where the version stands: a file, and what surrounds it there. One match each.
PLACES = [
    ("Cargo.toml", r'(?m)^version = "()"'),
    ("Cargo.toml", r'polywrite = \{ path = "core", version = "=()"'),
    ("Cargo.toml", r'polywrite-models = \{ path = "models", version = "=()"'),
    ("bindings-node/package.json", r'(?m)^    "version": "()"'),
    ("bindings-node/package-lock.json", r'\A\{\s+"name": "polywrite",\s+"version": "()"'),
    ("bindings-node/package-lock.json", r'"": \{\s+"name": "polywrite",\s+"version": "()"'),
    ("bindings-python/python/polywrite/__init__.py", r'(?m)^__version__ = "()"'),
    ("tasks/swift.sh", r"(?m)^Version: ()$"),
]
VERSION = r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?"


def found(place: tuple[str, str]) -> re.Match[str]:
    name, pattern = place
    text = (ROOT / name).read_text(encoding="utf-8")
    matches = list(re.finditer(pattern.replace("()", f"({VERSION})"), text))
    if len(matches) != 1:
        sys.exit(f"error: {name} has {len(matches)} places for the version where it should have one: {pattern}")
    return matches[0]


def check() -> None:
    versions = {f"{name} ({pattern})": found((name, pattern)).group(1) for name, pattern in PLACES}
    if len(set(versions.values())) != 1:
        sys.exit("error: the versions differ:\n" + "\n".join(f"  {it}: {place}" for place, it in versions.items()))
    print(next(iter(versions.values())))


def set_to(version: str) -> None:
    if not re.fullmatch(VERSION, version):
        sys.exit(f"error: {version} is not a version such as 1.2.3 or 1.2.3-beta.1")
    for name, pattern in PLACES:
        match = found((name, pattern))
        text = match.string[: match.start(1)] + version + match.string[match.end(1) :]
        (ROOT / name).write_text(text, encoding="utf-8")
    print(f"CHANGELOG.md has {changes.gather(ROOT, version)} entries more")
    print(f"{version}; now let cargo write Cargo.lock: cargo update --workspace")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        set_to(sys.argv[1])
    else:
        check()

"""Checks that ARCHITECTURE.md names every module of the core and its transport, and files of facades that exist."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def named(text: str, heading: str) -> set[str]:
    """The names in the first column of the table below a heading."""
    section = text.split(heading, 1)[1].split("\n\nRooms of", 1)[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def rooms(text: str) -> dict[str, set[str]]:
    """The files that the table of rooms names, by room."""
    section = text.split("Rooms of `transport`", 1)[1].split("\n\n", 2)[1]
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", section, re.MULTILINE)
    return {room: set(re.findall(r"`(\w+)`", files)) for room, files in rows}


def modules(folder: Path) -> set[str]:
    """The modules of a crate: files and folders beside its lib.rs."""
    found = {it.stem for it in folder.iterdir() if it.suffix == ".rs" or it.is_dir()}
    return found - {"lib", "main"}


FACADES = (
    tuple(f"bindings-{layer}/src/{{}}.rs" for layer in ("node", "wasm", "python", "swift")),
    ("bindings-node/ts/{}.ts",),
    ("bindings-python/python/polywrite/{}.py",),
    ("bindings-swift/Sources/Polywrite/{}.swift",),
)
"""Where the columns of the table of facades have their files."""


def missing(text: str) -> list[str]:
    """The files that the table of facades names and that are not there."""
    section = text.split("## The same files in every facade", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|")[1:] for line in section.splitlines() if re.match(r"\| \w", line)][1:]
    named_files = [
        place.format(name)
        for row in rows
        for column, places in zip(row, FACADES, strict=True)
        for name in re.findall(r"`([\w/-]+)`", column)
        for place in places
    ]
    return [name for name in named_files if not (ROOT / name).is_file()]


def main() -> None:
    """Fails with what is missing or surplus."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    listed, there = named(text, "## The core, module by module"), modules(ROOT / "core" / "src")
    problems = [f"core/src has `{name}`, which ARCHITECTURE.md does not name" for name in sorted(there - listed)]
    problems += [f"ARCHITECTURE.md names `{name}`, which core/src does not have" for name in sorted(listed - there)]
    transport = ROOT / "core" / "src" / "transport"
    for room, named_files in rooms(text).items():
        files = modules(transport / room)
        problems += [f"ARCHITECTURE.md lacks `{it}` in transport/{room}" for it in sorted(files - named_files)]
        problems += [
            f"transport/{room} lacks `{it}`, which ARCHITECTURE.md names" for it in sorted(named_files - files)
        ]
    problems += [f"ARCHITECTURE.md lacks the room `{it}`" for it in sorted(modules(transport) - set(rooms(text)))]
    problems += [f"there is no {name}, which ARCHITECTURE.md names" for name in missing(text)]
    if problems:
        sys.exit("error: " + "\n       ".join(problems))


if __name__ == "__main__":
    main()

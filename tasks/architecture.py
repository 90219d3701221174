"""Checks that ARCHITECTURE.md names every module of the core, and no others."""

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


def modules(folder: Path) -> set[str]:
    """The modules of a crate: files and folders beside its lib.rs."""
    found = {it.stem for it in folder.iterdir() if it.suffix == ".rs" or it.is_dir()}
    return found - {"lib", "main"}


def main() -> None:
    """Fails with what is missing or surplus."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    listed, there = named(text, "## The core, module by module"), modules(ROOT / "core" / "src")
    problems = [f"core/src has `{name}`, which ARCHITECTURE.md does not name" for name in sorted(there - listed)]
    problems += [f"ARCHITECTURE.md names `{name}`, which core/src does not have" for name in sorted(listed - there)]
    if problems:
        sys.exit("error: " + "\n       ".join(problems))


if __name__ == "__main__":
    main()

"""Changelog fragments: changes.py checks them, `gather` moves them into CHANGELOG.md."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNRELEASED = " (unreleased)"


def fragments(root: Path) -> list[Path]:
    """The files of changes/, by name."""
    return sorted(it for it in (root / "changes").glob("*.md") if it.name != "README.md")


def problems(root: Path) -> list[str]:
    """What is wrong with the fragments."""
    wrong = []
    for file in fragments(root):
        lines = file.read_text(encoding="utf-8").splitlines()
        if not lines or not lines[0].startswith("- "):
            wrong.append(f"{file.name}: the first line must begin with `- `")
        for number, line in enumerate(lines, 1):
            if not line.startswith(("- ", "  ")):
                wrong.append(f"{file.name}:{number}: a line begins with `- ` or two spaces")
    return wrong


def gather(root: Path, version: str) -> int:
    """Moves every fragment into the section of a version, which becomes a released one; returns how many."""
    found = fragments(root)
    log = root / "CHANGELOG.md"
    text = log.read_text(encoding="utf-8")
    entries = "".join(file.read_text(encoding="utf-8").rstrip() + "\n" for file in found)
    heading = re.compile(rf"^## {re.escape(version)}(?:{re.escape(UNRELEASED)})?\n", re.MULTILINE)
    if there := heading.search(text):
        following = text.find("\n## ", there.end())
        end = len(text) if following < 0 else following
        section = text[there.end() : end].rstrip("\n") + "\n" + entries
        text = text[: there.start()] + f"## {version}\n" + section + text[end:]
    elif found:
        first = re.search(r"^## ", text, re.MULTILINE)
        at = first.start() if first else len(text)
        text = text[:at] + f"## {version}\n\n{entries}\n" + text[at:]
    log.write_text(text, encoding="utf-8")
    for file in found:
        file.unlink()
    return len(found)


if __name__ == "__main__":
    if wrong := problems(ROOT):
        sys.exit("error: changes/" + "\n       changes/".join(wrong))

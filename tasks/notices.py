"""Writes the licences of every crate that is linked into a compiled part of a package, as one text.

usage: python3 tasks/notices.py PACKAGE TARGET FILE     PACKAGE is the crate of that part, in this workspace
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RULE = "-" * 80


def main(package: str, target: str, output: str) -> None:
    crates = linked(package, target)
    texts: dict[str, list[str]] = {}
    for crate in crates:
        for text in texts_of(Path(crate["manifest_path"]).parent):
            texts.setdefault(text, []).append(f"{crate['name']} {crate['version']}")
    parts = ["What is compiled in this package contains these crates."]
    names = (f"{crate['name']} {crate['version']}: {crate['license'] or 'see its text below'}" for crate in crates)
    parts.append("\n".join(names))
    parts += [f"{RULE}\n{', '.join(names)}\n\n{text}" for text, names in texts.items()]
    Path(output).write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def linked(name: str, target: str) -> list[dict[str, Any]]:
    """Every foreign crate that a crate of ours links, sorted by name."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    found: set[str] = set()
    waiting = [identity for identity, package in packages.items() if package["name"] == name]
    while waiting:
        identity = waiting.pop()
        if identity not in found:
            found.add(identity)
            dependencies = nodes[identity]["deps"]
            waiting += [each["pkg"] for each in dependencies if any(kind["kind"] is None for kind in each["dep_kinds"])]
    foreign = [packages[identity] for identity in found if packages[identity]["source"] is not None]
    return sorted(foreign, key=lambda package: (package["name"], package["version"]))


def texts_of(folder: Path) -> list[str]:
    """The licence texts of a crate."""
    named = re.compile(r"licen[cs]e|copying|notice|copyright", re.IGNORECASE)
    files = sorted(entry for entry in folder.iterdir() if entry.is_file() and named.match(entry.name))
    return [file.read_text(encoding="utf-8", errors="replace").strip() for file in files]


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Compares what a compiler says of a program with its comments: each `// error: …` speaks of the line below it.

usage: swiftc … 2>&1 | python3 -m tests.types.mistakes tests/types/programs/wrong.swift
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


def main() -> None:
    """Fails with what the compiler says too little, too much or elsewhere."""
    program = Path(sys.argv[1])
    said = sys.stdin.read()
    lines = program.read_text(encoding="utf-8").splitlines()
    comments = [(place + 2, re.search(r"// error: (.*)", line)) for place, line in enumerate(lines)]
    expected = [(line, comment[1]) for line, comment in comments if comment]
    found = re.findall(r"^\S*?([^/\s]+):(\d+):\d+: error: (.*)$", said, re.MULTILINE)
    errors = sorted({(file, int(line), message) for file, line, message in found}, key=lambda error: error[1])
    places = [(file, line) for file, line, _ in errors]
    if places != [(program.name, line) for line, _ in expected]:
        sys.exit(f"error: mistakes are at other places than the comments of {program} say:\n{said}")
    for (_, line, message), (_, says) in zip(errors, expected, strict=True):
        if says not in message:
            sys.exit(f"error: line {line} of {program}: the compiler does not say “{says}” but: {message}")


if __name__ == "__main__":
    main()

"""Draws what a program prints on a terminal, colours too: PROGRAM | python3 -m tests.guides.picture COMMAND >FILE.svg

CLICOLOR_FORCE=1 has a program print its colours into a pipe.
"""

from __future__ import annotations

import re
import sys
from html import escape

COLOURS = {31: "#cf222e", 32: "#1a7f37", 33: "#9a6700", 35: "#8250df"}
DIM, BOLD, RESET = 2, 1, 0
CODE = re.compile(r"\x1b\[([\d;]*)m")
# Of 13 pixels: how wide a letter and how high a line is.
LETTER, LINE, EDGE = 7.83, 20, 16


def attributes(codes: set[int]) -> str:
    """What an element has that is printed with these codes."""
    fills = [COLOURS[code] for code in codes if code in COLOURS] or ["#57606a"] * (DIM in codes)
    fill = f' fill="{fills[0]}"' if fills else ""
    return fill + (' font-weight="bold"' if BOLD in codes else "")


def spans(line: str) -> str:
    """A line as elements, one for each piece of one colour."""
    parts = CODE.split(line)
    codes: set[int] = set()
    found = []
    for place, part in enumerate(parts):
        if place % 2:
            new = [int(code or 0) for code in part.split(";")]
            codes = set() if RESET in new else codes | set(new)
        elif part and attributes(codes):
            found.append(f"<tspan{attributes(codes)}>{escape(part)}</tspan>")
        else:
            found.append(escape(part))
    return "".join(found)


def picture(command: str, lines: list[str]) -> str:
    """The picture of a command and what it printed."""
    lines = [f"$ {command}", *lines]
    width = round(max(len(CODE.sub("", line)) for line in lines) * LETTER + 2 * EDGE)
    height = len(lines) * LINE + EDGE
    rows = [
        f'    <text x="{EDGE}" y="{LINE * (number + 1) + 4}">{spans(line)}</text>' for number, line in enumerate(lines)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13" role="img" aria-labelledby="title">',
            f'  <title id="title">What `{escape(command)}` prints</title>',
            f'  <rect width="{width}" height="{height}" rx="8" fill="#ffffff" stroke="#d0d7de"/>',
            '  <g fill="#1f2328" xml:space="preserve">',
            *rows,
            "  </g>",
            "</svg>",
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(picture(sys.argv[1], sys.stdin.read().splitlines()))

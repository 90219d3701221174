"""The table of docs/platforms.md: what ran where, and when.

usage: python3 tasks/platforms.py                                              writes the table
       python3 tasks/platforms.py --check                                      only compares
       python3 tasks/platforms.py RUNTIME VERSION BUILD WHAT RESULT COMMAND    records a row of today, and writes it

The rows stand in docs/platforms.json; `./dev test --everywhere` records them. A row is replaced when the same has run
again: the same runtime with the same build of the library, and what it did.
"""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
ROWS = DOCS / "platforms.json"
PAGE = DOCS / "platforms.md"
BEGIN = "<!-- Made by tasks/platforms.py from platforms.json. -->\n"
END = "<!-- The end of what is made. -->\n"
COLUMNS = ("runtime", "version", "build", "what", "result", "on", "command")
SAME = ("runtime", "build", "what")


def recorded(rows: list[dict[str, str]], row: dict[str, str]) -> list[dict[str, str]]:
    """The rows with a new one, at the place of the one that it replaces, or else behind those of its runtime."""

    def behind(names: tuple[str, ...]) -> int | None:
        places = [place for place, it in enumerate(rows) if all(it[name] == row[name] for name in names)]
        return places[-1] if places else None

    place = behind(SAME)
    if place is not None:
        return [*rows[:place], row, *rows[place + 1 :]]
    place = behind(("runtime",))
    place = len(rows) if place is None else place + 1
    return [*rows[:place], row, *rows[place:]]


def table(rows: list[dict[str, str]]) -> str:
    """The rows in Markdown."""
    cells = [[f"`{row[name]}`" if name == "command" and row[name] else row[name] for name in COLUMNS] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in [list(COLUMNS), ["-"] * len(COLUMNS), *cells])


def rendered(page: str, rows: list[dict[str, str]]) -> str:
    """The page with the table of the rows."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(rows)}\n{END}{after}"


def main(arguments: list[str]) -> None:
    rows = json.loads(ROWS.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    if arguments == ["--check"]:
        if rendered(page, rows) != page:
            raise SystemExit("docs/platforms.md is not what docs/platforms.json says: python3 tasks/platforms.py")
        return
    if arguments:
        runtime, version, build, what, result, command = arguments
        today = datetime.date.today().isoformat()
        row = dict(zip(COLUMNS, (runtime, version, build, what, result, today, command), strict=True))
        rows = recorded(rows, row)
        ROWS.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(rendered(page, rows), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The table of docs/platforms.md."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tasks"))
import platforms


def row(runtime: str, what: str, result: str = "right") -> dict[str, str]:
    """A row of today's."""
    values = (runtime, "1.0", "wasm", what, result, "2026-11-29", "./dev test")
    return dict(zip(platforms.COLUMNS, values, strict=True))


class Platforms(unittest.TestCase):
    """What is recorded replaces what it repeats."""

    def test_a_row_replaces_the_same_one_and_stands_behind_its_runtime(self) -> None:
        rows = [row("Bun", "vectors"), row("Deno", "vectors")]
        rows = platforms.recorded(rows, row("Bun", "faults"))
        self.assertEqual([it["what"] for it in rows], ["vectors", "faults", "vectors"])
        rows = platforms.recorded(rows, row("Bun", "vectors", "FAILED"))
        self.assertEqual([it["result"] for it in rows], ["FAILED", "right", "right"])
        self.assertEqual(len(platforms.recorded(rows, row("Node.js", "vectors"))), 4)

    def test_the_page_keeps_what_is_around_the_table(self) -> None:
        page = f"# Before\n\n{platforms.BEGIN}old\n{platforms.END}\nAfter\n"
        made = platforms.rendered(page, [row("Bun", "vectors")])
        self.assertTrue(made.startswith("# Before\n\n") and made.endswith("\nAfter\n"))
        self.assertIn("| Bun | 1.0 | wasm | vectors | right | 2026-11-29 | `./dev test` |\n", made)
        self.assertEqual(platforms.rendered(made, [row("Bun", "vectors")]), made)

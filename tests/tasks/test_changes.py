"""Fragments become a section of CHANGELOG.md."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tasks"))
import changes

LOG = "# Changelog\n\nOne version.\n\n## 1.1.0\n\n- Old.\n"


class Changes(unittest.TestCase):
    """A repository with two fragments."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "changes").mkdir()
        for name, text in [("README", "# How\n"), ("b", "- Second,\n  on two lines.\n"), ("a", "- First.\n")]:
            (self.root / "changes" / f"{name}.md").write_text(text, encoding="utf-8")

    def gathered(self, log: str, version: str) -> str:
        (self.root / "CHANGELOG.md").write_text(log, encoding="utf-8")
        self.assertEqual(changes.gather(self.root, version), 2)
        self.assertEqual([it.name for it in (self.root / "changes").iterdir()], ["README.md"])
        return (self.root / "CHANGELOG.md").read_text(encoding="utf-8")

    def test_a_new_version_gets_a_section_above_the_others(self) -> None:
        text = self.gathered(LOG, "1.2.0")
        expected = "## 1.2.0\n\n- First.\n- Second,\n  on two lines.\n\n## 1.1.0\n\n- Old.\n"
        self.assertEqual(text, "# Changelog\n\nOne version.\n\n" + expected)

    def test_an_unreleased_section_is_completed_and_released(self) -> None:
        log = LOG.replace("## 1.1.0", "## 1.2.0 (unreleased)\n\n- Here.\n\n## 1.1.0")
        expected = "## 1.2.0\n\n- Here.\n- First.\n- Second,\n  on two lines.\n\n## 1.1.0\n\n- Old.\n"
        self.assertEqual(self.gathered(log, "1.2.0"), "# Changelog\n\nOne version.\n\n" + expected)

    def test_a_fragment_of_another_form_is_reported_with_its_line(self) -> None:
        self.assertEqual(changes.problems(self.root), [])
        (self.root / "changes" / "c.md").write_text("- Good.\nBad.\n", encoding="utf-8")
        self.assertEqual(changes.problems(self.root), ["c.md:2: a line begins with `- ` or two spaces"])


if __name__ == "__main__":
    unittest.main()

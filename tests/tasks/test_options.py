"""A task refuses what it does not know before it does anything."""

from __future__ import annotations

import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Options(unittest.TestCase):
    def test_a_task_refuses_an_unknown_option_and_names_the_known_ones(self) -> None:
        for task, known in (("bench", "--quick"), ("test", "--live"), ("demo", "none"), ("lint", "none")):
            ran = subprocess.run([ROOT / "dev", task, "--qiuck"], capture_output=True, text=True, check=False)
            self.assertEqual(ran.returncode, 1, task)
            self.assertEqual(ran.stdout, "", task)
            self.assertIn("'--qiuck'", ran.stderr)
            self.assertIn(known, ran.stderr)

    def test_a_task_refuses_an_unknown_language(self) -> None:
        ran = subprocess.run([ROOT / "dev", "test", "perl"], capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("'perl'", ran.stderr)


if __name__ == "__main__":
    unittest.main()

"""Type checkers agree with a file that uses every name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_mypy() -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "tests/generated/every_name.py"]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_wrong_types_are_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "from polywrite import Client, TablesDB\n"
        "tables = TablesDB(Client())\n"
        "tables.list_rows('db', 3)\n"
        "tables.list_rows('db', 't', limit=3)\n"
        "tables.list_rows('db', 't', timeout='3')\n"
        "title: int = tables.get_row('db', 't', 'r').id\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(wrong)]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)
    lines = [line.split(":")[1] for line in done.stdout.splitlines() if "error" in line]
    assert lines == ["3", "4", "5", "6"], done.stdout

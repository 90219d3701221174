"""The vectors as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent
GENERATED = FOLDER / "generated"
ROOT = FOLDER.parents[1]

Entry = dict[str, Any]


def calls() -> list[Entry]:
    """Every call, with its ID: `tablesDB.listRows awkward`."""
    paths = [*sorted((GENERATED / "calls").glob("*.json")), GENERATED / "odd.json"]
    found = [call for path in paths for call in _read(path)["calls"]]
    return [{"id": f"{call['operation']} {call['call']}"} | call for call in found]


def samples() -> dict[str, dict[str, Entry]]:
    """Samples by model and kind."""
    found: dict[str, dict[str, Entry]] = _read(GENERATED / "samples.json")["samples"]
    return found


def helpers() -> list[Entry]:
    """Every case of every helper, with its ID."""
    cases = _read(GENERATED / "helpers.json")["helpers"]
    return [{"id": f"{case['helper']} {index}"} | case for index, case in enumerate(cases)]


def clients() -> list[Entry]:
    """What clients are configured with, with IDs: `settings timeout is 0`."""
    kinds = ("settings", "options", "errors")
    return [
        {"id": f"{kind} {case['name']}"} | case for kind in kinds for case in _read(GENERATED / f"{kind}.json")[kind]
    ]


def enums() -> dict[str, list[str]]:
    """Members by enum."""
    found: dict[str, list[str]] = _read(GENERATED / "enums.json")["enums"]
    return found


def _read(path: Path) -> Any:
    return exact(json.loads(path.read_text(encoding="utf-8")))


def exact(value: Any) -> Any:
    """Turns {"@integer": text} into the integer."""
    if isinstance(value, dict):
        if value.keys() == {"@integer"}:
            return int(value["@integer"])
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    return value


def marked(value: Any) -> Any:
    """Reverses `exact`, for readers that would lose digits."""
    if isinstance(value, dict):
        return {key: marked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [marked(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53 - 1:
        return {"@integer": str(value)}
    return value

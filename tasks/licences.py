"""Checks deny.toml's licences, bans and sources where cargo-deny is not installed: python3 tasks/licences.py"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import tomllib

ROOT = Path(__file__).resolve().parents[1]
REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"


def problems(rules: dict[str, Any], packages: list[dict[str, Any]]) -> list[str]:
    """What breaks the rules, a line each."""
    allowed = set(rules["licenses"]["allow"])
    banned = {ban["crate"]: ban["reason"] for ban in rules["bans"]["deny"]}
    found = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if package["source"] is None:
            continue
        if package["source"] != REGISTRY:
            found.append(f"{name} comes from {package['source']}")
        if package["name"] in banned:
            found.append(f"{name} is banned: {banned[package['name']]}")
        if not satisfied(package["license"] or "", allowed):
            found.append(f"{name} is under {package['license'] or 'a licence without a name'}")
    return found


def satisfied(expression: str, allowed: set[str]) -> bool:
    """Whether the allowed licences are enough for an SPDX expression; `/` is an old spelling of OR."""
    words = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))

    def either() -> bool:
        result = both()
        while words and words[0] == "OR":
            words.pop(0)
            result |= both()
        return result

    def both() -> bool:
        result = one()
        while words and words[0] == "AND":
            words.pop(0)
            result &= one()
        return result

    def one() -> bool:
        if words[0] == "(":
            words.pop(0)
            result = either()
            words.pop(0)
            return result
        name = words.pop(0)
        if words and words[0] == "WITH":
            name = f"{name} {words.pop(0)} {words.pop(0)}"
        return name in allowed

    return bool(words) and either()


def main() -> int:
    rules = tomllib.loads((ROOT / "deny.toml").read_text(encoding="utf-8"))
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    for target in rules["graph"]["targets"]:
        command += ["--filter-platform", target]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    found = problems(rules, metadata["packages"])
    for problem in found:
        print(problem, file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())

"""Turns the harness's results into benches/RESULTS.md and a picture for the README.

usage: python3 -m benches.report RESULTS.json FOLDER COMMAND
"""

import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys

from benches import picture
from benches.goals import GOALS

OURS = "polywrite"


def ours(peer: str) -> str:
    """Our client's label where the peer's is `peer`: cold starts carry their step behind the name."""
    return " ".join([OURS, *peer.split()[1:]])


def value(results, scenario, language, label, column):
    return results.get(scenario, {}).get(language, {}).get(label, {}).get(column)


def compare(results):
    """(goal, ours, theirs, ratio) of every goal that this run measured."""
    for goal in GOALS:
        mine = value(results, goal.scenario, goal.language, ours(goal.peer), goal.column)
        theirs = value(results, goal.scenario, goal.language, goal.peer, goal.column)
        if mine and theirs:
            yield goal, mine, theirs, mine / theirs


def repetitions(results) -> str:
    counts = [len(row["runs"]) for languages in results.values() for labels in languages.values() for row in labels.values()]
    return "one repetition, so a figure may be off by a fifth" if min(counts) == 1 else f"medians of {min(counts)} or more"


def version(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def number(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 100 else f"{amount:.3g}"


def goal_table(rows):
    yield "| language | what | ours | beside | ratio | goal | |"
    yield "| - | - | -: | -: | -: | -: | - |"
    for goal, mine, theirs, ratio in rows:
        verdict = "met" if ratio <= goal.at_most else f"missed by {ratio / goal.at_most - 1:.0%}"
        unit = {"cpuMicros": "µs", "cpuSeconds": "s", "cpuMs": "ms"}[goal.column]
        yield (
            f"| {goal.language} | {goal.about} | {number(mine)} {unit} | {goal.peer}: {number(theirs)} {unit} "
            f"| {ratio:.2g} | ≤ {goal.at_most:g} | {verdict} |"
        )


def full_tables(results):
    for scenario, languages in results.items():
        columns = [c for c in ("cpuMicros", "cpuSeconds", "cpuMs", "connsPer1000", "rssBeforeMiB", "rssPeakMiB")
                   if any(c in row for labels in languages.values() for row in labels.values())]
        yield f"\n### {scenario}\n"
        yield "| client | " + " | ".join(columns) + " |"
        yield "| - |" + " -: |" * len(columns)
        for language, labels in languages.items():
            for label, row in labels.items():
                cells = [number(row[c]) if c in row else "" for c in columns]
                yield f"| {language} {label} | " + " | ".join(cells) + " |"


def main() -> None:
    source, folder, command = sys.argv[1:4]
    results = json.loads(pathlib.Path(source).read_text())
    rows = list(compare(results))
    met = sum(ratio <= goal.at_most for goal, _, _, ratio in rows)
    lines = [
        "# Measured beside the official SDKs",
        "",
        f"Made by `{command}` on {datetime.date.today()}: {os.cpu_count()} cores, {platform.machine()}, "
        f"{version('rustc', '--version')}, Node {version('node', '--version')}, Python {platform.python_version()}. "
        f"All clients were measured in one run, interleaved, each time in a fresh process: {repetitions(results)}. "
        "Trust the ratios, not the absolute figures.",
        "",
        f"## Goals: {met} of {len(rows)} met",
        "",
        *goal_table(rows),
        "",
        "## Everything",
        *full_tables(results),
        "",
    ]
    pathlib.Path(folder, "RESULTS.md").write_text("\n".join(lines))
    pathlib.Path(folder, "results.svg").write_text(picture.draw(results))


main()

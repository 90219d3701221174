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
from benches.goals import BY_HAND, GOALS, GROWTH, NO_HOOKS, ONE_CONNECTION, RISE

OURS = "polywrite"
UNITS = {
    "cpuMicros": "µs",
    "callMicros": "µs",
    "cpuSeconds": "s",
    "seconds": "s",
    "cpuMs": "ms",
    "connsPer1000": "",
    "binaryMB": "MB",
    "requireMs": "ms",
    "importMs": "ms",
}
COLUMNS = (
    "cpuMicros",
    "callMicros",
    "cpuSeconds",
    "seconds",
    "cpuMs",
    "connsPer1000",
    "rssBeforeMiB",
    "rssPeakMiB",
    "rssAfterMiB",
)
COLUMNS += ("compilerMiB", "binaryMB", "requireMs", "importMs")


def ours(peer: str) -> str:
    """Our client's label where the peer's is `peer`: cold starts have their step behind the name."""
    if peer in (BY_HAND, NO_HOOKS, ONE_CONNECTION):
        return OURS
    return " ".join([OURS, *peer.split()[1:]])


def value(results, scenario, language, label, column):
    row = results.get(scenario, {}).get(language, {}).get(label, {})
    if column == GROWTH and "rssBeforeMiB" in row:
        return row["rssPeakMiB"] - row["rssBeforeMiB"]
    if column == RISE and "rssAfterMiB" in row:
        return row["rssAfterMiB"] - row["rssBeforeMiB"]
    return row.get(column)


def compare(results):
    """(goal, ours, theirs, the figure to compare with the goal) of every goal that this run measured."""
    for goal in GOALS:
        mine = value(results, goal.scenario, goal.language, ours(goal.peer), goal.column)
        theirs = value(results, goal.scenario, goal.language, goal.peer, goal.column)
        if mine is not None and not goal.peer:
            yield goal, mine, None, mine
        elif mine and theirs:
            yield goal, mine, theirs, mine / theirs


def versions():
    """Versions of the languages that are on this machine."""
    yield f"Python {platform.python_version()}"
    for name, *command in (("", "rustc", "--version"), ("Node ", "node", "--version"), ("", *swift(), "--version")):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 0:
            yield name + done.stdout.splitlines()[0].strip()


def swift():
    return "bash", "-c", '. tasks/lib.sh; . tasks/swift.sh; swift_run swift "$@" 2>/dev/null', "bash"


def processor() -> str:
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def number(amount: float) -> str:
    return f"{amount:,.0f}" if abs(amount) >= 100 else f"{amount:.3g}"


def goal_table(rows):
    yield "| language | what | ours | beside | ratio | goal | |"
    yield "| - | - | -: | -: | -: | -: | - |"
    for goal, mine, theirs, held in rows:
        verdict = "met" if held <= goal.at_most else f"**missed** by {held / goal.at_most - 1:.0%}"
        unit = UNITS.get(goal.column, "MiB")
        beside = f"{goal.peer}: {number(theirs)} {unit}" if theirs else ""
        ratio, most = (f"{held:.2g}", f"{goal.at_most:g}") if theirs else ("", f"{goal.at_most:g} {unit}")
        measured = f"{number(mine)} {unit}".strip()
        cells = (goal.language, goal.about, measured, beside, ratio, f"≤ {most.strip()}", verdict)
        yield f"| {' | '.join(cells)} |"


def full_tables(results):
    for scenario, languages in results.items():
        columns = [c for c in COLUMNS if any(c in row for labels in languages.values() for row in labels.values())]
        runs = min(len(row["runs"]) for labels in languages.values() for row in labels.values())
        yield f"\n### {scenario} ({runs} {'run' if runs == 1 else 'runs'})\n"
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
    met = sum(held <= goal.at_most for goal, _, _, held in rows)
    lines = [
        "# Measured beside the official SDKs",
        "",
        f"Made by `{command}` on {datetime.date.today()}: {os.cpu_count()} cores of {processor()}, "
        f"{', '.join(versions())}. Beside: npm node-appwrite 27.1.0, PyPI appwrite 27.0.0, crate appwrite 0.22.0 "
        "(`appwrite` below), bare HTTP clients as lower bounds, npm ws 8.18.3 and PyPI websockets 15.0.1 for "
        "realtime, and for Swift FoundationNetworking with JSONDecoder. "
        "All were measured in one run, interleaved, each time in a fresh process; figures are medians of the runs that "
        "the tables name. Trust the ratios, not the absolute figures.",
        "",
        "What the scenarios do: [harness/README.md](harness/README.md), and the first lines of "
        "[clients/own.py](clients/own.py) and [clients/realtime.py](clients/realtime.py).",
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

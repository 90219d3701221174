"""python3 -m tests.differential plan PLAN | judge LANGUAGE REPORT [REPORT OF OURS]"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

import tomllib

from ..vectors.check import plan, vectors
from ..vectors.check.judge import read
from ..vectors.check.vectors import Entry
from ..vectors.make import definition
from .compare import differences
from .names import method_name, wire_names

ON_PURPOSE = Path(__file__).parent / "on-purpose.toml"
# More would hide the first ones.
SHOWN = 20


def main(arguments: list[str]) -> int:
    """Returns the exit status."""
    task, *rest = arguments
    api = definition.load(vectors.ROOT / "api")
    if task == "plan":
        print(f"differential: {plan.write_calls(Path(rest[0]), api, calls())} calls")
        return 0
    return judge(api, rest[0], Path(rest[1]))


def calls() -> list[Entry]:
    """Every operation's calls; with full responses, because the official SDKs reject less."""
    full = {}
    for call in vectors.calls():
        if call["call"] == "everything":
            full[call["operation"]] = call["response"]
    kinds = ("required", "everything", "awkward", "empty")
    return [call | {"response": full[call["operation"]]} for call in vectors.calls() if call["call"] in kinds]


def judge(api: definition.Definition, language: str, report: Path) -> int:
    """Prints what was compared; fails when a difference is not in the list or an entry of the list is stale."""
    methods = {method.id: method for group in api.methods.values() for method in group.values()}
    arguments = {call["id"]: call["arguments"] for call in vectors.calls()}
    found: defaultdict[str, set[str]] = defaultdict(set)
    silent: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for line in read(report):
        if "skipped" in line:
            continue
        operation = line["id"].split(" ")[0]
        name = method_name(language, operation)
        if "request" not in line:
            silent[f"{line['id']}: {line.get('error')}"] += 1
            continue
        method = methods[operation]
        for difference in differences(
            method, arguments[line["id"]], wire_names(language, method, line), line["request"]
        ):
            found[name].add(difference)
            examples.setdefault(difference, line["id"])
        found[name] |= {"argument.type"} if line.get("misfits") else set()
    return summary(language, found, silent, examples)


def summary(language: str, found: dict[str, set[str]], silent: Counter[str], examples: dict[str, str]) -> int:
    """Prints the counts."""
    listed = tomllib.loads(ON_PURPOSE.read_text(encoding="utf-8"))
    known = {name for name, entry in listed.items() if language in entry["languages"]}
    everywhere = {name for name in known if listed[name].get("everywhere")}
    seen = set().union(*found.values()) if found else set()
    unexplained = sorted(seen - known)
    for difference in unexplained[:SHOWN]:
        print(f"{language}: {examples[difference]}: {difference}"[:700], file=sys.stderr)
    stale = sorted(known - seen)
    if stale:
        print(f"{language}: on-purpose.toml lists what does not occur: {', '.join(stale)}", file=sys.stderr)
    same = sum(not names - everywhere for names in found.values())
    wrong = sum(bool(names - known) for names in found.values())
    print(
        f"{language}: {len(found)} methods compared: {same} the same, "
        f"{len(found) - same - wrong} different on purpose, "
        f"{wrong} unexplained; {sum(silent.values())} calls that the official SDK did not send"
    )
    for name in sorted(known & seen):
        print(f"  {name}: {sum(name in names for names in found.values())} methods: {listed[name]['reason']}")
    for line in list(silent)[:SHOWN]:
        print(f"  not sent: {line}"[:200])
    return 1 if unexplained or stale or not found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""python3 -m tests.vectors.check plan PLAN | judge LANGUAGE REPORT COVERAGE | coverage COVERAGE…"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from ..make import definition
from . import plan, recorded, vectors
from .judge import Judge, read

# More would hide the first ones.
SHOWN = 20


def main(arguments: list[str]) -> int:
    """Returns the exit status."""
    # Some responses are nested deeply, and the comparison recurses.
    sys.setrecursionlimit(10_000)
    task, *rest = arguments
    api = definition.load(vectors.ROOT / "api")
    required = {call["operation"]: call for call in vectors.calls() if call["call"] == "required"}
    exchanges = recorded.calls(api, required)
    if task == "plan":
        print(f"vectors: {plan.write(Path(rest[0]), api, exchanges)} to run, {len(exchanges)} of them recorded")
        return 0
    if task == "coverage":
        return coverage(Judge(api, exchanges), api, [Path(path) for path in rest])
    return judge(Judge(api, exchanges), api, rest[0], Path(rest[1]), Path(rest[2]))


def judge(judge: Judge, api: definition.Definition, language: str, report: Path, output: Path) -> int:
    """Judges a report and writes what it covers; a missing line fails, and so does a helper without a right vector: a
    language may lack an operation, but all helpers are generated for it."""
    lines = read(report)
    wrong = {line["id"]: found for line in lines if (found := judge.differences(line))}
    skipped = {line["id"]: line["skipped"] for line in lines if "skipped" in line}
    missing = sorted(judge.names() - {line["id"] for line in lines})
    covered: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line["id"] not in wrong and line["id"] not in skipped:
            covered["vectors"].add(line["id"])
            for group, name in judge.covered(line["id"]):
                covered[group].add(name)
    output.write_text(json.dumps({group: sorted(names) for group, names in covered.items()}), encoding="utf-8")
    for name, found in list(wrong.items())[:SHOWN]:
        print(f"{language}: {name}: {'; '.join(found)[:600]}", file=sys.stderr)
    if missing:
        print(f"{language}: {len(missing)} were not run: {', '.join(missing[:5])} …", file=sys.stderr)
    lacking = sorted(helpers(api) - covered["helpers"])
    if lacking:
        print(f"{language}: no vector shows {', '.join(lacking)}", file=sys.stderr)
    groups = ("operations", "models", "enums", "helpers", "settings", "options", "errors")
    counts = ", ".join(f"{len(covered[group])} {group}" for group in groups)
    print(
        f"{language}: {len(lines) - len(wrong) - len(skipped)} vectors right, {len(wrong)} wrong, "
        f"{len(skipped)} skipped, {len(missing)} not run; {counts}"
    )
    return 1 if wrong or missing or lacking else 0


def helpers(api: definition.Definition) -> set[str]:
    """The helpers that every language has."""
    return {f"{group}.{name}" for group, entries in api.helpers.items() for name in entries}


def coverage(judge: Judge, api: definition.Definition, files: list[Path]) -> int:
    """Fails when a vector, or something of the definition, is in no runner's coverage."""
    wanted = {
        "vectors": judge.names(),
        "operations": {method.id for methods in api.methods.values() for method in methods.values()},
        "models": set(api.models),
        "enums": set(api.enums),
        "helpers": helpers(api),
        # What only a broken disk, a defect and the caller's own signal lead to.
        "kinds": set(api.kinds) - {"io", "internal", "cancelled", "failed"},
    }
    for kind in ("settings", "options", "errors"):
        wanted[kind] = {case["id"] for case in vectors.clients() if case["id"].startswith(f"{kind} ")}
    failed = False
    print(f"all languages together ({', '.join(path.stem for path in files)}):")
    for group, names in wanted.items():
        found = set().union(*(json.loads(path.read_text(encoding="utf-8")).get(group, []) for path in files))
        left = sorted(names - found)
        failed = failed or bool(left)
        print(
            f"  {group}: {len(names) - len(left)} of {len(names)}"
            + (f", without {', '.join(left[:9])}" if left else "")
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

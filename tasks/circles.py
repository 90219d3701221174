"""Finds modules of a Rust crate that use each other in a circle."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CRATES = ("core", "bridge", "bindings-node", "bindings-python", "bindings-swift")
IDENT = r"[A-Za-z_][A-Za-z0-9_]*"

Path_ = tuple[str, ...]


@dataclass
class Module:
    """A file: its code without tests, and what it re-exports."""

    text: str
    reexports: dict[str, Path_] = field(default_factory=dict)


def source(file: Path) -> str:
    """The code of a file without comments, strings and tests."""
    text = file.read_text(encoding="utf-8").split("#[cfg(test)]\nmod ")[0]
    text = re.sub(r"//[^\n]*", "", text)
    text = re.sub(r"pub\((?:in [\w:]+|crate|super)\)", "pub", text)
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', text, flags=re.DOTALL)


def read(folder: Path) -> dict[Path_, Module]:
    """The modules of a crate by their paths; the crate itself is the empty path."""
    found: dict[Path_, Module] = {}
    for file in sorted(folder.rglob("*.rs")):
        parts = file.relative_to(folder).with_suffix("").parts
        if parts[-1] in {"lib", "mod"}:
            parts = parts[:-1]
        if parts != ("main",) and "bin" not in parts:
            found[parts] = Module(source(file))
    return found


def absolute(module: Path_, parts: Path_) -> Path_ | None:
    """A path as the crate's root reads it; None for another crate's."""
    match parts[0]:
        case "crate":
            return parts[1:]
        case "self":
            return module + parts[1:]
        case "super":
            rest, here = parts, module
            while rest and rest[0] == "super":
                rest, here = rest[1:], here[:-1]
            return here + rest
        case _:
            return None


def flat(tree: str, prefix: Path_ = ()) -> list[tuple[Path_, str]]:
    """The paths of a `use`, each with the name that it gets."""
    tree = tree.strip()
    if match := re.fullmatch(rf"((?:{IDENT}::)*)\{{(.*)\}}", tree, re.DOTALL):
        head = prefix + tuple(it for it in match[1].split("::") if it)
        parts, depth, start = [], 0, 0
        for place, letter in enumerate(match[2]):
            depth += (letter == "{") - (letter == "}")
            if letter == "," and depth == 0:
                parts.append(match[2][start:place])
                start = place + 1
        parts.append(match[2][start:])
        return [found for part in parts if part.strip() for found in flat(part, head)]
    path, _, alias = tree.partition(" as ")
    names = prefix + tuple(it.strip() for it in path.split("::") if it.strip())
    if names[-1] == "self":
        names = names[:-1]
    return [(names, alias.strip() or names[-1])]


def resolve(modules: dict[Path_, Module], path: Path_, depth: int = 0) -> Path_ | None:
    """The module that defines what a path names."""
    known = path
    while known not in modules:
        known = known[:-1]
    rest = path[len(known) :]
    if not rest:
        return known
    target = modules[known].reexports.get(rest[0])
    if target and depth < 8:
        return resolve(modules, target + rest[1:], depth + 1)
    return known


def edges(modules: dict[Path_, Module]) -> dict[Path_, set[Path_]]:
    """What each module uses."""
    uses: dict[Path_, list[Path_]] = {path: [] for path in modules}
    for path, module in modules.items():
        for match in re.finditer(r"(pub\s+)?use\s+([^;]+);", module.text):
            for names, name in flat(match[2]):
                child = path + names[:1] in modules
                target = path + names if child else absolute(path, names)
                if target is None:
                    continue
                if match[1]:
                    module.reexports[name] = target
                else:
                    uses[path].append(target)
        body = re.sub(r"use\s+[^;]+;", "", module.text)
        for match in re.finditer(rf"(?<![\w:])((?:crate|super)(?:::{IDENT})+)", body):
            if target := absolute(path, tuple(match[1].split("::"))):
                uses[path].append(target)
        for match in re.finditer(rf"(?<![\w:])({IDENT})::{IDENT}", body):
            if (*path, match[1]) in modules:
                uses[path].append((*path, match[1]))
    found: dict[Path_, set[Path_]] = {}
    for path, targets in uses.items():
        resolved = {resolve(modules, target) for target in targets}
        found[path] = {it for it in resolved if it is not None and it != path}
    return found


def circles(graph: dict[Path_, set[Path_]]) -> list[list[Path_]]:
    """The groups of modules that reach each other (Tarjan)."""
    index: dict[Path_, int] = {}
    low: dict[Path_, int] = {}
    stack: list[Path_] = []
    found: list[list[Path_]] = []

    def visit(node: Path_) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in sorted(graph[node]):
            if target not in index:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], index[target])
        if low[node] == index[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(group)

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def shown(module: Path_) -> str:
    """A module's path as Rust writes it."""
    return "::".join(module) or "lib"


def main() -> None:
    """Fails if modules use each other in a circle."""
    problems = []
    for crate in CRATES:
        graph = edges(read(ROOT / crate / "src"))
        for group in circles(graph):
            members = set(group)
            lines = [
                f"{shown(node)} -> {', '.join(map(shown, sorted(graph[node] & members)))}" for node in sorted(group)
            ]
            problems.append(f"{crate}: {len(group)} modules use each other in a circle:\n    " + "\n    ".join(lines))
    if problems:
        sys.exit("error: " + "\n".join(problems))


if __name__ == "__main__":
    main()

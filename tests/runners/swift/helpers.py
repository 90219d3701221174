"""A function that calls every helper with arguments from JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ...vectors.make.definition import Definition

SIGNATURE = re.compile(r"    public static func `?(\w+)`?\(([^{]*)\) -> (?:String|Query|\[Query\]|Operator) \{")
GROUP = re.compile(r"(?:extension|enum|struct) (\w+)")

# How a value of the plan becomes an argument of this type.
EXPRESSIONS = {
    "Any": "given.json({name})",
    "Any?": "given.optionalJSON({name})",
    "[Any]": "given.values({name})",
    "[any QueryConvertible]": "given.queries({name})",
    "any QueryNumber": "given.number({name})",
    "(any QueryNumber)?": "given.optionalNumber({name})",
}


def write(api: Definition, sources: Path) -> str:
    """The Swift file, from the signatures in the package's sources."""
    found: dict[str, list[list[str]]] = {}
    for path in sorted([*sources.glob("generated/*+Helpers.swift"), *sources.glob("Helpers/*.swift")]):
        source = path.read_text(encoding="utf-8")
        owner = GROUP.search(source)
        for name, text in SIGNATURE.findall(source):
            found.setdefault(f"{owner[1] if owner else ''}.{name}", []).append(_arguments(text))
    cases = []
    for group, helpers in api.helpers.items():
        for helper in helpers:
            name = f"{group}.{helper}"
            if name == "ID.unique":
                numbered = 'ID.unique(padding: given.take("padding"))'
                cases.append(f'    case "{name}": return try [given.has("padding") ? {numbered} : ID.unique()]\n')
            elif name == "Topic.path":
                cases.append(f'    case "{name}": return try [topic(given.take("levels"))]\n')
            elif name in found:
                plain, *joined = sorted(found[name], key=lambda arguments: any("on:" in each for each in arguments))
                call = f"{group}.{helper}({', '.join(plain)})"
                if joined:
                    # The definition has no default for the right column; a signature must have one.
                    call = call.replace('given.take("right")', '(given.has("right") ? given.take("right") : "")')
                    call = f'(given.has("on") ? {group}.{helper}({", ".join(joined[0])}) : {call})'
                if name == "Query.page":
                    made = f"{call}.map {{ try $0.text() }}"
                else:
                    made = f"[{call}{'.text()' if group in ('Query', 'Operator') else ''}]"
                cases.append(f'    case "{name}": return try {made}\n')
    return (
        "import Polywrite\n\n/// What a helper makes; nil for one that does not exist.\n"
        "func makeHelper(_ name: String, _ given: Arguments) throws -> [String]? {\n"
        f"    switch name {{\n{''.join(cases)}    default: return nil\n    }}\n}}\n"
    )


def _arguments(text: str) -> list[str]:
    arguments = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        names, kind = part.split(":", 1)
        kind, _, default = (each.strip() for each in kind.partition("="))
        label, name = (names.split() * 2)[:2]
        # The vectors name the conditions of a join by their label.
        wire = json.dumps("on" if label == "on" else name.strip("`"))
        expression = EXPRESSIONS.get(kind, "given.take({name})").format(name=wire)
        if default and default != "nil":
            expression = f"(given.has({wire}) ? {expression} : {default})"
        arguments.append(expression if label == "_" else f"{label}: {expression}")
    return arguments

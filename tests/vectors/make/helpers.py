"""Cases of Query, Operator, Permission, Role, Channel, ID and Topic: arguments, and the exact text that they make."""

from __future__ import annotations

import json
from typing import Any

from .definition import Definition, Type
from .values import LARGEST, SMALLEST

Entry = dict[str, Any]
Arguments = dict[str, Any]

ANY: tuple[Any, ...] = ('ü "quoted" \\ 🦊', 1999, -0.25, True, LARGEST, ["a", "b,c", 3, False], [])
QUERIES = ['{"method":"equal","attribute":"year","values":[1979,"ü"]}', '{"method":"isNull","attribute":"a/b"}']
POINTS = [[1.5, -2.25], [3, 4]]
TEXTS = {
    "attribute": "naïve.title",
    "table": "authors",
    "left": "authors.$id",
    "right": "books.author",
    "id": "ab.c-1_",
}


def cases(api: Definition) -> list[Entry]:
    """Every case of every helper."""
    return [
        {"helper": f"{group}.{name}"} | case
        for group, helpers in api.helpers.items()
        for name, helper in helpers.items()
        for case in _cases_of(group, name, helper, api)
    ]


def _cases_of(group: str, name: str, helper: Entry, api: Definition) -> list[Entry]:
    if (group, name) == ("ID", "unique"):
        # No two are alike: only their form can be checked.
        time_digits = int(helper["length"].split(" ")[0])
        most = helper["longest"] - time_digits
        padding = Type.parse(helper["args"]["padding"]).default
        matches = [({}, padding), *(({"padding": count}, count) for count in (0, 3, most))]
        good = [
            {"arguments": given, "matches": f"^[{helper['alphabet']}]{{{time_digits + count}}}$"}
            for given, count in matches
        ]
        return good + [{"arguments": {"padding": count}, "refused": True} for count in (-1, most + 1)]
    if group == "Topic":
        return _topics(helper)
    kinds = {argument: Type.parse(text) for argument, text in helper.get("args", {}).items()}
    good = [
        {"arguments": arguments, **_made(name, helper, kinds, arguments)} for arguments in _given(group, kinds, api)
    ]
    if "values_on" in helper:
        # Languages differ in where conditions and an alias stand, so these are named.
        joins: list[Arguments] = [{"table": "authors", "on": QUERIES, "alias": alias} for alias in ("", "a")]
        rule = helper["values_on"]
        good += [{"arguments": full, "text": _query(name, helper, rule, full)} for full in joins]
    bad = [
        {"arguments": good[-1]["arguments"] | {argument: 0}, "refused": True}
        for rule in ("nonzero", "at_least_1")
        for argument in helper.get(rule, [])
    ]
    return good + bad


def _given(group: str, kinds: dict[str, Type], api: Definition) -> list[Arguments]:
    """What callers pass: the least, everything, and every awkward value where any value is allowed."""
    required = {name: _value(name, kind, api) for name, kind in kinds.items() if not kind.has_default}
    everything = {name: _value(name, kind, api) for name, kind in kinds.items()}
    given = [required]
    if everything != required:
        given.append(everything)
    for name, kind in kinds.items():
        if kind.text == "any":
            given += [everything | {name: value} for value in ANY]
        elif kind.text == "number":
            given += [everything | {name: value} for value in (-3, 2.5, SMALLEST)]
        elif kind.text == "[any]":
            given += [everything | {name: value} for value in ([], ["ü", LARGEST, True, 0.1], [POINTS])]
        elif kind.text == "[string]" and name != "queries":
            given += [everything | {name: []}]
        elif kind.text == "string" and (group, name) != ("ID", "id"):
            given.append(everything | {name: 'ü "x" \\ / 雪'})
    return given


def _value(name: str, kind: Type, api: Definition) -> Any:
    if name == "queries":
        return list(QUERIES)
    if kind.text.startswith("enum:"):
        return api.enums[kind.text[5:]][0]
    samples = {
        "string": TEXTS.get(name, name),
        "any": "value",
        "int": 3,
        "number": 7,
        "bool": False,
        "[string]": ["title", "ü"],
        "[any]": POINTS,
        "[float]": [0.5, -1.25, 3.5],
    }
    return samples[kind.text]


def _made(name: str, helper: Entry, kinds: dict[str, Type], arguments: Arguments) -> Entry:
    """What the helper makes of the arguments: a text, or several."""
    full = {argument: kind.default for argument, kind in kinds.items()} | arguments
    if "format" in helper:
        filled = [key for key in helper if key.startswith("format_with_") and full[key.removeprefix("format_with_")]]
        return {"text": helper[filled[-1] if filled else "format"].format(**full)}
    if "returns" in helper:
        limit = f'{{"method":"limit","values":[{full["perPage"]}]}}'
        offset = f'{{"method":"offset","values":[{(full["page"] - 1) * full["perPage"]}]}}'
        return {"texts": [limit, offset]}
    return {"text": _query(name, helper, helper.get("values"), full)}


def _query(name: str, helper: Entry, values: Any, full: Arguments) -> str:
    made: Entry = {"method": helper.get("method", name)}
    attribute = helper.get("attribute", "attribute" if "attribute" in full else None)
    if "on" in helper:
        made["attribute"] = helper["on"]
    elif attribute:
        made["attribute"] = full[attribute]
    if values is not None:
        found = _values(values, full)
        if found is not None:
            made["values"] = found if isinstance(found, list) else [found]
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _values(rule: Any, full: Arguments) -> Any:
    if isinstance(rule, list):
        found: list[Any] = []
        for part in rule:
            value = _values(part, full)
            if isinstance(part, str) and part.startswith("json "):
                found += value
            elif value is not None or not _optional(part):
                found.append(value)
        return found
    if rule.startswith("..."):
        value = full[rule[3:]]
        return value if isinstance(value, list) else [value]
    if rule.startswith("json "):
        return [json.loads(text) for text in full[rule[5:]]]
    if _optional(rule):
        value = full[rule[:-1]]
        return None if value is None or value == "" else value
    return full[rule]


def _optional(rule: Any) -> bool:
    return isinstance(rule, str) and rule.endswith("?")


def _topics(helper: Entry) -> list[Entry]:
    good = [["a"], ["news", "ü", "x y"]]
    cases = [{"arguments": {"levels": levels}, "text": helper["join"].join(levels)} for levels in good]
    bad = [[], [""]] + [["news", f"a{sign}b"] for sign in helper["forbidden"] if sign]
    return cases + [{"arguments": {"levels": levels}, "refused": True} for levels in bad]

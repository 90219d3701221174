"""Sample responses of every model, as the server could send them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .definition import Definition, Model, Type
from .values import LARGEST, Values

# Keys and values that no definition has: what a newer server might send.
UNKNOWN_FIELDS = {"unknownList": [{"unknown": True}], "unknownText": "ü"}
UNKNOWN_MEMBER = "tomorrow"
USER_DATA = {"title": "Alien", "year": 1979, "tags": ["sf", "ü"], "nested": {"big": LARGEST, "rate": 0.5}}

# minimal: required fields only. full: every field. unknown: full, and more than the definition has.
# sparse: an older server that sends only IDs and nested objects, and null for the optional fields.
KINDS = ("minimal", "full", "unknown", "sparse")


class Samples:
    """Makes responses."""

    def __init__(self, definition: Definition, values: Values) -> None:
        self._definition = definition
        self._values = values

    def of(self, model: Model) -> dict[str, Any]:
        """All kinds of sample of a model."""
        return {kind: self._model(model, kind) for kind in KINDS}

    def variants(self, model: Model) -> Iterator[tuple[str, dict[str, Any]]]:
        """Full samples by what they show: each member of each union among the fields, each version that differs."""
        for name, field in model.fields.items():
            for member in self._definition.unions.get(field.text, ()):
                yield member, self._model(model, "full") | {name: self._model(self._definition.models[member], "full")}
        ends = {end for versions in model.versions.values() for end in (versions.since, versions.until)}
        for version in sorted(ends - {"0", "999"}):
            full = self._model(model, "full")
            missing = [name for name, versions in model.versions.items() if not versions.include(version)]
            yield f"the fields of {version}", {name: value for name, value in full.items() if name not in missing}

    def _model(self, model: Model, kind: str) -> dict[str, Any]:
        if kind == "sparse":
            return self._sparse(model)
        sample = {
            name: model.conditions.get(name) if name in model.conditions else self._value(name, field, kind)
            for name, field in model.fields.items()
            if kind != "minimal" or field.required or name in model.conditions
        }
        for name, value in model.conditions.items():
            if value == "*":
                sample[name] = self._value(name, model.fields[name], "full")
        if model.conditions and "format" not in model.conditions and "format" in sample:
            sample["format"] = ""
        if model.open and kind != "minimal":
            sample |= USER_DATA
        if kind == "unknown":
            sample |= UNKNOWN_FIELDS
        return sample

    def _sparse(self, model: Model) -> dict[str, Any]:
        sample: dict[str, Any] = {}
        for name, field in model.fields.items():
            if name in model.conditions:
                value = model.conditions[name]
                sample[name] = self._value(name, field, "minimal") if value == "*" else value
            elif field.required and not field.nullable:
                if self._vital(name, field):
                    sample[name] = self._value(name, field, "minimal")
            else:
                sample[name] = None
        return sample

    def _vital(self, name: str, field: Type) -> bool:
        """Whether servers of all versions send it: it identifies the object or is a part of it."""
        kind = field.innermost
        return name in ("$id", "total") or kind in self._definition.models or kind in self._definition.unions

    def _value(self, name: str, kind: Type, sample: str) -> Any:
        if kind.item:
            return self._list(name, kind.item, sample)
        if kind.text.startswith("enum:"):
            members = self._definition.enums[kind.text[5:]]
            return UNKNOWN_MEMBER if sample == "unknown" else self._values.take(f"{sample} {kind.text}", members)
        if kind.text in self._definition.models:
            return self._model(self._definition.models[kind.text], sample)
        if kind.text in self._definition.unions:
            member = self._values.take(f"union {kind.text}", self._definition.unions[kind.text])
            return self._model(self._definition.models[member], sample)
        return self._scalar(name, kind, sample)

    def _list(self, name: str, item: Type, sample: str) -> list[Any]:
        if sample == "minimal":
            return []
        if item.text in self._definition.unions:
            return self._union(item.text, sample)
        if item.text.startswith("enum:"):
            members = self._definition.enums[item.text[5:]]
            return [*members[:2], UNKNOWN_MEMBER] if sample == "unknown" else list(members)
        return [self._value(name, item, sample)]

    def _union(self, name: str, sample: str) -> list[Any]:
        """One of every model of the union, and one of none."""
        members = self._definition.unions[name]
        # Lists stay short: every member has its full sample elsewhere.
        variants: list[Any] = [self._model(self._definition.models[member], "minimal") for member in members]
        if sample == "unknown":
            variants.append({**UNKNOWN_FIELDS, "$id": UNKNOWN_MEMBER, "action": UNKNOWN_MEMBER, "type": UNKNOWN_MEMBER})
        return variants

    def _scalar(self, name: str, kind: Type, sample: str) -> Any:
        full = sample != "minimal"
        match kind.text:
            case "string":
                if name.endswith("At") or name in ("expire", "time"):
                    return "2025-11-21T07:08:09.123+00:00"
                return f"{name} ü 🦊" if full else name
            case "int":
                return 42 if full else 0
            case "bigint":
                return LARGEST if full else 0
            case "float":
                # A float column sends whole numbers without a point.
                return 0.5 if full else 2
            case "bool":
                return full
            case "object" | "any":
                return {"key": "value", "nested": {"list": [1, 2.5, None]}} if full else {}
        raise ValueError(f"no sample of {kind.text}")

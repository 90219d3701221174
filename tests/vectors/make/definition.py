"""Reads the API definition in api/."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomllib


@dataclass(frozen=True)
class Type:
    """A parsed type: `[enum:OrderBy]!` is a required list of an enum."""

    text: str
    required: bool
    nullable: bool
    default: Any
    has_default: bool

    @classmethod
    def parse(cls, text: str) -> Type:
        """Reads `string`, `int! = 5`, `[Row]!` or `bool!?`."""
        text, _, default = text.partition(" = ")
        nullable = text.endswith("?")
        text = text.removesuffix("?")
        value = json.loads(default) if default else None
        return cls(text.removesuffix("!"), text.endswith("!"), nullable, value, bool(default))

    @property
    def item(self) -> Type | None:
        """The type of a list's items; none when it is not a list."""
        return Type(self.text[1:-1], True, False, None, False) if self.text.startswith("[") else None

    @property
    def innermost(self) -> str:
        """The type inside all lists."""
        return self.text.strip("[]")


@dataclass
class Param:
    """A parameter of a method."""

    name: str
    type: Type
    place: str
    from_project: bool


@dataclass
class Method:
    """One call of the API."""

    id: str
    http_method: str
    path: str
    self_hosted_path: str | None
    params: list[Param]
    content: str
    accept: str
    headers: dict[str, str]
    project_header: bool
    returns: str
    # The parameter that names an upload.
    upload_id: str | None
    # A key needs one of these.
    scopes: list[str]
    # The name that this one is an old spelling of.
    alias_of: str | None

    @property
    def name(self) -> str:
        """The name without the service."""
        return self.id.split(".")[1]


@dataclass(frozen=True)
class Versions:
    """Versions of a self-hosted server from one to another, both included."""

    since: str
    until: str

    @classmethod
    def parse(cls, available: str) -> Versions | None:
        """Reads `cloud, self-hosted since 2.0`; none where every version has it, or none does."""
        _, _, own = available.partition("self-hosted ")
        since, until = re.search(r"since ([\d.]+)", own), re.search(r"until ([\d.]+)", own)
        return cls(since[1] if since else "0", until[1] if until else "999") if since or until else None

    def include(self, version: str) -> bool:
        """Whether a version is one of them; 1.9 stands for all of 1.9."""
        since, until, asked = (tuple(map(int, text.split("."))) for text in (self.since, self.until, version))
        return since <= asked and asked[: len(until)] <= until


@dataclass
class Model:
    """An object that the server sends."""

    name: str
    open: bool
    fields: dict[str, Type]
    # The values of fields that distinguish this model from the others of its union.
    conditions: dict[str, str] = field(default_factory=dict)
    # The first and the last self-hosted version with a field, where not every version has it.
    versions: dict[str, Versions] = field(default_factory=dict)


@dataclass
class Definition:
    """The whole definition."""

    methods: dict[str, dict[str, Method]]
    # Class names by service.
    classes: dict[str, str]
    models: dict[str, Model]
    unions: dict[str, list[str]]
    enums: dict[str, list[str]]
    helpers: dict[str, dict[str, dict[str, Any]]]
    response_format: str
    # Settings that travel as headers, and those that bound what a client does.
    settings: dict[str, dict[str, Any]]
    limits: dict[str, dict[str, Any]]
    # What one call may set differently: the place of what it replaces, by name.
    options: dict[str, str]
    # Options of downloads alone, by name.
    own: dict[str, dict[str, Any]]
    # Kinds of errors.
    kinds: list[str]


def load(folder: Path) -> Definition:
    """Reads the folder."""

    def toml(path: Path) -> dict[str, Any]:
        return tomllib.loads(path.read_text(encoding="utf-8"))

    methods, classes = {}, {"client": "Client"}
    for path in sorted((folder / "services").glob("*.toml")):
        service = toml(path)
        methods[service["name"]] = _methods(service["name"], service["methods"])
        classes[service["name"]] = service["class"]
    client = toml(folder / "client.toml")
    methods["client"] = _methods("client", client["methods"])

    models = {}
    for path in sorted((folder / "models").glob("*.toml")):
        for name, entry in toml(path).items():
            fields = {key: Type.parse(_type_of(value)) for key, value in entry.get("fields", {}).items()}
            models[name] = Model(name, entry.get("open", False), fields)
            marks = {key: value for key, value in entry.get("fields", {}).items() if isinstance(value, dict)}
            versions = {key: Versions.parse(value.get("available", "")) for key, value in marks.items()}
            models[name].versions = {key: value for key, value in versions.items() if value}
    unions = {}
    for name, entry in toml(folder / "unions.toml").items():
        unions[name] = list(entry["members"])
        for member, when in entry["members"].items():
            models[member].conditions = when[0] if isinstance(when, list) else when
    enums = {
        name: list(entry.get("members", [])) or list(entry["labels"])
        for name, entry in toml(folder / "enums.toml").items()
    }
    helpers = toml(folder / "helpers.toml")
    return Definition(
        methods,
        classes,
        models,
        unions,
        enums,
        helpers,
        client["response_format"]["cloud"],
        client["settings"],
        client["limits"],
        client["options"],
        client["own"],
        list(toml(folder / "kinds.toml")),
    )


def _type_of(entry: Any) -> str:
    return str(entry["type"] if isinstance(entry, dict) else entry)


def _methods(service: str, entries: dict[str, Any]) -> dict[str, Method]:
    methods = {}
    for name, entry in sorted(entries.items()):
        facts = entries[entry["alias_of"]] if "alias_of" in entry else entry
        http_method = next(
            http_method for http_method in ("get", "post", "put", "patch", "delete") if http_method in facts
        )
        path = facts[http_method]
        in_path = set(re.findall(r"\{(\w+)\}", path))
        params = []
        for wire, kind in facts.get("params", {}).items():
            place = "path" if wire in in_path else "query" if http_method == "get" else "body"
            from_project = isinstance(kind, dict) and kind.get("source") == "project"
            params.append(Param(wire, Type.parse(_type_of(kind)), place, from_project))
        has_file = any(param.type.text == "file" for param in params)
        methods[name] = Method(
            id=f"{service}.{name}",
            http_method=http_method.upper(),
            path=path,
            self_hosted_path=facts.get("self_hosted_path"),
            params=params,
            content=facts.get("content", "multipart" if has_file else "none" if http_method == "get" else "json"),
            accept=facts.get("accept", "application/json"),
            headers=facts.get("headers", {}),
            project_header=facts.get("project_header", True),
            returns=facts.get("returns", "empty"),
            upload_id=facts.get("upload", {}).get("id"),
            scopes=facts.get("scopes", []),
            alias_of=entry.get("alias_of"),
        )
    return methods

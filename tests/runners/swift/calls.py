"""A function for every service that makes its calls from JSON, and one that lists the enums' members."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ...differential.names import plain
from ...vectors.make.definition import Definition, Method

SIGNATURE = re.compile(r"    public func (\w+)\((.*?)\) async throws( -> [^{]+)? \{", re.DOTALL)

# Types that cannot be decoded.
EXPRESSIONS = {
    "Any": "given.any({name})",
    "Any?": "given.optionalAny({name})",
    "[Any]": "given.list({name})",
    "[Any]?": "given.optionalList({name})",
    "[any QueryConvertible]": "given.queries({name})",
    "[any QueryConvertible]?": "given.optionalQueries({name})",
    "InputFile": "given.file({name})",
}


def write(api: Definition, generated: Path) -> dict[str, str]:
    """Files by name."""
    files, arms = {}, []
    for service, methods in api.methods.items():
        if service == "client":
            continue
        name = api.classes[service]
        # A service with the name of a Foundation type has another name, and a function makes it.
        places = (generated / f"{name}+Calls.swift", generated / f"{name}Service+Calls.swift")
        source = next(place for place in places if place.exists())
        known = _signatures(source.read_text(encoding="utf-8"))
        cases = "".join(_case(method, methods, known) for method in methods.values())
        files[name] = (
            f'import Polywrite\n\n@available(*, deprecated, message: "old spellings are called on purpose")\n'
            f"func call{name}(_ client: Client, _ method: String, _ given: Arguments) async throws -> String? {{\n"
            f"    let service = {name}(client)\n    switch method {{\n{cases}    default: return nil\n    }}\n}}\n"
        )
        arms.append(f'    case "{service}": return try await call{name}(client, method, given)\n')
    files["Calls"] = (
        "import Polywrite\n\n/// What the call's caller sees, as JSON; nil for a call that does not exist.\n"
        '@available(*, deprecated, message: "old spellings are called on purpose")\n'
        "func makeCall(_ client: Client, _ operation: String, _ given: Arguments) async throws -> String? {\n"
        '    let parts = operation.split(separator: ".").map(String.init)\n    let method = parts[1]\n'
        f"    switch parts[0] {{\n{''.join(arms)}"
        '    case "client": return try seen(await client.ping())\n    default: return nil\n    }\n}\n'
    )
    enums = "".join(
        f'    case "{name}": return PolywriteEnums.{name}.allCases.map(\\.rawValue)\n' for name in api.enums
    )
    files["Enums"] = (
        "import PolywriteEnums\n\n/// The wire values of an enum.\nfunc members(_ name: String) -> [String] {\n"
        f"    switch name {{\n{enums}    default: return []\n    }}\n}}\n"
    )
    return files


def _signatures(source: str) -> dict[str, tuple[list[tuple[str, str]], bool]]:
    """Parameters by method, and whether it returns anything: the plain form of each, without progress or files."""
    found: dict[str, tuple[list[tuple[str, str]], bool]] = {}
    for name, text, returned in SIGNATURE.findall(source):
        parameters = [part.strip() for part in re.split(r",\n", text) if part.strip()]
        pairs = [(part.split(":", 1)[0].strip(), part.split(":", 1)[1].split(" = ")[0].strip()) for part in parameters]
        wanted = [(label, kind) for label, kind in pairs if label not in ("onProgress", "isolation")]
        if name not in found and not any(label.startswith("to ") for label, _ in wanted):
            found[name] = (wanted, bool(returned))
    return found


def _case(method: Method, methods: dict[str, Method], known: dict[str, tuple[list[tuple[str, str]], bool]]) -> str:
    name = method.name if method.name in known else method.alias_of or method.name
    parameters, returns = known[name]
    wire = {plain(param.name): param.name for param in method.params}
    arguments = []
    for label, kind in parameters:
        expression = EXPRESSIONS.get(kind, "given.take({name})")
        arguments.append(f"{label}: {expression.format(name=json.dumps(wire[plain(label.strip('`'))]))}")
    call = f"service.{name}({', '.join(arguments)})"
    body = f"return try seen(await {call})" if returns else f'try await {call}\n        return "null"'
    return f'    case "{method.name}":\n        {body}\n'

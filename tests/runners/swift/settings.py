"""A function that makes a client's settings from JSON."""

from __future__ import annotations

from ...vectors.make.definition import Definition

# The methods that have several limits.
METHODS = {
    "timeout": "setTimeout(TIME)",
    "connectTimeout": "setTimeout(connect: TIME)",
    "idleTimeout": "setTimeout(idle: TIME)",
}


def write(api: Definition) -> str:
    """The file."""
    cases = []
    for name, setting in api.settings.items():
        setter = setting.get("setter", f"set{_capital(name)}")
        cases.append(f'    case "{name}": client.{setter}(value.string ?? "")\n')
    for name, limit in api.limits.items():
        call = METHODS.get(name, f"set{_capital(name)}({'TIME' if limit['unit'] == 'milliseconds' else 'COUNT'})")
        call = call.replace("TIME", ".milliseconds(value.int ?? 0)").replace("COUNT", "value.int ?? 0")
        cases.append(f'    case "{name}": client.{call}\n')
    return (
        "import Polywrite\n\n/// Sets one setting; false for one that this language lacks.\n"
        "func set(_ client: Client, _ name: String, _ value: JSON) -> Bool {\n    switch name {\n"
        '    case "endpoint": client.setEndpoint(value.string ?? "")\n'
        '    case "retries": client.setRetries(value["max"]?.int)\n'
        f"{''.join(cases)}    default: return false\n    }}\n    return true\n}}\n"
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]

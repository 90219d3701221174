"""python3 -m tests.differential.rust FOLDER: writes a Cargo project that calls every method of the official crate."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from ...vectors.check.vectors import ROOT
from ...vectors.make import definition
from ...vectors.make.definition import Method
from ..names import plain

VERSION = "0.22.0"

MANIFEST = """[package]
name = "official"
edition = "2024"
publish = false

[dependencies]
appwrite = "={version}"
polywrite-vector-support = {{ path = "{support}" }}
serde_json = "1"
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}

[profile.dev]
debug = false

[workspace]
"""

SIGNATURE = re.compile(r"pub async fn (\w+)\(\s*&self,?\s*(.*?)\s*\)\s*->", re.DOTALL)

# How a value of the plan becomes an argument of this type.
EXPRESSIONS = {
    "impl Into<String>": "given.take::<String>({name})",
    "impl IntoIterator<Item = impl Into<String>>": "given.take::<Vec<String>>({name})",
    "Option<&str>": "given.take::<Option<String>>({name}).as_deref()",
    "InputFile": "crate::file(given.file({name}))",
}


def main(folder: Path) -> None:
    """Writes the project."""
    (folder / "src").mkdir(parents=True, exist_ok=True)
    support = ROOT / "tests" / "runners" / "rust" / "support"
    _write(folder / "Cargo.toml", MANIFEST.format(version=VERSION, support=support))
    _write(folder / "src" / "main.rs", (Path(__file__).parent / "main.rs").read_text(encoding="utf-8"))
    if not (folder / "src" / "calls.rs").exists():
        _write(folder / "src" / "calls.rs", "")
    _write(folder / "src" / "calls.rs", _calls(_source(folder) / "src" / "services"))


def _source(folder: Path) -> Path:
    """Where Cargo keeps the crate."""
    command = ["cargo", "metadata", "--format-version", "1", "--manifest-path", str(folder / "Cargo.toml")]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return next(Path(each["manifest_path"]).parent for each in found["packages"] if each["name"] == "appwrite")


def _calls(services: Path) -> str:
    """A function for every service, and one that dispatches to them."""
    api = definition.load(ROOT / "api")
    functions, arms = [], []
    for service, methods in api.methods.items():
        source = services / f"{_snake(service)}.rs"
        if not source.exists():
            continue
        signatures = {name: _parameters(text) for name, text in SIGNATURE.findall(source.read_text(encoding="utf-8"))}
        known = {plain(name): (name, parameters) for name, parameters in signatures.items()}
        # Node's old spellings are the same method here.
        wanted = {plain(method.name): method for method in methods.values() if not method.alias_of}
        cases = [_case(method, *known[name]) for name, method in wanted.items() if name in known]
        functions.append(
            f"async fn {_snake(service)}(client: &Client, method: &str, given: &Arguments) -> Option<Outcome> {{\n"
            f"    let service = appwrite::services::{api.classes[service]}::new(client);\n"
            f"    Some(match method {{\n{''.join(cases)}        _ => return None,\n    }})\n}}\n"
        )
        arms.append(f'        "{service}" => Box::pin({_snake(service)}(client, method, given)).await,\n')
    return (
        "use appwrite::Client;\nuse polywrite_vector_support::Arguments;\n\nuse crate::Outcome;\n\n"
        "pub async fn make(client: &Client, operation: &str, given: &Arguments) -> Option<Outcome> {\n"
        "    let (service, method) = operation.split_once('.')?;\n    match service {\n"
        f"{''.join(arms)}        _ => None,\n    }}\n}}\n\n" + "\n".join(functions)
    )


def _parameters(text: str) -> list[tuple[str, str]]:
    """Names and types; commas inside of brackets do not separate."""
    parts = re.split(r",\s*(?![^<>]*>)", text)
    pairs = (part.split(": ", 1) for part in parts if part.strip())
    return [(name.strip().removeprefix("r#"), " ".join(kind.split())) for name, kind in pairs]


def _case(method: Method, name: str, parameters: list[tuple[str, str]]) -> str:
    wire = {plain(param.name): param.name for param in method.params}
    arguments = []
    for argument, kind in parameters:
        kind = kind.replace("crate::", "appwrite::")
        expression = EXPRESSIONS.get(kind, f"given.take::<{kind}>({{name}})")
        if "enums::" in kind and not kind.startswith(("Option", "Vec")):
            # An enum without a default has nothing to use for a value that does not fit.
            expression = f"given.take::<Option<{kind}>>({{name}}).unwrap_or_else(|| panic!({{name}}))"
        arguments.append(expression.format(name=json.dumps(wire.get(plain(argument), argument))))
    call = f"service.{name}({', '.join(arguments)}).await"
    return f'        "{method.name}" => crate::outcome({call}),\n'


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _write(path: Path, text: str) -> None:
    """Writes only files that change, so that Cargo has nothing to do."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

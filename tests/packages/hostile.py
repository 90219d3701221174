"""Documents that mean harm: each text of one carries code, and no package that is built of it may run that code.

A build may refuse such a document. What it makes is loaded, file by file.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.packages import rust as crates
from tests.packages import swift as modules

ROOT = pathlib.Path(__file__).parents[2]
DOCUMENT = ROOT / "codegen/tests/documents/shapes.json"
MARK = "harmed"
NODE_CODE = f'require("fs").writeFileSync("{MARK}","")'
PYTHON_CODE = f'open("{MARK}","w")'
RUST_CODE = f'compile_error!("{MARK}")'
SWIFT_CODE = f'#error("{MARK}")'
# What ends a comment, a docstring, a text or a line in one of the languages, and the code behind it.
ENDS = [
    f"*/;{NODE_CODE};/*",
    f"\n{NODE_CODE};//",
    f"\r{NODE_CODE};//",
    f"\u2028{NODE_CODE};//",
    f'"+{NODE_CODE}+"',
    f"'+{NODE_CODE}+'",
    f"${{{NODE_CODE}}}`+{NODE_CODE}+`",
    f'\\";{NODE_CODE};//',
    f'"""\n{PYTHON_CODE}\n"""',
    f'\\"""\n{PYTHON_CODE}\n"""',
    f"'''\n{PYTHON_CODE}\n'''",
    f"\n{PYTHON_CODE}\n",
    f'"+{PYTHON_CODE}+"',
    f"{{{PYTHON_CODE}}}",
    f"/../../../../{MARK}",
    "..\\..\\harmed",
    "__proto__",
    "\x00\x7f",
    f"*/ {RUST_CODE}; /*",
    f"\n{RUST_CODE};\n",
    f'"+{RUST_CODE}+"',
    f'"); {RUST_CODE}; //',
    f'\\"; {RUST_CODE}; //',
    f'"#; {RUST_CODE}; r#"',
    f"*/ {SWIFT_CODE} /*",
    f"\n{SWIFT_CODE}\n",
    f'"\n{SWIFT_CODE}\n"',
    f'"; {SWIFT_CODE} //',
    f'\\"; {SWIFT_CODE} //',
    f"\\({SWIFT_CODE})",
]
EVERYWHERE = ("/..", "__", "\x00")
# What is compiled: to do so takes longer than to load a file, so it is for ends that are meant for the compiler.
COMPILED = {
    language: [end for end in ENDS if code in end or end.startswith(EVERYWHERE)]
    for language, code in {"rust": RUST_CODE, "swift": SWIFT_CODE}.items()
}
METHODS = ("get", "post", "put", "patch", "delete")


def everywhere(value: Any, change: Callable[[str, Any], Any]) -> Any:
    """A value of which each member is what `change` makes of its name and its value."""
    if isinstance(value, dict):
        return {name: change(name, everywhere(each, change)) for name, each in value.items()}
    if isinstance(value, list):
        return [everywhere(each, change) for each in value]
    return value


def renamed(value: Any, name: Callable[[str], str]) -> Any:
    """The keys of an object under other names."""
    return {name(key): each for key, each in value.items()} if isinstance(value, dict) else value


def changes(end: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Documents with this end in all texts of one kind, each with the kind."""

    def texts(*names: str) -> Callable[[str, Any], Any]:
        def change(name: str, value: Any) -> Any:
            if name in names and isinstance(value, str):
                return value + end
            if name in names and isinstance(value, list):
                return [each + end if isinstance(each, str) else each for each in value]
            return value

        return change

    def keys(*names: str) -> Callable[[str, Any], Any]:
        return lambda name, value: renamed(value, lambda key: key + end) if name in names else value

    document = json.loads(DOCUMENT.read_text())
    for kind, change in {
        "descriptions": texts("description", "summary", "title", "x-example"),
        "operations": texts("operationId"),
        "services": texts("tags"),
        "methods": texts("method", "namespace"),
        "required": texts("required"),
        "enums": texts("enum", "const"),
        "names of enums": texts("x-enum-name"),
        "names of members": texts("x-enum-keys"),
        "URLs": texts("url"),
        "versions": texts("version", "since", "replaceWith"),
        "scopes": texts("scope"),
        "properties": keys("properties"),
        "media": keys("content"),
        "mappings": keys("mapping", "x-mapping"),
    }.items():
        yield kind, everywhere(document, change)
    paths = renamed(document["paths"], lambda path: path + end)
    yield "paths", {**document, "paths": paths}
    named = everywhere(document, texts("name", "propertyName"))
    named["paths"] = renamed(named["paths"], lambda path: path.replace("}", f"{end}}}"))
    yield "parameters", named
    words = json.loads(DOCUMENT.read_text())
    operations = [each[method] for each in words["paths"].values() for method in METHODS if method in each]
    for number, operation in enumerate(operations):
        operation["x-appwrite"] = {
            "method": f"get{number}{end}", "scope": [end], "deprecated": {"since": f"1{end}", "replaceWith": end},
        }  # fmt: skip
    yield "Appwrite's own words", words
    text = json.dumps(document)
    quoted = json.dumps(end)[1:-1]
    for name in document["components"]["schemas"]:
        text = text.replace(f'schemas/{name}"', f'schemas/{name}{quoted}"')
    schemas = json.loads(text)
    schemas["components"]["schemas"] = renamed(schemas["components"]["schemas"], lambda key: key + end)
    yield "schemas", schemas


def build(program: pathlib.Path, place: pathlib.Path, languages: tuple[str, ...]) -> bool:
    """Builds packages of the document in a folder, and fails where that leaves anything beside them."""
    command = [program, "build", "openapi.json", "--out", "acme", "--lang", ",".join(languages)]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0 or done.stderr.startswith("Error: "), (place, done.stderr)
    strays = [path.name for path in place.iterdir() if path.name not in ("openapi.json", "acme")]
    assert not strays, (place, strays)
    return done.returncode == 0


def judge(packages: list[pathlib.Path], failed: dict[pathlib.Path, str]) -> None:
    """Fails where a package contains code of its document, and where a compiler refuses more than a few."""
    harmed = [package for package, said in failed.items() if f"error: {MARK}" in said]
    assert not harmed, harmed
    for package, said in failed.items():
        print(f"{package}: {said}", file=sys.stderr)
    assert len(failed) * 100 <= len(packages), f"{len(failed)} of {len(packages)} packages do not compile"


def main(program: pathlib.Path, folder: pathlib.Path, languages: tuple[str, ...]) -> None:
    """Builds packages of all such documents below a folder, loads them, and fails where code of a document has run."""
    places: dict[pathlib.Path, str] = {}
    for number, end in enumerate(ENDS):
        for kind, document in changes(end):
            place = folder / f"d{number}" / kind.replace(" ", "-").replace("'", "")
            place.mkdir(parents=True)
            (place / "openapi.json").write_text(json.dumps(document))
            places[place] = end
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(lambda place: build(program, place, languages), places))
    built = sum(outcomes)
    refused = len(places) - built
    all_built = [place for place, is_built in zip(places, outcomes, strict=True) if is_built]
    compiled = {
        language: [place / "acme" / language for place in all_built if places[place] in ends]
        for language, ends in COMPILED.items()
    }
    if "node" in languages:
        load = ROOT / "tests/packages/load.cjs"
        subprocess.run(["node", load, folder], cwd=folder, check=True, timeout=300)
    if "python" in languages:
        interpreter = ROOT / "bindings-python/.venv/bin/python"
        load = ROOT / "tests/packages/load.py"
        subprocess.run([interpreter, load, folder], cwd=folder, check=True, timeout=300)
    if "rust" in languages:
        judge(compiled["rust"], crates.uncompiled(folder.parent / "program-rust", compiled["rust"]))
    if "swift" in languages:
        judge(compiled["swift"], modules.unread(compiled["swift"]))
    harmed = [path for path in folder.rglob(f"*{MARK}*") if path.name == MARK or path.parent == folder]
    assert not harmed, harmed
    assert not (folder.parent / MARK).exists()
    assert built > 10 * refused, (built, refused)
    print(
        f"{built} packages of documents that mean harm: loaded, and nothing of theirs ran; {refused} documents refused"
    )

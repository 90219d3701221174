"""Extracts the programs of README.md and docs/: python3 -m tests.guides LANGUAGE FOLDER

Each block of a language becomes a file of its own, named after its guide and line, so it must be complete in itself.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# What a block is called in the guides, and what its file ends with. Node's are modules for the type checker.
KINDS = {
    "node": ({"js", "ts"}, ".mts"),
    "python": ({"python"}, ".py"),
    "swift": ({"swift"}, ".swift"),
    "rust": ({"rust"}, ".rs"),
}
# Types that `polywrite types` writes, which the guide about them imports.
TYPES = {"node": "cinema.ts", "python": "cinema.py", "swift": "types/cinema.swift", "rust": "cinema.rs"}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CARGO = """[package]
name = "guides"
version = "0.1.0"
edition = "2024"

[dependencies]
futures-util = {{ version = "0.3", default-features = false, features = ["std"] }}
http = "1"
polywrite = {{ path = "{core}", features = ["reqwest"] }}
polywrite-emulator = {{ path = "{emulator}" }}
polywrite-schema = {{ path = "{schema}" }}
reqwest = {{ version = "0.13", default-features = false }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
tokio = {{ version = "1", default-features = false, features = ["macros", "rt-multi-thread"] }}

[workspace]
"""


def programs(language: str) -> Iterator[tuple[str, str]]:
    """(name, text) of each block of the language."""
    words, _ = KINDS[language]
    for guide in GUIDES:
        text = guide.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            if block[1] in words:
                yield f"{guide.stem.lower().replace('-', '_')}_{text.count(chr(10), 0, block.start()) + 2}", block[2]


def write(language: str, folder: Path) -> int:
    """Writes the files, and a manifest where the language needs one; returns how many."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = dict(programs(language))
    _, ending = KINDS[language]
    # What the programs of docs/schema.md read: the first file there.
    schema = re.search(r"^```toml\n(.*?)^```$", (ROOT / "docs/schema.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert schema, "docs/schema.md has no file"
    (folder / "polywrite.toml").write_text(schema[1], encoding="utf-8")
    for name, text in found.items():
        # A Swift program without functions becomes the body of one.
        if language == "swift" and re.search(r"^(for|let) ", text, re.MULTILINE):
            text = in_a_function(text)
        (folder / (name + ending)).write_text(text, encoding="utf-8")
    types = folder / TYPES[language]
    types.parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / "tests/types/written" / types.name, types)
    if language == "node":
        (folder / "package.json").write_text('{ "type": "module" }\n', encoding="utf-8")
    if language == "rust":
        modules = "".join(f"pub mod {name};\n" for name in [*found, "cinema"])
        (folder / "lib.rs").write_text(f"#![allow(dead_code)]\n{modules}", encoding="utf-8")
        manifest = CARGO.format(core=ROOT / "core", emulator=ROOT / "emulator", schema=ROOT / "schema")
        (folder / "Cargo.toml").write_text(f'{manifest}\n[lib]\npath = "lib.rs"\n{profile()}', encoding="utf-8")
        shutil.copy(ROOT / "Cargo.lock", folder)
    return len(found)


def in_a_function(text: str) -> str:
    """Wraps statements: Swift allows them at the top level of one file only."""
    imports, rest = text.split("\n\n", 1)
    types = "".join(re.findall(r"^struct .*?^}\n", rest, re.MULTILINE | re.DOTALL))
    for each in re.findall(r"^struct .*?^}\n", rest, re.MULTILINE | re.DOTALL):
        rest = rest.replace(each, "")
    return f"{imports}\n\n{types}\nfunc example() async throws {{\n{rest}}}\n"


def profile() -> str:
    """The workspace's own profile, so that Cargo reuses the dependencies that it compiled."""
    text = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    start = text.index("[profile.dev]")
    return "\n" + text[start : text.index("[profile.release]")]


if __name__ == "__main__":
    language, folder = sys.argv[1:]
    print(f"{write(language, Path(folder))} programs in {len(GUIDES)} guides")

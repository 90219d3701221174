"""python3 -m tests.migrating FOLDER: writes a crate of the official crate's examples, rewritten by our codemod."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = """[package]
name = "migrated"
version = "0.1.0"
edition = "2024"

[dependencies]
polywrite = {{ path = "{core}" }}
serde_json = "1"
tokio = {{ version = "1", default-features = false, features = ["macros", "rt-multi-thread"] }}

[lib]
path = "lib.rs"

[workspace]
"""


def codemod() -> ModuleType:
    """docs/codemods/rust.py, which is a program of its own."""
    found = importlib.util.spec_from_file_location("codemod", ROOT / "docs" / "codemods" / "rust.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def main(folder: Path) -> None:
    """Writes the crate."""
    rust = codemod()
    crate = rust.official()
    services = rust.signatures(crate)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    modules = []
    for example in sorted((crate / "docs" / "examples").glob("*/*.md")):
        program = re.search(r"```rust\n(.*?)```", example.read_text(encoding="utf-8"), re.DOTALL)
        assert program, example
        name = f"{example.parent.name}_{example.stem}".replace("-", "_").lower()
        left: list[str] = []
        text = rust.rewritten(program[1], services, left)
        if left:
            sys.exit(f"error: {name} is not rewritten: {left}")
        text = text.replace("#[tokio::main]\nasync fn main", "pub async fn main")
        (folder / f"{name}.rs").write_text(text, encoding="utf-8")
        modules.append(name)
    lib = "".join(f"pub mod {name};\n" for name in modules)
    (folder / "lib.rs").write_text(f"#![allow(clippy::all)]\n{lib}", encoding="utf-8")
    text = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    profile = "\n" + text[text.index("[profile.dev]") : text.index("[profile.release]")]
    (folder / "Cargo.toml").write_text(MANIFEST.format(core=ROOT / "core") + profile, encoding="utf-8")
    shutil.copy(ROOT / "Cargo.lock", folder)
    print(f"{len(modules)} examples")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

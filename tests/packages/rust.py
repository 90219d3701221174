"""The crates that `polywrite build` makes: a program over one, and whether others compile."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).parents[2]
NEEDED = ("polywrite", "serde", "serde_json")
# The tree in the place of crates.io. What its workspace has compiled serves here, with the same profile.
MANIFEST = f"""
[package]
name = "program"
edition = "2024"

[workspace]

[dependencies]
acme = {{ path = "acme" }}
polywrite = "*"
serde_json = "1"
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}

[patch.crates-io]
polywrite = {{ path = "{ROOT}/core" }}
polywrite-models = {{ path = "{ROOT}/models" }}

[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
opt-level = 1
debug = false

[profile.dev.package.polywrite]
opt-level = 0

[profile.dev.package.polywrite-models]
opt-level = 0
"""


def program(folder: pathlib.Path, package: pathlib.Path, *sources: pathlib.Path) -> pathlib.Path:
    """A project below a folder, with a copy of a package and a program of each source."""
    place = folder / "program-rust"
    shutil.copytree(package, place / "acme")
    (place / "Cargo.toml").write_text(MANIFEST)
    shutil.copy(ROOT / "Cargo.lock", place / "Cargo.lock")
    (place / "src/bin").mkdir(parents=True)
    for source in sources:
        shutil.copy(source, place / "src/bin" / source.name)
    return place


def cargo(command: str, *options: str) -> list[str]:
    """A command of cargo that asks no registry and shares what the tree has compiled."""
    return ["cargo", command, "--quiet", "--offline", "--target-dir", str(ROOT / "target"), *options]


def libraries(place: pathlib.Path) -> list[str]:
    """The options of rustc for the crates that a package needs, of a project that is built."""
    messages = subprocess.run(
        cargo("build", "--message-format=json"), cwd=place, stdout=subprocess.PIPE, text=True, check=True, timeout=300
    ).stdout
    found = {}
    for message in map(json.loads, messages.splitlines()):
        name = message.get("target", {}).get("name")
        if name in NEEDED and message["reason"] == "compiler-artifact":
            found[name] = next(file for file in message["filenames"] if file.endswith(".rlib"))
    return [f"--extern={name}={found[name]}" for name in NEEDED] + [f"-Ldependency={ROOT}/target/debug/deps"]


def uncompiled(place: pathlib.Path, packages: list[pathlib.Path]) -> dict[pathlib.Path, str]:
    """Those of the packages that do not compile beside the project at a place, each with what the compiler says."""
    found = libraries(place)

    def compile_one(package: pathlib.Path) -> str:
        command = ["rustc", "--edition=2024", "--crate-type=lib", "--crate-name=acme", "--emit=metadata", *found]
        command += ["--cap-lints=allow", "--out-dir", str(package), str(package / "src/lib.rs")]
        done = subprocess.run(command, cwd=package, capture_output=True, text=True, timeout=120, check=False)
        return done.stderr if done.returncode else ""

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = zip(packages, pool.map(compile_one, packages), strict=True)
        return {package: text for package, text in said if text}

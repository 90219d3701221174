"""The Swift packages that `polywrite build` makes: programs over one, and what the compiler says of others."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).parents[2]
# The system with the toolchain sees the repository alone.
PLACE = ROOT / "target/packages-swift"
# What the tree takes the place of, in a folder of that name.
PUBLISHED = re.compile(r'\.package\(url: "https://github\.com/polywrite/polywrite-swift", .*\)$', re.MULTILINE)
MANIFEST = """// swift-tools-version: 6.0
import PackageDescription

let polywrite: Target.Dependency = .product(name: "Polywrite", package: "polywrite-swift")

let package = Package(
    name: "programs",
    platforms: [.macOS(.v13)],
    dependencies: [.package(path: "../polywrite-swift"), .package(path: "acme"), .package(path: "awkward")],
    targets: [
        .executableTarget(name: "Program", dependencies: [polywrite, .product(name: "Acme", package: "acme")]),
        .executableTarget(name: "Guide", dependencies: [.product(name: "Acme", package: "acme")]),
        .executableTarget(name: "Names", dependencies: [.product(name: "Awkward", package: "awkward")]),
    ]
)
"""
ENVIRONMENT = {**os.environ, "PKG_CONFIG_PATH": str(ROOT / "bindings-swift/.build/native/lib/pkgconfig")}


def toolchain(
    *command: str | pathlib.Path, folder: pathlib.Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command beside the toolchain."""
    script = '. tasks/lib.sh; . tasks/swift.sh; swift_run_in "$@"'
    return subprocess.run(
        ["bash", "-c", script, "bash", folder, *command],
        cwd=ROOT, env={**ENVIRONMENT, **environment}, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip


def programs(folder: pathlib.Path, **sources: pathlib.Path) -> None:
    """Builds programs beside copies of the packages in a folder: one of each source, and one that imports odd names."""
    place = PLACE / "programs"
    shutil.rmtree(place, ignore_errors=True)
    for name in ("acme", "awkward"):
        shutil.copytree(folder / name / "swift", place / name)
        manifest = place / name / "Package.swift"
        text, count = PUBLISHED.subn('.package(path: "../../polywrite-swift")', manifest.read_text())
        assert count == 1, text
        manifest.write_text(text)
    (place / "Sources/Names").mkdir(parents=True)
    (place / "Sources/Names/main.swift").write_text("import Awkward\nimport AwkwardModels\n")
    (place / "Package.swift").write_text(MANIFEST)
    for name, source in sources.items():
        (place / "Sources" / name).mkdir(parents=True)
        shutil.copy(source, place / "Sources" / name / "main.swift")
    if not (PLACE / "polywrite-swift").is_symlink():
        (PLACE / "polywrite-swift").symlink_to("../../bindings-swift")
    done = toolchain("swift", "build", "--scratch-path", PLACE / "build", folder=place)
    if done.returncode:
        raise SystemExit(f"the package for Swift does not build:\n{done.stdout}{done.stderr}")


def run(name: str, **environment: str) -> str:
    """What a program prints."""
    done = toolchain(PLACE / "build/debug" / name, folder=PLACE, **environment)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def unread(packages: list[pathlib.Path]) -> dict[pathlib.Path, str]:
    """Those of the packages whose files the compiler cannot read, each with what it says."""
    copies = PLACE / "others"
    shutil.rmtree(copies, ignore_errors=True)

    def read(numbered: tuple[int, pathlib.Path]) -> str:
        number, package = numbered
        copy = shutil.copytree(package, copies / str(number))
        files = sorted(copy.rglob("*.swift"))
        done = toolchain("swiftc", "-frontend", "-parse", *files, folder=copy)
        return done.stderr if done.returncode else ""

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = zip(packages, pool.map(read, enumerate(packages)), strict=True)
        return {package: text for package, text in said if text}

"""python3 -m tests.runners.swift FOLDER: writes the package into the folder."""

from __future__ import annotations

import sys
from pathlib import Path

from ...vectors.check.vectors import ROOT
from ...vectors.make import definition
from . import calls, helpers, settings

SOURCES = Path(__file__).parent / "Sources"
PACKAGE = ROOT / "bindings-swift"

MANIFEST = """// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Vectors",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "Polywrite", path: "PACKAGE")],
    targets: [
        .executableTarget(
            name: "Vectors",
            dependencies: [.product(name: "Polywrite", package: "Polywrite")],
            // The vectors call old spellings on purpose, and `try` stands before arguments that cannot fail, too.
            swiftSettings: [.unsafeFlags(["-suppress-warnings"])])
    ],
    // Arguments of any type cross from one task into another, never two at a time.
    swiftLanguageModes: [.v5]
)
"""


def main(folder: Path) -> None:
    """Writes only files that change, so that nothing else compiles again."""
    api = definition.load(ROOT / "api")
    files = {"Package.swift": MANIFEST.replace("PACKAGE", str(PACKAGE))}
    sources = [*SOURCES.glob("*.swift"), PACKAGE / "Tests" / "PolywriteTests" / "Support" / "Recorder.swift"]
    for path in sources:
        files[f"Sources/Vectors/{path.name}"] = path.read_text(encoding="utf-8")
    generated = PACKAGE / "Sources" / "Polywrite" / "generated"
    for name, text in calls.write(api, generated).items():
        files[f"Sources/Vectors/generated/{name}.swift"] = text
    files["Sources/Vectors/generated/Helpers.swift"] = helpers.write(api, generated.parent)
    files["Sources/Vectors/generated/Settings.swift"] = settings.write(api)
    known = folder / "Sources"
    for path in known.rglob("*.swift") if known.exists() else ():
        if str(path.relative_to(folder)) not in files:
            path.unlink()
    for name, text in files.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The Swift package as `.package(url:)` finds it: a repository whose root it is, with the native library beside it.

usage: python3 tasks/mirror.py bundle OUT VERSION TARGET=LIBRARY …    OUT/PolywriteFFI.artifactbundle, for Linux
       python3 tasks/mirror.py package OUT BUNDLE                     OUT gets the package, and the bundle in it
       python3 tasks/mirror.py package OUT URL SHA256 SHA256          SwiftPM downloads the bundle and Apple's framework
                                                                      from below URL; these are their checksums
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "bindings-swift"
REPOSITORY = "https://github.com/polywrite/polywrite"
BUNDLE = "PolywriteFFI.artifactbundle"
FRAMEWORK = "PolywriteFFI.xcframework"
NATIVE = (
    "// The native library: on Linux `./dev build swift`",
    "#endif\n",
    """// The native library. Swift 6.2 is the first that links a library of an artifact bundle (SE-0482); README.md
// says where older ones get it from.
#if !os(Linux)
    let native: Target = {framework}
#elseif compiler(>=6.2)
    let native: Target = {bundle}
#else
    let native: Target = .systemLibrary(name: "PolywriteFFI", pkgConfig: "polywrite_swift")
#endif
""",
)
# What Rust's standard library needs of the system, before glibc 2.34 in libraries of their own.
SYSTEM = ("m", "dl", "pthread")
TESTS = ("        .testTarget(", "    ],\n    swiftLanguageModes", "    ],\n    swiftLanguageModes")


def replaced(text: str, begin: str, end: str, by: str) -> str:
    """A text in which a part, from its beginning to its end, is another."""
    start = text.index(begin)
    return text[:start] + by + text[text.index(end, start) + len(end) :]


def manifest(bundle: str, framework: str) -> str:
    """Package.swift without tests, and with the library of these targets."""
    begin, end, by = NATIVE
    text = (PACKAGE / "Package.swift").read_text(encoding="utf-8")
    text = replaced(text, begin, end, by.replace("{framework}", framework).replace("{bundle}", bundle))
    return replaced(text, *TESTS)


def bundle(out: Path, version: str, *libraries: str) -> None:
    """Makes the artifact bundle. https://github.com/swiftlang/swift-evolution/blob/main/proposals/0482-swiftpm-static-library-binary-target-non-apple-platforms.md"""
    folder = out / BUNDLE
    shutil.rmtree(folder, ignore_errors=True)
    headers = folder / "include"
    headers.mkdir(parents=True)
    shutil.copy(PACKAGE / "Sources/PolywriteFFI/generated/PolywriteFFI.h", headers)
    links = "".join(f'    link "{name}"\n' for name in SYSTEM)
    module = f'module PolywriteFFI {{\n    header "PolywriteFFI.h"\n{links}    export *\n}}\n'
    (headers / "module.modulemap").write_text(module, encoding="utf-8")
    variants = []
    for target, library in (each.split("=") for each in libraries):
        (folder / target).mkdir()
        shutil.copy(library, folder / target)
        metadata = {"headerPaths": ["include"], "moduleMapPath": "include/module.modulemap"}
        path = f"{target}/{Path(library).name}"
        # Debian's Swift has a vendor of its own.
        triples = [target, target.replace("-unknown-", "-pc-")]
        variants.append({"path": path, "supportedTriples": triples, "staticLibraryMetadata": metadata})
    artifact = {"type": "staticLibrary", "version": version, "variants": variants}
    info = {"schemaVersion": "1.0", "artifacts": {"PolywriteFFI": artifact}}
    (folder / "info.json").write_text(json.dumps(info, indent=2), encoding="utf-8")


def package(out: Path, place: str, *checksums: str) -> None:
    """Makes the package, with the bundle at a path or with what is to be downloaded."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(PACKAGE / "Sources", out / "Sources")
    for file in ("LICENSE-APACHE", "LICENSE-MIT"):
        shutil.copy(ROOT / file, out)
    readme = (PACKAGE / "README.md").read_text(encoding="utf-8")
    (out / "README.md").write_text(readme.replace("](../", f"]({REPOSITORY}/blob/main/"), encoding="utf-8")
    files = (BUNDLE, FRAMEWORK)
    if checksums:
        where = [
            f'url: "{place}/{name}.zip", checksum: "{checksum}"'
            for name, checksum in zip(files, checksums, strict=True)
        ]
    else:
        where = [f'path: "{name}"' for name in files]
        shutil.copytree(place, out / BUNDLE)
    linux, apple = (f'.binaryTarget(name: "PolywriteFFI", {it})' for it in where)
    (out / "Package.swift").write_text(manifest(linux, apple), encoding="utf-8")


if __name__ == "__main__":
    command, folder, *rest = sys.argv[1:]
    {"bundle": bundle, "package": package}[command](Path(folder), *rest)

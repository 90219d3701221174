"""python3 -m tests.packages PROGRAM LANGUAGE…: builds packages in an empty folder, installs them, and calls a server.

PROGRAM is `polywrite`. The document comes from the server itself; the published package `polywrite` is that of the
tree.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import ThreadingHTTPServer
from typing import Any

from tests.freshness.shelter.__main__ import PHOTO, Shelter
from tests.packages import hostile
from tests.packages import rust as crates
from tests.packages import swift as modules

ROOT = pathlib.Path(__file__).parents[2]
HERE = pathlib.Path(__file__).parent
DOCUMENT = ROOT / "codegen/tests/documents/shapes.json"
# Of these packages are compiled, too: crates of Appwrite's own definition, and what has names that languages reserve.
OTHERS = {"own": ROOT / "api", "awkward": ROOT / "codegen/tests/documents/awkward.json"}
GUIDE = ROOT / "docs/versions.md"
ELSEWHERE = "https://elsewhere.example/v1"
PRINTED = {
    "kind": "gfish", "total": 1, "shadow": 1.5, "photo": len(PHOTO), "home": "/elsewhere", "file": "f1",
    "awaited": "Rex", "appwrite": "users.get", "named": ELSEWHERE,
}  # fmt: skip


class Documented(Shelter):
    """The shelter, which has its own description as well."""

    document = b""

    def do_GET(self) -> None:  # noqa: N802
        """Responds with the document, or as the shelter does."""
        if self.path == "/openapi.json":
            self.respond(200, self.document)
        else:
            self.handle_any()


def run(*command: str | pathlib.Path, **options: Any) -> str:
    """What a program prints. One that fails prints what it has to say."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=300, check=False, **options)
    if done.returncode:
        raise SystemExit(f"{[str(part) for part in command]} failed:\n{done.stdout}")
    return done.stdout


def judge(printed: str, **more: object) -> None:
    """Fails where the program sent or printed something else than the document requires."""
    last = json.loads(printed.strip().splitlines()[-1])
    assert last == {**PRINTED, **more}, last
    seen = [(method, path) for method, path, _, _ in Documented.seen]
    created = json.loads(next(body for method, path, _, body in Documented.seen if path == "/v1/pets/new"))
    assert list(created.items()) == [("petId", "p1"), ("name", "Rex"), ("kind", "gfish"), ("born", None), ("age", 3)]
    assert ("GET", "/v1/pets?limit=2") in seen, seen
    assert not any("/elsewhere" in path for _, path in seen), "the redirect was followed"
    assert all(headers["x-appwrite-project"] == "demo" for _, _, headers, _ in Documented.seen)
    Documented.seen.clear()


def guide(language: str, ending: str, folder: pathlib.Path) -> pathlib.Path:
    """The program of the guide in a language, as a file of a folder."""
    block = re.search(rf"^```{language}\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
    assert block, language
    program = folder / f"guide{ending}"
    program.write_text(block[1])
    return program


def node(folder: pathlib.Path) -> None:
    """The package of the folder as npm installs it, beside `polywrite`: called, and checked by TypeScript."""
    modules = folder / "program/node_modules"
    modules.mkdir(parents=True)
    packed = json.loads(run("npm", "pack", "--json", "--silent", cwd=folder / "acme/node"))[0]["filename"]
    shutil.unpack_archive(folder / "acme/node" / packed, folder / "program")
    (folder / "program/package").rename(modules / "acme")
    (modules / "polywrite").symlink_to(ROOT / "bindings-node")
    (modules / "@types").symlink_to(ROOT / "bindings-node/node_modules/@types")
    for name in ("program.mjs", "types.ts"):
        shutil.copy(HERE / name, folder / "program" / name)
    named = {**os.environ, "APPWRITE_ENDPOINT": ELSEWHERE}
    # With the native library, and where there is none, as WebAssembly.
    for library in ([], ["--require", ROOT / "tests/runtimes/without-library.cjs", "--no-warnings"]):
        printed = run("node", *library, "program.mjs", cwd=folder / "program", env=named)
        judge(printed, shown=False, refused="pets.updatePhone: `password` is missing")
    assert run("node", guide("javascript", ".mjs", folder / "program")).strip() == "1"
    compiler = ROOT / "bindings-node/node_modules/.bin/tsc"
    strict = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--types", "node"]
    run(compiler, *strict, "types.ts", cwd=folder / "program")


def python(folder: pathlib.Path) -> None:
    """The package of the folder as pip installs it, beside `polywrite`: called, and checked by mypy."""
    interpreter = ROOT / "bindings-python/.venv/bin/python"
    site = folder / "site"
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--no-index"]
    run(interpreter, "-m", "pip", "install", *quiet, "--target", site, folder / "acme/python")
    environment = {**os.environ, "PYTHONPATH": str(site), "MYPYPATH": str(ROOT / "bindings-python/python")}
    named = {**environment, "APPWRITE_ENDPOINT": ELSEWHERE}
    printed = run(interpreter, HERE / "program.py", cwd=folder, env=named)
    judge(printed, model="acme.models.pet", refused="pets.updatePhone: `password` must not be null")
    assert run(interpreter, guide("py", ".py", folder), env=environment).strip() == "1"
    strict = ["--strict", "--no-warn-return-any", "--python-executable", interpreter, "--cache-dir", folder / "mypy"]
    run(interpreter, "-m", "mypy", *strict, site / "acme", HERE / "program.py", cwd=folder, env=environment)


def rust(folder: pathlib.Path) -> None:
    """The crate of the folder, moved elsewhere, beside `polywrite`: compiled, and called."""
    place = crates.program(folder, folder / "acme/rust", HERE / "program.rs", guide("rs", ".rs", folder))
    named = {**os.environ, "APPWRITE_ENDPOINT": ELSEWHERE, "APPWRITE_PROJECT_ID": "demo"}
    printed = run(*crates.cargo("run", "--bin", "program"), cwd=place, env=named)
    judge(printed, shown=False, refused="pets.updatePhone: `pet_id` must not be empty")
    assert run(*crates.cargo("run", "--bin", "guide"), cwd=place).strip() == "1"
    failed = crates.uncompiled(place, [folder / name / "rust" for name in OTHERS])
    assert not failed, failed


def swift(folder: pathlib.Path) -> None:
    """The package of the folder, moved elsewhere, beside Polywrite: compiled, and called."""
    modules.programs(folder, Program=HERE / "program.swift", Guide=guide("swift program", ".swift", folder))
    printed = modules.run("Program", APPWRITE_ENDPOINT=ELSEWHERE, APPWRITE_PROJECT_ID="demo")
    judge(printed, shown=False, lenient="7 8", refused="pets.updatePhone: `petId` must not be empty")
    assert modules.run("Guide").strip() == "1"


def main(program: str, *languages: str) -> None:
    """Serves while packages are built, installed and called."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Documented)
    origin = f"http://127.0.0.1:{server.server_port}"
    document = json.loads(DOCUMENT.read_text())
    document["servers"] = [{"url": f"{origin}/v1"}]
    Documented.document = json.dumps(document).encode()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = [pathlib.Path(program).absolute(), "build", f"{origin}/openapi.json", "--out", "acme"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for _ in ("made", "made anew"):
            run(*command, "--lang", ",".join(languages), cwd=folder, env={"PATH": ""})
        for name, other in OTHERS.items():
            run(command[0], "build", other, "--out", name, "--lang", ",".join(languages), cwd=folder, env={"PATH": ""})
        for language in languages:
            Documented.seen.clear()
            {"node": node, "python": python, "rust": rust, "swift": swift}[language](folder)
            print(f"The package for {language}: built, installed, called, its types checked")
        hostile.main(pathlib.Path(program).absolute(), folder / "hostile", languages)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A registry of crates on this machine: what is published to it, and what cargo has downloaded here before.

usage: python3 crates.py FOLDER     prints its address; FOLDER keeps what is published

For cargo it is a sparse registry that stands in for crates.io (`replace-with`), so that a program finds the published
crates by their names alone. https://doc.rust-lang.org/cargo/reference/registry-index.html
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CRATES_IO = "https://github.com/rust-lang/crates.io-index"
CARGO = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo")) / "registry"


class Registry:
    """The index and the crates."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self, name: str) -> list[str]:
        """The index of a crate, a line a version: only those that can be downloaded here."""
        own = self.folder / f"{name}.index"
        if own.exists():
            return own.read_text(encoding="utf-8").splitlines()
        return [line for line in downloaded(name) if self.crate(name, json.loads(line)["vers"])]

    def crate(self, name: str, version: str) -> Path | None:
        """The file of a version."""
        file = f"{name}-{version}.crate"
        places = [self.folder / file, *CARGO.glob(f"cache/index.crates.io-*/{file}")]
        return next((it for it in places if it.exists()), None)

    def publish(self, body: bytes) -> None:
        """Takes what `cargo publish` sends: the length of the metadata, the metadata, that of the crate, the crate."""
        length = int.from_bytes(body[:4], "little")
        metadata = json.loads(body[4 : 4 + length])
        crate = body[8 + length :]
        name, version = metadata["name"], metadata["vers"]
        if any(json.loads(line)["vers"] == version for line in self.entries(name)):
            raise ValueError(f"{name} {version} is already published")
        (self.folder / f"{name}-{version}.crate").write_bytes(crate)
        entry = {
            "name": name,
            "vers": version,
            "deps": [dependency(it) for it in metadata["deps"]],
            "cksum": hashlib.sha256(crate).hexdigest(),
            "features": {},
            "features2": metadata["features"],
            "links": metadata["links"],
            "rust_version": metadata["rust_version"],
            "yanked": False,
            "v": 2,
        }
        with (self.folder / f"{name}.index").open("a", encoding="utf-8") as index:
            index.write(json.dumps(entry) + "\n")


def dependency(published: dict[str, Any]) -> dict[str, Any]:
    """A dependency as the index has it: crates.io is this registry."""
    name, renamed = published["name"], published.get("explicit_name_in_toml")
    registry = published["registry"]
    return {
        "name": renamed or name,
        "package": name if renamed else None,
        "req": published["version_req"],
        "registry": None if registry == CRATES_IO else registry,
        **{key: published[key] for key in ("features", "optional", "default_features", "target", "kind")},
    }


def downloaded(name: str) -> Iterator[str]:
    """What cargo keeps of crates.io's index: behind a version of five bytes and a tag,
    pairs of a version and its line, each with a zero byte at its end."""
    for file in CARGO.glob(f"index/index.crates.io-*/.cache/{place(name)}"):
        yield from (line.decode() for line in file.read_bytes()[5:].split(b"\0")[2::2])


def place(name: str) -> str:
    """The path of a crate in an index."""
    if len(name) < 4:
        return f"{len(name)}/{name[0]}/{name}" if len(name) == 3 else f"{len(name)}/{name}"
    return f"{name[:2]}/{name[2:4]}/{name}"


class Handler(BaseHTTPRequestHandler):
    """The requests that cargo sends."""

    protocol_version = "HTTP/1.1"
    registry: Registry

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        if self.path == "/index/config.json":
            self.respond(200, json.dumps({"dl": f"{base}/crates/{{crate}}/{{version}}", "api": base}).encode())
        elif match := re.fullmatch(r"/crates/([\w-]+)/([\w.+-]+)", self.path):
            file = self.registry.crate(*match.groups())
            self.respond(200, file.read_bytes()) if file else self.respond(404, b"")
        else:
            entries = self.registry.entries(self.path.rsplit("/", 1)[-1])
            self.respond(200 if entries else 404, "\n".join(entries).encode())

    def do_PUT(self) -> None:
        try:
            self.registry.publish(self.rfile.read(int(self.headers["Content-Length"])))
            self.respond(200, b'{"warnings": {"invalid_categories": [], "invalid_badges": [], "other": []}}')
        except ValueError as error:
            self.respond(200, json.dumps({"errors": [{"detail": str(error)}]}).encode())

    def respond(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:
        """Says nothing."""


if __name__ == "__main__":
    Handler.registry = Registry(Path(sys.argv[1]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()

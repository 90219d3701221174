"""python3 -m tests.freshness.shelter PORT COMMAND…: runs a program against the shelter, and judges what it did.

The program makes a client with a project and nothing else, so it must find the server by its definition.
It prints what it received as one line of JSON.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHUNK = 1_048_576
SIZE = 2 * CHUNK + 5
PHOTO = b"\x89PNG and some more"
PET = {
    "$id": "p1", "name": "Rex", "kind": "gfish", "size": "small", "weight": None, "chip": None,
    "moods": ["calm"], "shadow": {"type": "circle", "radius": 1.5},
}  # fmt: skip
PRINTED = {
    "kind": "gfish", "weight": None, "total": 1, "shadow": 1.5, "home": "/elsewhere", "photo": len(PHOTO),
    "streamed": len(PHOTO), "saved": len(PHOTO), "file": "f1",
}  # fmt: skip


class Shelter(BaseHTTPRequestHandler):
    """Responds as the document says, and keeps the requests."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, str, dict[str, str], bytes]] = []
    lock = threading.Lock()

    def handle_any(self) -> None:
        """Responds to any method."""
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.lock:
            self.seen.append((self.command, self.path, headers, body))
            chunks = sum(path == "/v1/files" for _, path, _, _ in self.seen)
        route = (self.command, self.path.partition("?")[0])
        if route == ("GET", "/v1/photos/latest"):
            self.respond(200, PHOTO, "image/png")
        elif route == ("GET", "/v1/links/home"):
            self.respond(301, b"", "text/html", location="/elsewhere")
        elif route == ("GET", "/v1/pets"):
            self.respond(200, json.dumps({"total": 1, "pets": [PET]}).encode())
        elif route == ("POST", "/v1/files"):
            file = {"$id": "f1", "name": "a.bin", "chunksTotal": 3, "chunksUploaded": chunks}
            self.respond(201, json.dumps(file).encode())
        else:
            self.respond(200, json.dumps(PET).encode())

    do_GET = do_POST = do_PATCH = handle_any  # noqa: N815

    def respond(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        """Sends a whole response."""
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Logs nothing."""


def judge(printed: dict[str, Any]) -> None:
    """Fails where the program sent or printed something else than the document requires."""
    assert printed == PRINTED, printed
    bodies = {(method, path): body for method, path, _, body in Shelter.seen}
    created = json.loads(bodies["POST", "/v1/pets/new"])
    assert list(created.items()) == [("petId", "p1"), ("name", "Rex"), ("kind", "gfish"), ("born", None), ("age", 3)]
    changed = json.loads(bodies["PATCH", "/v1/pets/p1/phone"])
    assert changed == {"phone": "+15550100", "password": "secret"}, changed
    assert ("GET", "/v1/pets?limit=2") in bodies
    assert not any("/elsewhere" in path for _, path, _, _ in Shelter.seen), "the redirect was followed"
    for _, _, headers, _ in Shelter.seen:
        assert "x-sdk-name" in headers and "x-sdk-platform" not in headers, headers
    ranges = [headers.get("content-range", "") for _, path, headers, _ in Shelter.seen if path == "/v1/files"]
    starts = sorted(int(re.findall(r"\d+", each)[0]) for each in ranges)
    assert starts == [0, CHUNK, 2 * CHUNK], ranges


def main(port: str, *command: str) -> None:
    """Serves while the program runs."""
    server = ThreadingHTTPServer(("127.0.0.1", int(port)), Shelter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=120)
    judge(json.loads(ran.stdout.strip().splitlines()[-1]))
    print(f"{len(Shelter.seen)} requests, as the document says")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A proxy before the server that the environment names: it forwards requests, notes what they make, and deletes that at
the end, so test suites that were written for a server of their own can run against a foreign one.

It can also pretend that the server lacks paths, to test how that is reported.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.live.server import Server

# Which POST makes something, and where that is deleted.
MAKES = [
    (re.compile(r"/users(/(argon2|bcrypt|md5|phpass|scrypt|scrypt-modified|sha))?"), "/users"),
    (re.compile(r"/account"), "/users"),
    (re.compile(r"/account/sessions/anonymous"), "/users"),
    (re.compile(r"(/tablesdb|/databases|/storage/buckets|/teams|/project/keys|/functions|/sites)"), ""),
]
# `accept-encoding` too: the proxy reads responses, so they must not be compressed.
PER_HOP = {"connection", "transfer-encoding", "content-length", "host", "keep-alive", "accept-encoding"}
PAGE = b"<!DOCTYPE html><title>404</title><h1>Page not found</h1>"


class CleanupProxy(ThreadingHTTPServer):
    """Listens at a port of its own; paths that begin with one of `without` respond as unknown ones do."""

    daemon_threads = True

    def __init__(self, without: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.without = tuple(without)
        self.made: dict[str, None] = {}
        self.lock = threading.Lock()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{Server().url.path}"

    def note(self, method: str, path: str, made: object) -> None:
        """Remembers what a call made."""
        if method != "POST" or not isinstance(made, dict) or "$id" not in made:
            return
        for pattern, place in MAKES:
            if pattern.fullmatch(path):
                identifier = made.get("userId", made["$id"]) if place == "/users" else made["$id"]
                with self.lock:
                    self.made[f"{place or path}/{identifier}"] = None

    def clean(self) -> tuple[list[str], list[str]]:
        """Deletes what is left; returns what was removed and what could not be."""
        removed, kept = [], []
        with Server() as server:
            for path in reversed(self.made):
                status = server.call("DELETE", path).status
                if status < 300:
                    removed.append(path)
                elif status != 404:
                    kept.append(f"{path} (HTTP {status})")
        return removed, kept


class Connection(BaseHTTPRequestHandler):
    """One client's connection."""

    protocol_version = "HTTP/1.1"
    server: CleanupProxy

    def setup(self) -> None:
        super().setup()
        self.upstream = Server()

    def finish(self) -> None:
        super().finish()
        self.upstream.close()

    def forward(self) -> None:
        prefix = self.upstream.url.path
        path = self.path.removeprefix(prefix).partition("?")[0]
        body = self._body()
        if self.server.without and path.startswith(self.server.without):
            self._respond(404, [("content-type", "text/html")], PAGE)
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in PER_HOP}
        response = self.upstream.send(self.command, self.path, body, headers)
        self.server.note(self.command, path, response.json() if response.status == 201 else None)
        self._respond(response.status, response.headers, response.body)

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):
            return self.forward
        raise AttributeError(name)

    def log_message(self, *arguments: object) -> None:
        """Logs nothing."""

    def _body(self) -> bytes | None:
        if self.headers.get("transfer-encoding", "").lower() == "chunked":
            parts = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        length = self.headers.get("content-length")
        return self.rfile.read(int(length)) if length else None

    def _respond(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in PER_HOP:
                self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

"""A server of our own that passes everything on to the one that the environment names, notes what is made there, and
takes it away at the end: so test suites that were written for a server of their own can visit a foreign one.

It can also pretend to be a lesser server, to test how that is told.
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
# Also: answers are read here, so nobody asks for compressed ones.
PER_HOP = {"connection", "transfer-encoding", "content-length", "host", "keep-alive", "accept-encoding"}
PAGE = b"<!DOCTYPE html><title>404</title><h1>Page not found</h1>"


class Broom(ThreadingHTTPServer):
    """Listens at a port of its own; `without` names the beginnings of paths that answer as unknown ones do."""

    daemon_threads = True

    def __init__(self, without: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
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

    def sweep(self) -> tuple[list[str], list[str]]:
        """Deletes what is still there: (removed, could not be removed)."""
        removed, kept = [], []
        with Server() as server:
            for path in reversed(self.made):
                status = server.call("DELETE", path).status
                if status < 300:
                    removed.append(path)
                elif status != 404:
                    kept.append(f"{path} (HTTP {status})")
        return removed, kept


class Visit(BaseHTTPRequestHandler):
    """One caller's connection."""

    protocol_version = "HTTP/1.1"
    server: Broom

    def setup(self) -> None:
        super().setup()
        self.there = Server()

    def finish(self) -> None:
        super().finish()
        self.there.close()

    def pass_on(self) -> None:
        prefix = self.there.url.path
        path = self.path.removeprefix(prefix).partition("?")[0]
        body = self._body()
        if self.server.without and path.startswith(self.server.without):
            self._answer(404, [("content-type", "text/html")], PAGE)
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in PER_HOP}
        answer = self.there.send(self.command, self.path, body, headers)
        self.server.note(self.command, path, answer.json() if answer.status == 201 else None)
        self._answer(answer.status, answer.headers, answer.body)

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):
            return self.pass_on
        raise AttributeError(name)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""

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

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in PER_HOP:
                self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

"""A server that records its requests and sends the responses of a test. The runner of tests/vectors uses it too."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Request:
    """A request as it was on the wire."""

    method: str
    target: str
    headers: dict[str, str]
    """By name in lower case."""
    body: bytes
    sent: list[list[str]]
    """The headers as they were sent, in order."""

    @property
    def path(self) -> str:
        return self.target.removeprefix("/v1").partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Response:
    """A response of the server: `body` is bytes, or anything for JSON."""

    body: Any = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    exactly: list[list[str]] | None = None
    """All headers but the length, in order, instead of `headers`."""
    wait: threading.Event | None = None
    """The server responds once this is set."""
    hold: tuple[int, threading.Event] | None = None
    """The server stops after so many bytes until this is set."""
    close: bool = False
    """Closes the connection after the response, without announcing it."""


class Recorder:
    """A server on a port of its own. `respond` makes the response to a request."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self.gone = threading.Semaphore(0)
        """Released each time a client closed its connection."""
        self.closed = threading.Semaphore(0)
        """Released each time the server closed a connection."""
        self.arrived = threading.Semaphore(0)
        """Released with each request."""
        self.respond: Callable[[Request], Response] = lambda request: Response()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def last(self) -> Request:
        return self.requests[-1]

    def says(self, body: Any = None, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.respond = lambda request: Response({} if body is None else body, status, named)

    def cut(self) -> Response:
        """Ends all connections in place of a response."""
        for connection in self._open.copy():
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionError

    def close(self) -> None:
        """Closes the connections too: the next server may get this one's port, and calls would come here."""
        self._listener.close()
        for connection in self._open.copy():
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        self._open.add(connection)
        try:
            while (request := _read(stream)) is not None:
                self.requests.append(request)
                self.arrived.release()
                response = self.respond(request)
                if response.wait is not None:
                    threading.Thread(target=self._watch, args=(connection,), daemon=True).start()
                    response.wait.wait()
                written = _written(request, response)
                if response.hold is not None:
                    first, until = response.hold
                    connection.sendall(written[:first])
                    until.wait()
                    written = written[first:]
                connection.sendall(written)
                if response.close:
                    connection.shutdown(socket.SHUT_RDWR)
                    return
        except OSError:
            pass
        finally:
            self._open.discard(connection)
            connection.close()
            self.closed.release()

    def _watch(self, connection: socket.socket) -> None:
        try:
            if connection.recv(1, socket.MSG_PEEK) == b"":
                self.gone.release()
        except OSError:
            self.gone.release()


def _read(stream: Any) -> Request | None:
    line = stream.readline().decode()
    if not line:
        return None
    method, target, _ = line.split(" ", 2)
    sent: list[list[str]] = []
    while line := stream.readline().decode().rstrip("\r\n"):
        name, _, value = line.partition(":")
        sent.append([name, value.strip()])
    headers = {name.lower(): value for name, value in sent}
    return Request(method, target, headers, stream.read(int(headers.get("content-length", 0))), sent)


def _written(request: Request, response: Response) -> bytes:
    body = response.body if isinstance(response.body, bytes) else json.dumps(response.body).encode()
    usual = {"content-type": "application/json", **response.headers}
    headers = list(usual.items()) if response.exactly is None else [(name, value) for name, value in response.exactly]
    if response.status != 204:
        headers.append(("content-length", str(len(body))))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {response.status} X\r\n{head}\r\n".encode() + (b"" if request.method == "HEAD" else body)

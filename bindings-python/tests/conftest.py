"""What the tests share: a server that records its requests, and the emulator."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polywrite
import pytest

ROOT = Path(__file__).resolve().parents[2]

# CI must run all tests: with CI=true a skip is a failure. A foreign server may lack things.
ALL_MUST_RUN = bool(os.environ.get("CI")) and not os.environ.get("POLYWRITE_LIVE")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fails a test that is skipped."""
    report = yield
    if ALL_MUST_RUN and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fails a module that is skipped as a whole."""
    report = yield
    if ALL_MUST_RUN and report.skipped:
        report.outcome = "failed"
    return report


@dataclass
class Request:
    """A request as it was on the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

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
    wait: threading.Event | None = None
    """The server responds once this is set."""
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
                connection.sendall(_written(request, response))
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
    headers: dict[str, str] = {}
    while line := stream.readline().decode().rstrip("\r\n"):
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Request(method, target, headers, stream.read(int(headers.get("content-length", 0))))


def _written(request: Request, response: Response) -> bytes:
    body = response.body if isinstance(response.body, bytes) else json.dumps(response.body).encode()
    headers = {"content-type": "application/json", **response.headers, "content-length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {response.status} X\r\n{head}\r\n".encode() + (b"" if request.method == "HEAD" else body)


@pytest.fixture
def server() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    recorder.close()


@pytest.fixture
def client(server: Recorder) -> polywrite.Client:
    return polywrite.Client(endpoint=server.endpoint, project="shop", key="secret-key")


@pytest.fixture
def async_client(server: Recorder) -> polywrite.AsyncClient:
    return polywrite.AsyncClient(endpoint=server.endpoint, project="shop", key="secret-key")


@dataclass(frozen=True)
class Emulator:
    endpoint: str
    project: str
    key: str

    @property
    def environment(self) -> dict[str, str]:
        variables = {
            "APPWRITE_ENDPOINT": self.endpoint,
            "APPWRITE_PROJECT_ID": self.project,
            "APPWRITE_API_KEY": self.key,
        }
        return {**os.environ, **variables}

    def client(self) -> polywrite.Client:
        return polywrite.Client(endpoint=self.endpoint, project=self.project, key=self.key)

    def async_client(self) -> polywrite.AsyncClient:
        return polywrite.AsyncClient(endpoint=self.endpoint, project=self.project, key=self.key)


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    yield from _emulator_like("newest")


@pytest.fixture(scope="session")
def older_emulator() -> Iterator[Emulator]:
    """One that accepts chunks as servers before 1.9.5 do."""
    yield from _emulator_like("1.8")


def _emulator_like(version: str) -> Iterator[Emulator]:
    if os.environ.get("POLYWRITE_LIVE"):
        # With ./dev test --live the tests call the server that the environment names.
        names = ("APPWRITE_ENDPOINT", "APPWRITE_PROJECT_ID", "APPWRITE_API_KEY")
        yield Emulator(*(os.environ[name] for name in names))
        return
    binary = ROOT / "target/debug/polywrite-emulator"
    if not binary.exists():
        pytest.skip("the emulator is not built: cargo build -p polywrite-emulator")
    process = subprocess.Popen(
        [binary, "--project", "demo", "--port", "0", "--json", "--like", version], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    yield Emulator(ready["endpoint"], ready["project"], ready["key"])
    process.terminate()
    process.wait()
    process.stdout.close()

"""Emulators that run: their process, how it begins, and that it ends with this one."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import tempfile
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..async_client import AsyncClient
from ..client import Client
from ..exception import ConfigurationError
from ._program import program
from ._project import AsyncProject, Project, asked_for
from ._records import read_seed

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

    from ._records import Ids, Seed


class Emulator:
    """A local Appwrite that runs."""

    url: str
    """Where its page is, such as `http://127.0.0.1:49152`."""
    endpoint: str
    """The endpoint for clients, such as `http://127.0.0.1:49152/v1`."""
    ca_file: str | None
    """The path of the certificate to trust, as long as it runs. None without `tls`."""

    def __init__(self, url: str, certificate: str | None = None, process: subprocess.Popen[str] | None = None) -> None:
        self.url = url.rstrip("/").removesuffix("/v1")
        self.endpoint = f"{self.url}/v1"
        self.ca_file = None
        self._process, self._owner = process, os.getpid()
        if certificate is not None:
            file, self.ca_file = tempfile.mkstemp(".pem")
            with open(file, "w", encoding="ascii") as opened:
                opened.write(certificate)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self.url}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.stop()

    def project(
        self,
        *,
        id: str | None = None,
        key: str | None = None,
        seed: Seed | None = None,
        ids: Ids = "random",
        now: datetime | str | None = None,
    ) -> Project:
        """Makes a project: an Appwrite of its own, with other IDs, users and rows than every other one. It takes a
        millisecond, and goes with `delete()`, with the block of a `with`, or with the emulator.

        `now` is what its clock shows: it stands there and moves by `advance` only (default: the time it is).
        """
        return Project(self, self._made(id, key, seed, ids, now))

    def async_project(
        self,
        *,
        id: str | None = None,
        key: str | None = None,
        seed: Seed | None = None,
        ids: Ids = "random",
        now: datetime | str | None = None,
    ) -> AsyncProject:
        """The same for asyncio: `async with emulator.async_project() as project`."""
        return AsyncProject(self, self._made(id, key, seed, ids, now))

    def _made(
        self, id: str | None, key: str | None, seed: Seed | None, ids: Ids, now: datetime | str | None
    ) -> dict[str, Any]:
        moment = now.isoformat() if isinstance(now, datetime) else now
        described = None if seed is None else read_seed(seed)
        made: dict[str, Any] = self._client.call(
            "post", "/projects", params=asked_for(id=id, key=key, seed=described, ids=ids, now=moment)
        )
        return made

    def stop(self) -> None:
        """Ends its process, if it is one of this emulator."""
        process = self._process
        # The child of a fork has no part in it.
        if process is None or self._owner != os.getpid() or process.stdin is None or process.stdout is None:
            return
        process.stdin.close()
        process.wait()
        process.stdout.close()
        if self.ca_file is not None:
            Path(self.ca_file).unlink(missing_ok=True)
        atexit.unregister(self.stop)

    @cached_property
    def _client(self) -> Client:
        return Client(**self._own())

    @cached_property
    def _async_client(self) -> AsyncClient:
        return AsyncClient(**self._own())

    def _own(self) -> dict[str, Any]:
        return asked_for(endpoint=f"{self.url}/_emulator", ca_file=self.ca_file)


def emulator(
    *,
    like: Literal["1.8", "1.9", "2.0"] | None = None,
    tls: bool = False,
    rate_limits: bool = False,
    functions: str | os.PathLike[str] | None = None,
    data: str | os.PathLike[str] | None = None,
) -> Emulator:
    """Starts a local Appwrite, which ends with `stop()`, with the block of a `with`, or with this process.

    Args:
        like: Be like another server where that behaves in another way (default 1.9).
        tls: Speak https, with a certificate made now.
        rate_limits: Refuse calls over the server's rate limits, 429. Headers show them anyway.
        functions: The folder below which functions are that may run; seeds name their own by `path`.
        data: A directory to keep data and files in; without one, they are in memory.
    """
    options = ["--port", "0", "--json", "--end-with-stdin"]
    options += [] if like is None else ["--like", like]
    options += [] if functions is None else ["--functions", os.fspath(functions)]
    options += [] if data is None else ["--data", os.fspath(data)]
    options += ["--tls"] if tls else []
    options += [] if rate_limits else ["--no-rate-limits"]
    command = [program(), "emulator", *options]
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    except OSError as error:
        raise ConfigurationError(f"polywrite.testing: the local Appwrite did not start: {error}") from error
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        process.communicate()
        raise ConfigurationError(
            f"polywrite.testing: the local Appwrite did not start: {command[0]} ended with {process.returncode}"
        )
    ready = json.loads(line)
    started = Emulator(ready["endpoint"], ready["caCertificate"], process)
    atexit.register(started.stop)
    return started


_shared: dict[tuple[int, str], Emulator] = {}


def shared() -> Emulator:
    """The emulator of this test run: the one that POLYWRITE_EMULATOR names, or one that this process starts, once."""
    key = (os.getpid(), os.environ.get("POLYWRITE_EMULATOR", ""))
    if key not in _shared:
        _shared[key] = Emulator(key[1]) if key[1] else emulator()
    return _shared[key]

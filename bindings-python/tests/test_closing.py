"""Downloads that are closed in the middle: their connection ends at once."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from polywrite import AsyncClient, AsyncDownload, AsyncStorage, Client, Storage
from polywrite.exception import RequestCancelledError
from recorder import Recorder


class Stalled:
    """A server that sends the beginning of a file, and nothing more until the client closes the connection."""

    def __init__(self) -> None:
        self.gone = threading.Semaphore(0)
        """Released each time a client has closed its connection."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._listener.getsockname()[1]}/v1"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nbeginning")
            connection.recv(1)
        self.gone.release()


@pytest.fixture
def stalled() -> Iterator[Stalled]:
    server = Stalled()
    yield server
    server.close()


def is_gone(server: Stalled) -> bool:
    return server.gone.acquire(timeout=30)


def test_a_closed_download_ends_its_connection(stalled: Stalled) -> None:
    download = Storage(Client(endpoint=stalled.endpoint, project="p")).stream_file_download("b", "f")
    assert next(iter(download)) == b"beginning"
    download.close()
    assert is_gone(stalled)
    download.close()


def test_closing_a_download_ends_the_thread_that_reads_it(stalled: Stalled) -> None:
    download = Storage(Client(endpoint=stalled.endpoint, project="p")).stream_file_download("b", "f")
    begun = threading.Event()
    ended: list[RequestCancelledError] = []

    def read() -> None:
        try:
            for piece in download:
                assert piece == b"beginning"
                begun.set()
        except RequestCancelledError as error:
            ended.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    assert begun.wait(30)
    download.close()
    reader.join(30)
    assert is_gone(stalled)
    assert not reader.is_alive()
    # None if the thread did not wait for the next piece yet.
    assert [error.hint for error in ended] in ([], ["the download was closed"])


Closer = Callable[[AsyncDownload], "Awaitable[None] | None"]
CLOSERS: dict[str, Closer] = {"close": lambda download: download.close(), "aclose": lambda download: download.aclose()}


@pytest.mark.parametrize("name", CLOSERS)
def test_an_async_download_is_closed_with_and_without_await(stalled: Stalled, name: str) -> None:
    async def main() -> None:
        download = AsyncStorage(AsyncClient(endpoint=stalled.endpoint, project="p")).stream_file_download("b", "f")
        pieces = aiter_of(download)
        assert await pieces.__anext__() == b"beginning"
        closing = CLOSERS[name](download)
        if closing is not None:
            await closing
        # The download and its iterator still exist.
        assert await asyncio.to_thread(is_gone, stalled)
        with pytest.raises(StopAsyncIteration):
            await pieces.__anext__()

    asyncio.run(main())


def test_a_framework_may_close_a_streamed_response_without_an_event_loop(stalled: Stalled) -> None:
    """As Django does: it calls `close` of what it streams, and awaits nothing."""
    closers: list[Callable[[], Any]] = []

    async def main() -> None:
        download = AsyncStorage(AsyncClient(endpoint=stalled.endpoint, project="p")).stream_file_download("b", "f")
        closers.append(download.close)
        assert await aiter_of(download).__anext__() == b"beginning"

    asyncio.run(main())
    assert closers[0]() is None
    assert is_gone(stalled)


def test_closing_an_async_download_ends_the_task_that_reads_it(stalled: Stalled) -> None:
    async def main() -> None:
        download = AsyncStorage(AsyncClient(endpoint=stalled.endpoint, project="p")).stream_file_download("b", "f")
        pieces = aiter_of(download)
        assert await pieces.__anext__() == b"beginning"
        reading = asyncio.ensure_future(pieces.__anext__())
        await asyncio.sleep(0)
        download.close()
        with pytest.raises((RequestCancelledError, StopAsyncIteration)):
            await asyncio.wait_for(reading, 30)
        assert await asyncio.to_thread(is_gone, stalled)

    asyncio.run(main())


def test_a_cancelled_task_ends_the_connection_of_its_download(stalled: Stalled) -> None:
    async def main() -> None:
        download = AsyncStorage(AsyncClient(endpoint=stalled.endpoint, project="p")).stream_file_download("b", "f")
        pieces = aiter_of(download)
        assert await pieces.__anext__() == b"beginning"
        reading = asyncio.ensure_future(pieces.__anext__())
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await asyncio.to_thread(is_gone, stalled)
        assert download.size == 100

    asyncio.run(main())


def test_a_download_that_was_read_returns_its_connection(async_client: AsyncClient, server: Recorder) -> None:
    server.says(b"x" * 300_000, content_type="application/octet-stream")

    async def main() -> None:
        storage = AsyncStorage(async_client)
        for _ in range(3):
            async with contextlib.aclosing(storage.stream_file_download("b", "f")) as download:
                assert sum([len(piece) async for piece in download]) == 300_000

    asyncio.run(main())
    assert (len(server.requests), server.connections) == (3, 1)


def aiter_of(download: AsyncDownload) -> AsyncIterator[bytes]:
    return download.__aiter__()

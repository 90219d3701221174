"""Downloads that need not fit into memory."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any

from . import _types
from ._call import call_of
from .client import Client

if TYPE_CHECKING:
    from ._polywrite import Stream
    from .response import ResponseInfo


class Download:
    """A download that has not begun. Iterate over it, `read()` it, or `save()` it; each of these asks the server.

    When the connection breaks on the way, the rest is asked for.
    """

    def __init__(self, client: Client, operation: str, params: dict[str, Any], options: Any = None) -> None:
        self._client = client
        self._request = (operation, params, options)
        self._stream: Stream | None = None
        self._latest: Stream | None = None
        """What was opened last: it knows its size and type when it is closed, too."""

    def open(self) -> _types.Self:
        """Waits for the response to begin, after which `size` and `content_type` are known."""
        if self._stream is None:
            call = call_of(self._client, *self._request, '"stream"')
            self._stream = self._client._run(self._request[0], call)
            self._latest = self._stream
        return self

    @property
    def size(self) -> int | None:
        """Bytes in all, if the server said so."""
        return (self._latest or self._opened()).size

    @property
    def content_type(self) -> str | None:
        """The MIME type, if the server said it."""
        return (self._latest or self._opened()).content_type

    @property
    def response(self) -> ResponseInfo | None:
        """The response beside its body: once the download is open, where `with_raw_response` made it."""
        watch = self._client._watch
        return None if watch is None else watch.response

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, in pieces as they arrive."""
        stream = self._opened()
        try:
            while piece := self._client._run(self._request[0], stream.next()):
                yield piece
        finally:
            self.close()

    def read(self) -> bytes:
        """The whole body."""
        operation = self._request[0]
        body: bytes = self._client._run(operation, call_of(self._client, *self._request))
        return body

    def save(
        self, path: _types.Path, on_progress: Callable[[dict[str, Any]], Any] | None = None, *, parallel: int = 1
    ) -> int:
        """Writes the body to a file and returns its size. The file appears under its name once it is whole.

        `on_progress` is called with `progress` in percent, `sizeDownloaded` and `sizeTotal`. `parallel` is how many
        connections bring parts of a file with more than 10 MiB at the same time, 10 MiB each; a server that does not
        send parts is read over one.
        """
        from ._progress import wanted

        operation = self._request[0]
        record = json.dumps({"save": {"reports": wanted(on_progress), "parallel": parallel}})
        call = call_of(self._client, *self._request, record, os.fsdecode(path))
        size: int = self._client._run(operation, call, on_progress)
        return size

    def close(self) -> None:
        """Gives up what has not arrived, and its connection. A thread that is reading it gets a
        `RequestCancelledError`."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def __enter__(self) -> _types.Self:
        return self.open()

    def __exit__(self, *details: object) -> None:
        self.close()

    def _opened(self) -> Stream:
        stream = self.open()._stream
        assert stream is not None
        return stream


class AsyncDownload:
    """A download that has not begun. Iterate over it with `async for`, or await `read()` or `save()`; each of these
    asks the server.

    When the connection breaks on the way, the rest is asked for. A task that is cancelled while it reads ends the
    download.
    """

    def __init__(self, client: _types.AsyncClient, operation: str, params: dict[str, Any], options: Any = None) -> None:
        self._client = client
        self._request = (operation, params, options)
        self._stream: Stream | None = None
        self._latest: Stream | None = None
        """What was opened last: it knows its size and type when it is closed, too."""

    async def open(self) -> _types.Self:
        """Waits for the response to begin, after which `size` and `content_type` are known."""
        if self._stream is None:
            call = call_of(self._client, *self._request, '"stream"')
            self._stream = await self._client._run(self._request[0], call)
            self._latest = self._stream
        return self

    @property
    def size(self) -> int | None:
        """Bytes in all, if the server said so; known from when the download is open."""
        return self._latest.size if self._latest else None

    @property
    def content_type(self) -> str | None:
        """The MIME type, if the server said it; known from when the download is open."""
        return self._latest.content_type if self._latest else None

    @property
    def response(self) -> ResponseInfo | None:
        """The response beside its body: once the download is open, where `with_raw_response` made it."""
        watch = self._client._watch
        return None if watch is None else watch.response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The bytes, in pieces as they arrive."""
        await self.open()
        try:
            while self._stream and (piece := await self._client._run(self._request[0], self._stream.next())):
                yield piece
        finally:
            self.close()

    async def read(self) -> bytes:
        """The whole body."""
        call = call_of(self._client, *self._request)
        body: bytes = await self._client._run(self._request[0], call)
        return body

    async def save(
        self, path: _types.Path, on_progress: Callable[[dict[str, Any]], Any] | None = None, *, parallel: int = 1
    ) -> int:
        """Writes the body to a file and returns its size; see `Download.save`."""
        from ._progress import wanted

        operation = self._request[0]
        record = json.dumps({"save": {"reports": wanted(on_progress), "parallel": parallel}})
        call = call_of(self._client, *self._request, record, os.fsdecode(path))
        size: int = await self._client._run(operation, call, on_progress)
        return size

    def close(self) -> None:
        """Gives up what has not arrived, and its connection. A task that is reading it gets a `RequestCancelledError`.

        Web frameworks call it when a visitor leaves in the middle of a streamed response.
        """
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    async def __aenter__(self) -> _types.Self:
        return await self.open()

    async def aclose(self) -> None:
        """As `close`, for `contextlib.aclosing` and code that awaits it."""
        self.close()

    async def __aexit__(self, *details: object) -> None:
        self.close()

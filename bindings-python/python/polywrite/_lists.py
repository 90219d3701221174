"""Lists of any length, page after page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ._call import call_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from ._polywrite import Call
    from .async_client import AsyncClient
    from .client import Client

Page = TypeVar("Page")
Item = TypeVar("Item")


class _List:
    """What is asked for, and how a response becomes a page."""

    def __init__(
        self,
        client: Any,
        operation: str,
        params: dict[str, Any],
        page_size: int | None,
        options: Any,
        make: Callable[[Any], Any],
        field: str,
    ) -> None:
        self._client = client
        self._operation = operation
        self._params = params
        self._page_size = page_size
        self._options = options
        self._make = make
        self._field = field

    def _call(self, place: Any) -> Call:
        """The call of the page that begins at a place; it notes the place behind it, `None` at the end of the list."""
        record = json.dumps({"page": {"size": self._page_size, "place": place}})
        return call_of(self._client, self._operation, self._params, self._options, record)


class Items(_List, Generic[Page, Item]):
    """A list of any length, item by item: `for row in tables.iterate_rows(…)`.

    Nothing is sent before the first item is asked for, and each page is requested when its first item is. Leaving the
    loop stops the calls. Each loop reads the list from its beginning.
    """

    _client: Client

    def pages(self) -> Iterator[Page]:
        """The whole responses, one after the other."""
        places: list[Any] = [None]
        while True:
            page = self._client._run(self._operation, self._call(places.pop()), None, places)
            if page is None:
                return
            yield self._make(page)
            if places == [None]:
                return

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from getattr(page, self._field)


class AsyncItems(_List, Generic[Page, Item]):
    """A list of any length, item by item: `async for row in tables.iterate_rows(…)`; as `Items` otherwise."""

    _client: AsyncClient

    async def pages(self) -> AsyncIterator[Page]:
        """The whole responses, one after the other."""
        places: list[Any] = [None]
        while True:
            page = await self._client._run(self._operation, self._call(places.pop()), places.append)
            if page is None:
                return
            yield self._make(page)
            if places == [None]:
                return

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in getattr(page, self._field):
                yield item


def wait_call(
    client: Any, wait: str, operation: str, params: dict[str, Any], timeout: Any, on_status: Any, options: Any
) -> Call:
    """The call that waits until something is ready, not started; `timeout` is in seconds."""
    from ._progress import wanted

    millis = timeout * 1000 if isinstance(timeout, (int, float)) else timeout
    record = {"wait": {"id": wait, "timeout": millis, "reports": wanted(on_status, "on_status")}}
    return call_of(client, operation, params, options, json.dumps(record))

"""Realtime: events while they happen. The native layer decides everything; see bridge/src/realtime.rs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._call import call_of
from .model import DICT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

    from ._polywrite import Call
    from .async_client import AsyncClient
    from .client import Client

OPERATION = "client.request"


@dataclass(frozen=True, slots=True)
class RealtimeEvent:
    """Something that changed in a project."""

    events: list[str]
    """All names of what happened: the exact one first, then those with `*` for IDs."""
    channels: list[str]
    """Every channel that has the event."""
    timestamp: str
    """When it happened, by the server's clock."""
    model: str | None
    """The name of the payload's model, such as `Row` or `User`; none for events that this version does not know."""
    payload: Any
    """The resource, as it is afterwards, or was before it was deleted: one of `polywrite.models`, or without a `model`
    plain values of JSON."""


@dataclass(frozen=True, slots=True)
class RealtimeGap:
    """Events may be missing here: read again what must be known."""

    dropped: int | None
    """How many were, because the reader was too slow; none where the connection was lost and is open again, and what
    happened meanwhile is not known."""


class _Subscription:
    """What both kinds have in common."""

    def __init__(self, client: Any, model_type: Any) -> None:
        self._client = client
        self._model_type = model_type
        self._number: int | None = None

    def _call(self, record: dict[str, Any]) -> Call:
        return call_of(self._client, OPERATION, {}, None, json.dumps(record))

    def _hearing(self) -> Call:
        return self._call({"hear": {"number": self._number or 0}})

    def _closing(self) -> Call:
        return self._call({"mute": {"number": self._number or 0}})

    def _read(self, message: dict[str, Any]) -> RealtimeEvent | RealtimeGap:
        if message["type"] == "gap":
            return RealtimeGap(message["dropped"])
        from ._fields import payload_of

        payload, model = payload_of(message, self._model_type), message["model"]
        return RealtimeEvent(message["events"], message["channels"], message["timestamp"], model, payload)


class Subscription(_Subscription):
    """The messages of channels, in their order: `for message in subscription`. Leaving the loop does not close it; a
    `with` block does."""

    _client: Client

    def __iter__(self) -> Iterator[RealtimeEvent | RealtimeGap]:
        while messages := self._client._run(OPERATION, self._hearing()):
            for message in messages:
                yield self._read(message)

    def close(self) -> None:
        """Ends the subscription, and a loop that waits; the last one closes the connection."""
        self._client._run(OPERATION, self._closing())

    def __enter__(self) -> Subscription:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncSubscription(_Subscription):
    """The messages of channels, in their order: `async for message in subscription`. Leaving the loop does not close
    it; an `async with` block does."""

    _client: AsyncClient
    _channels: list[str]
    _options: dict[str, Any]
    _realtime: AsyncRealtime

    async def _open(self) -> None:
        if self._number is None:
            record = self._realtime._record(self._channels, self._options)
            opened = await self._client._run(OPERATION, self._call(record))
            self._realtime._connection, self._number = opened["connection"], opened["number"]

    async def __aiter__(self) -> AsyncIterator[RealtimeEvent | RealtimeGap]:
        await self._open()
        while messages := await self._client._run(OPERATION, self._hearing()):
            for message in messages:
                yield self._read(message)

    async def close(self) -> None:
        """Ends the subscription, and a loop that waits; the last one closes the connection."""
        await self._client._run(OPERATION, self._closing())

    async def __aenter__(self) -> AsyncSubscription:
        await self._open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class _Realtime:
    def __init__(self, client: Any) -> None:
        self._client = client
        self._connection: int | None = None

    def _record(self, channels: Sequence[str], options: dict[str, Any]) -> dict[str, Any]:
        return {"listen": {"connection": self._connection, "channels": channels, "options": options}}


def _given(channels: str | Sequence[str], queries: Any, buffer: Any) -> tuple[list[str], dict[str, Any]]:
    names = [channels] if isinstance(channels, str) else list(channels)
    options = {"queries": None if queries is None else [str(query) for query in queries], "buffer": buffer}
    return [str(name) for name in names], options


class Realtime(_Realtime):
    """Events of a project while they happen. All subscriptions share one WebSocket, which is open while there are any
    and is opened again when it breaks. The server sends each event at most once and keeps none.

    The client acts as a user, by a session or a JSON Web Token, or as a guest. One with an API key is refused: the
    server would take it for a guest.
    """

    def __init__(self, client: Client) -> None:
        super().__init__(client)

    def subscribe(
        self,
        channels: str | Sequence[str],
        callback: Callable[[RealtimeEvent | RealtimeGap], Any] | None = None,
        *,
        queries: Sequence[str] | None = None,
        buffer: int | None = None,
        model_type: Any = DICT,
    ) -> Subscription:
        """Subscribes to channels, such as `tablesdb.DATABASE.tables.TABLE.rows`.

        Args:
            channels: The channels.
            callback: Gets each message, one after the other, on a thread of its own, until the subscription is closed.
            queries: Only events whose payload meets all of these: comparisons, `is_null`, `is_not_null`, `and_queries`,
                `or_queries`, `select` of `*`.
            buffer: How many events wait for a slow reader. More are dropped, and a gap says how many. Default 1000.
            model_type: What user data becomes: a pydantic model, a dataclass, a TypedDict.
        """
        subscription = Subscription(self._client, model_type)
        opened = self._client._run(OPERATION, subscription._call(self._record(*_given(channels, queries, buffer))))
        self._connection, subscription._number = opened["connection"], opened["number"]
        if callback is not None:
            from threading import Thread

            def pass_on() -> None:
                for message in subscription:
                    callback(message)

            Thread(target=pass_on, name="polywrite-realtime", daemon=True).start()
        return subscription


class AsyncRealtime(_Realtime):
    """Events of a project while they happen, for asyncio; as `Realtime` otherwise."""

    def __init__(self, client: AsyncClient) -> None:
        super().__init__(client)

    def subscribe(
        self,
        channels: str | Sequence[str],
        *,
        queries: Sequence[str] | None = None,
        buffer: int | None = None,
        model_type: Any = DICT,
    ) -> AsyncSubscription:
        """Subscribes to channels; as `Realtime.subscribe`. The subscription begins with its loop or its `async with`
        block."""
        subscription = AsyncSubscription(self._client, model_type)
        subscription._realtime = self
        subscription._channels, subscription._options = _given(channels, queries, buffer)
        return subscription

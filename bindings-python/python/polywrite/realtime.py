"""Realtime: events while they happen. The native layer decides everything; see bridge/src/realtime.rs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from ._call import call_of, decoded, wait
from ._error import made
from ._fields import payload_of
from ._polywrite import Nested
from .model import DICT

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from ._polywrite import Call, Messages
    from .async_client import AsyncClient
    from .client import Client

OPERATION = "client.request"

UNREAD: Any = object()
"""In the place of what a program has not read yet."""


class RealtimeEvent:
    """Something that changed in a project. Its names and its payload are decoded when they are first read."""

    __slots__ = ("_facts", "_messages", "_model", "_model_type", "_payload", "_place")

    _messages: Messages
    _place: int
    _model_type: Any

    def __init__(self, events: list[str], channels: list[str], timestamp: str, model: str | None, payload: Any) -> None:
        self._facts: Any = {"events": events, "channels": channels, "timestamp": timestamp}
        self._model: Any = model
        self._payload = payload

    @classmethod
    def _of(cls, messages: Messages, model_type: Any, place: int) -> RealtimeEvent:
        """The event at a place of a batch, which is read when the program does."""
        event = cls.__new__(cls)
        event._messages, event._place, event._model_type = messages, place, model_type
        event._facts = event._model = event._payload = UNREAD
        return event

    @property
    def events(self) -> list[str]:
        """All names of what happened: the exact one first, then those with `*` for IDs."""
        return self._fact("events")

    @property
    def channels(self) -> list[str]:
        """Every channel that has the event."""
        return self._fact("channels")

    @property
    def timestamp(self) -> str:
        """When it happened, by the server's clock."""
        return self._fact("timestamp")

    @property
    def model(self) -> str | None:
        """The name of the payload's model, such as `Row` or `User`; none for events that this version does not know."""
        if self._model is UNREAD:
            self._model = self._messages.model(self._place)
        model: str | None = self._model
        return model

    @property
    def payload(self) -> Any:
        """The resource, as it is afterwards, or was before it was deleted: one of `polywrite.models`, or without a
        `model` plain values of JSON."""
        if self._payload is UNREAD:
            self._payload = payload_of(_read(self._messages.payload, self._place), self.model, self._model_type)
        return self._payload

    def _fact(self, name: str) -> Any:
        if self._facts is UNREAD:
            self._facts = _read(self._messages.record, self._place)
        return self._facts[name]

    def __reduce__(self) -> tuple[Any, ...]:
        return RealtimeEvent, (self.events, self.channels, self.timestamp, self.model, self.payload)

    def __repr__(self) -> str:
        names = ("events", "channels", "timestamp", "model", "payload")
        return f"RealtimeEvent({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"


def _read(read: Callable[[int], Any], place: int) -> Any:
    try:
        return made(read, place)
    except Nested as nested:
        return decoded(nested)


@dataclass(frozen=True, slots=True)
class RealtimeGap:
    """Events may be missing here: read again what must be known."""

    dropped: int | None
    """How many were, because the reader was too slow; none where the connection was lost and is open again, and what
    happened meanwhile is not known."""


class _Subscription:
    """What both kinds have in common."""

    def __init__(self, realtime: _Realtime, record: str, model_type: Any) -> None:
        self._client = realtime._client
        self._model_type = model_type
        self._messages: Iterator[RealtimeEvent | RealtimeGap] = iter(())
        self._had = 0
        """How many batches of messages came."""
        self._lock = Lock()
        # Nothing is waited for.
        opened = wait(self._call(record))
        realtime._connection, self._number = opened["connection"], opened["number"]

    def _call(self, record: str) -> Call:
        return call_of(self._client, OPERATION, {}, None, record)

    def _hearing(self) -> tuple[Call, int]:
        """The call that waits for the next batch, and how many came before."""
        had = self._had
        return self._call(f'{{"hear":{{"number":{self._number},"had":{had}}}}}'), had

    def _close(self) -> None:
        # Nothing is waited for.
        wait(self._call(f'{{"mute":{{"number":{self._number}}}}}'))

    def _take(self, batch: Messages, had: int) -> bool:
        """Has the messages of a batch come next, unless another reader that waited for it has taken them. Says whether
        there are any."""
        count = len(batch)
        with self._lock:
            if had == self._had and count:
                event = partial(RealtimeEvent._of, batch, self._model_type)
                gaps = dict(batch.gaps())
                places = range(count)
                if gaps:
                    self._messages = iter([RealtimeGap(gaps[it]) if it in gaps else event(it) for it in places])
                else:
                    self._messages = map(event, places)
                self._had += 1
        return count > 0


class Subscription(_Subscription):
    """The messages of channels, in their order: `for message in subscription`. Leaving the loop does not close it, and
    another loop goes on where it stopped; a `with` block closes it."""

    _client: Client

    def __init__(self, realtime: Realtime, record: str, model_type: Any) -> None:
        super().__init__(realtime, record, model_type)
        self._thread: Thread | None = None
        self._failure: BaseException | None = None

    def __iter__(self) -> Iterator[RealtimeEvent | RealtimeGap]:
        return self

    def __next__(self) -> RealtimeEvent | RealtimeGap:
        while (message := next(self._messages, None)) is None:
            call, had = self._hearing()
            if not self._take(self._client._run(OPERATION, call), had):
                raise StopIteration
        return message

    def close(self) -> None:
        """Ends the subscription, and a loop that waits; the last one closes the connection."""
        self._close()

    def closed(self, timeout: float | None = None) -> bool:
        """Waits until the callback has had the last message, at most so many seconds, and says whether it has. Raises
        what went wrong. Without a callback there is nothing to wait for."""
        if self._thread is not None:
            self._thread.join(timeout)
            if self._thread.is_alive():
                return False
        if self._failure is not None:
            raise self._failure
        return True

    def _pass_to(self, callback: Callable[[RealtimeEvent | RealtimeGap], Any]) -> None:
        def pass_on() -> None:
            try:
                with self:
                    for message in self:
                        callback(message)
            except BaseException as failure:
                self._failure = failure
                raise

        self._thread = Thread(target=pass_on, name="polywrite-realtime", daemon=True)
        self._thread.start()

    def __enter__(self) -> Subscription:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncSubscription(_Subscription):
    """The messages of channels, in their order: `async for message in subscription`. Leaving the loop does not close
    it, and another loop goes on where it stopped, as it does after a cancelled `anext`; an `async with` block closes
    it."""

    _client: AsyncClient

    def __init__(self, realtime: AsyncRealtime, record: str, model_type: Any) -> None:
        super().__init__(realtime, record, model_type)
        self._task: asyncio.Task[None] | None = None

    def __aiter__(self) -> AsyncSubscription:
        return self

    async def __anext__(self) -> RealtimeEvent | RealtimeGap:
        while (message := next(self._messages, None)) is None:
            call, had = self._hearing()
            if not self._take(await self._client._run(OPERATION, call), had):
                raise StopAsyncIteration
        return message

    async def close(self) -> None:
        """Ends the subscription, and a loop that waits; the last one closes the connection."""
        self._close()

    async def closed(self) -> None:
        """Waits until the callback has had the last message. Raises what went wrong. Without a callback there is
        nothing to wait for."""
        if self._task is not None:
            import asyncio

            await asyncio.shield(self._task)

    async def _pass_to(self, callback: Callable[[RealtimeEvent | RealtimeGap], Awaitable[Any] | Any]) -> None:
        from inspect import isawaitable

        async with self:
            async for message in self:
                waits = callback(message)
                if isawaitable(waits):
                    await waits

    async def __aenter__(self) -> AsyncSubscription:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class _Realtime:
    def __init__(self, client: Any) -> None:
        self._client = client
        self._connection: int | None = None

    def _record(self, channels: str | Sequence[str], queries: Sequence[str] | None, buffer: int | None) -> str:
        names = [channels] if isinstance(channels, str) else channels
        options = {"queries": None if queries is None else [str(query) for query in queries], "buffer": buffer}
        given = {"channels": [str(name) for name in names], "options": options}
        return json.dumps({"listen": {"connection": self._connection, **given}})


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
            callback: Gets each message, one after the other, on a thread of its own, until the subscription is closed
                or it raises something; `closed` waits for that.
            queries: Only events whose payload meets all of these: comparisons, `is_null`, `is_not_null`, `and_queries`,
                `or_queries`, `select` of `*`.
            buffer: How many events wait for a slow reader. More are dropped, and a gap says how many. Default 1000.
            model_type: What user data becomes: a pydantic model, a dataclass, a TypedDict.
        """
        subscription = Subscription(self, self._record(channels, queries, buffer), model_type)
        if callback is not None:
            subscription._pass_to(callback)
        return subscription


class AsyncRealtime(_Realtime):
    """Events of a project while they happen, for asyncio; as `Realtime` otherwise."""

    def __init__(self, client: AsyncClient) -> None:
        super().__init__(client)

    def subscribe(
        self,
        channels: str | Sequence[str],
        callback: Callable[[RealtimeEvent | RealtimeGap], Awaitable[Any] | Any] | None = None,
        *,
        queries: Sequence[str] | None = None,
        buffer: int | None = None,
        model_type: Any = DICT,
    ) -> AsyncSubscription:
        """Subscribes to channels; as `Realtime.subscribe`. A callback, which may be a coroutine function, gets its
        messages in a task of the running loop."""
        subscription = AsyncSubscription(self, self._record(channels, queries, buffer), model_type)
        if callback is not None:
            import asyncio

            subscription._task = asyncio.get_running_loop().create_task(subscription._pass_to(callback))
        return subscription

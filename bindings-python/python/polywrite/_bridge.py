"""How the results of native calls reach an event loop."""

from __future__ import annotations

import asyncio
import os
import weakref
from threading import Thread
from typing import TYPE_CHECKING, Any

from ._call import ERROR, RESULT, WARNING, decoded
from ._error import exception
from ._log import warn
from ._polywrite import Bridge, Call, Nested

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._watch import Watched


class LoopBridge:
    """The bridge of one event loop: results arrive in batches, however many calls are in flight."""

    _bridges: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, LoopBridge] = weakref.WeakKeyDictionary()

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._waiting: dict[int, tuple[asyncio.Future[Any], Callable[[Any], Any] | None]] = {}
        self._process = os.getpid()
        self._bridge = self._watch(loop)
        self._start = self._bridge.start
        self._drain = self._bridge.drain

    @classmethod
    def current(cls) -> LoopBridge:
        """The bridge of the running loop."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise RuntimeError("an AsyncClient's calls need a running asyncio event loop") from None
        bridge = cls._bridges.get(loop)
        if bridge is None or bridge._process != os.getpid():
            bridge = cls._bridges[loop] = cls(loop)
        return bridge

    def _watch(self, loop: asyncio.AbstractEventLoop) -> Bridge:
        """The native bridge, and how the loop empties its queue when something arrives."""
        # Nothing that outlives the bridge may hold it, or the loop would never be freed.
        reference = weakref.ref(self)

        def deliver() -> None:
            if (present := reference()) is not None:
                present._deliver()

        if os.name == "posix":
            receiver, sender = os.pipe()
            os.set_blocking(receiver, False)
            os.set_blocking(sender, False)

            def ready() -> None:
                os.read(receiver, 4096)
                deliver()

            try:
                loop.add_reader(receiver, ready)
            except NotImplementedError:
                os.close(receiver)
                os.close(sender)
            else:
                weakref.finalize(self, os.close, receiver)
                return Bridge(sender)  # which closes it
        bridge = Bridge(None)
        weakref.finalize(self, bridge.close)
        Thread(target=_wake, args=(bridge, weakref.ref(loop), deliver), name="polywrite-wake", daemon=True).start()
        return bridge

    async def run(self, call: Call | Watched, report: Callable[[Any], Any] | None = None) -> Any:
        """Starts a call and waits for it. Cancelling this ends the call."""
        if not isinstance(call, Call):
            with call as watched:
                return await self.run(watched.call, watched.hearing(report))
        # The bridge does not hold its loop: that would keep both alive for ever.
        future = asyncio.get_running_loop().create_future()
        number = self._start(call)
        self._waiting[number] = (future, report)
        try:
            return await future
        finally:
            if self._waiting.pop(number, None) is not None:
                self._bridge.cancel(number)

    def _deliver(self) -> None:
        waiting = self._waiting
        for number, state, value in self._drain():
            if state == WARNING:
                warn(value)
                continue
            entry = waiting.get(number)
            if entry is None:
                continue
            future, report = entry
            if state == RESULT:
                del waiting[number]
                if not future.done():
                    future.set_result(value)
            elif state == ERROR:
                del waiting[number]
                if not future.done():
                    _fail(future, value)
            elif report is not None and not future.done():
                try:
                    report(value)
                except StopIteration as error:
                    # No future accepts it, and the other results must be delivered all the same.
                    stopped = RuntimeError("on_progress raised StopIteration")
                    stopped.__cause__ = error
                    future.set_exception(stopped)
                except BaseException as error:
                    future.set_exception(error)


def _fail(future: asyncio.Future[Any], error: Exception) -> None:
    """Ends the future of a call that the native layer ended with an error."""
    if not isinstance(error, Nested):
        future.set_exception(exception(error))
        return
    try:
        future.set_result(decoded(error))
    except RecursionError as too_deep:
        future.set_exception(too_deep)


def _wake(bridge: Bridge, loop: weakref.ref[asyncio.AbstractEventLoop], deliver: Callable[[], None]) -> None:
    """Wakes a loop that cannot watch a pipe."""
    while bridge.awaits(False) and (present := loop()) is not None:
        try:
            present.call_soon_threadsafe(deliver)
        except RuntimeError:
            # A closed loop: no future waits any more.
            return
        del present

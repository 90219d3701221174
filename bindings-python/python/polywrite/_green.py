"""Waiting for a call under gevent or eventlet: other greenlets run meanwhile.

Both put a `select` of their own in place of Python's, which is all that is needed here. The call itself runs on the
thread of the native runtime, which neither of them knows.
"""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from contextlib import suppress
from types import BuiltinFunctionType
from typing import TYPE_CHECKING, Any

from ._call import follow
from ._polywrite import Bridge

if TYPE_CHECKING:
    from ._polywrite import Call

_idle: list[_Waiter] = []


def is_patched() -> bool:
    """Whether waiting for a file lets others run."""
    return not isinstance(select.select, BuiltinFunctionType)


def wait(call: Call, report: Callable[[Any], Any] | None) -> Any:
    """Runs a call to its end. An exception from `report` ends it; so does one that a greenlet is ended with."""
    waiter = _taken()
    try:
        return waiter.run(call, report)
    finally:
        _idle.append(waiter)


def _taken() -> _Waiter:
    while _idle:
        waiter = _idle.pop()
        if waiter.process == os.getpid():
            return waiter
        # A fork's child has its parent's pipes.
        waiter.close()
    return _Waiter()


class _Waiter:
    """Waits for one call at a time, at a pipe of its own."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self._receiver, sender = os.pipe()
        os.set_blocking(self._receiver, False)
        os.set_blocking(sender, False)
        # Which closes the sender.
        self._bridge = Bridge(sender)

    def run(self, call: Call, report: Callable[[Any], Any] | None) -> Any:
        return follow(self._bridge, call, report, self._arrival)

    def close(self) -> None:
        os.close(self._receiver)

    def _arrival(self) -> None:
        select.select([self._receiver], [], [])
        with suppress(BlockingIOError):
            os.read(self._receiver, 4096)

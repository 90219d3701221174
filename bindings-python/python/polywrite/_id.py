"""What new IDs are made of."""

from __future__ import annotations

import os
import time
from threading import Lock

_MICROSECONDS_DIGITS = 5
"""How many digits of the time say the microseconds of a second."""

_lock = Lock()
_last = 0


def new_id(place: str, padding: int, time_digits: int, longest: int) -> str:
    """An ID of digits for the time and `padding` random ones, which sorts after all that this process has made."""
    if not 0 <= padding <= longest - time_digits:
        from ._error import refused

        raise refused(place, f"`padding` must be from 0 to {longest - time_digits}")
    seconds, microseconds = divmod(_next_microsecond(), 1_000_000)
    random = os.urandom(padding // 2 + 1).hex()[:padding]
    return f"{seconds:0{time_digits - _MICROSECONDS_DIGITS}x}{microseconds:0{_MICROSECONDS_DIGITS}x}{random}"


def _renew_lock() -> None:
    """Another thread of the parent may have held the lock when the process forked."""
    global _lock
    _lock = Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


def _next_microsecond() -> int:
    """The time, moved on where it has not."""
    global _last
    with _lock:
        _last = max(_last + 1, time.time_ns() // 1000)
        return _last

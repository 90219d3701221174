"""IDs of things that are about to be created."""

from __future__ import annotations

import os
import time


class ID:
    @staticmethod
    def custom(id: str) -> str:
        """The ID itself; for symmetry with `unique`."""
        return id

    @staticmethod
    def unique(padding: int = 7) -> str:
        """A new ID: 13 hexadecimal digits of the time, then `padding` random ones. IDs made later sort later."""
        seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
        random = os.urandom(max(padding, 0) // 2 + 1).hex()[: max(padding, 0)]
        return f"{seconds:08x}{nanoseconds // 1000:05x}{random}"

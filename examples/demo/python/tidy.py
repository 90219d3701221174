"""What the demo makes: its name, so that two runs at once do not mix theirs up, and its removal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from polywrite import AppwriteException, MissingScopeError, NotFoundError

LIVE = os.environ.get("POLYWRITE_LIVE")
"""The run's name on a foreign server; `./dev test --live` sets it."""

NAME = LIVE or "Demo"
"""The name of everything that this run makes."""

LACKING = {
    "general_route_not_found",
    "general_feature_unsupported",
    "general_service_disabled",
    "general_api_disabled",
}


def mail_of(user_id: str) -> str:
    """An unused mail address in this run's own domain."""
    return f"{user_id}@{LIVE or 'demo'}.example.com"


class Tidying(ExitStack):
    """Removes what was made, the newest first, even after a failure."""

    def later(self, remove: Callable[[str], Any], identifier: str) -> None:
        """Notes how to remove something, before the program makes it: so it cannot be forgotten."""
        self.callback(self._gone, remove, identifier)

    @staticmethod
    def _gone(remove: Callable[[str], Any], identifier: str) -> None:
        try:
            remove(identifier)
        except NotFoundError:
            pass  # It was noted before it was made, so it may not exist.
        except AppwriteException as error:
            if not lacking(error):
                raise


@contextmanager
def step(title: str) -> Iterator[None]:
    """Runs a step; on a foreign server that lacks what it needs, prints the reason and skips it."""
    print(f"\n{title}")
    try:
        yield
    except AppwriteException as error:
        if not LIVE or not lacking(error):
            raise
        print(f"  skipped, this server lacks it: {error}")


def lacking(error: AppwriteException) -> bool:
    """Whether the server's version, its plan or our key lacks this."""
    return (
        isinstance(error, MissingScopeError)
        or error.type in LACKING
        or error.code in (402, 405, 501)
        or (error.code == 404 and not error.type)
    )

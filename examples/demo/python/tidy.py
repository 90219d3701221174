"""What the story makes: its name, so that two runs side by side know their own, and taking it away again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from polywrite import AppwriteException, MissingScopeError, NotFoundError

LIVE = os.environ.get("POLYWRITE_LIVE")
"""The run's name when the server is not ours; `./dev test --live` gives it."""

NAME = LIVE or "Demo"
"""The name of everything that this run makes."""

LACKING = {
    "general_route_not_found",
    "general_feature_unsupported",
    "general_service_disabled",
    "general_api_disabled",
}


def mail_of(user_id: str) -> str:
    """A mail address that nobody has, in this run's own domain."""
    return f"{user_id}@{LIVE or 'demo'}.example.com"


class Tidying(ExitStack):
    """Takes away what was made, the newest first, whatever became of the story."""

    def later(self, remove: Callable[[str], Any], identifier: str) -> None:
        """Notes how to take something away, before it is made: so it cannot be forgotten."""
        self.callback(self._gone, remove, identifier)

    @staticmethod
    def _gone(remove: Callable[[str], Any], identifier: str) -> None:
        try:
            remove(identifier)
        except NotFoundError:
            pass  # It was noted before it was made, so it may never have been.
        except AppwriteException as error:
            if not lacking(error):
                raise


@contextmanager
def chapter(title: str) -> Iterator[None]:
    """Tells a chapter; on a server that is not ours and has no such thing it is left out, with the reason."""
    print(f"\n{title}")
    try:
        yield
    except AppwriteException as error:
        if not LIVE or not lacking(error):
            raise
        print(f"  left out, this server lacks it: {error}")


def lacking(error: AppwriteException) -> bool:
    """Whether the server's version, its plan or the key it gave us does not have this."""
    return (
        isinstance(error, MissingScopeError)
        or error.type in LACKING
        or error.code in (402, 405, 501)
        or (error.code == 404 and not error.type)
    )

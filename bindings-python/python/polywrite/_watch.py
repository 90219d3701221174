"""What a program hears of its calls: hooks, log lines, and the response itself. See bridge/src/watch.rs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._log import level_of, say
from .hooks import CallEvent
from .response import ResponseInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from logging import Logger

_NAMES = {"before_attempt": "beforeAttempt", "after_attempt": "afterAttempt", "before_retry": "beforeRetry"}


class Watch:
    """What is heard of a client's calls beside what they log."""

    def __init__(self, hooks: dict[str, Callable[[CallEvent], Any]], collects: bool = False) -> None:
        """`hooks` are by their names in Python; with `collects` the response is wanted, too."""
        self.hooks = {_NAMES[name]: hook for name, hook in hooks.items()}
        self.collects = collects
        self.response: ResponseInfo | None = None

    def collecting(self) -> Watch:
        """The same for one call, whose response is wanted."""
        watch = Watch({}, collects=True)
        watch.hooks = self.hooks
        return watch

    def hear(self, news: dict[str, Any]) -> None:
        """Something happened: it stands under its name."""
        (name, value), *_ = news.items()
        if name == "response":
            self.response = ResponseInfo(value)
        elif hook := self.hooks.get(name):
            try:
                hook(CallEvent.of(value))
            except Exception as error:
                say("error", f"a hook failed: {type(error).__name__}: {error}")


NOTHING = Watch({})


def watched(watch: Watch | None, logger: Logger | None, command: str) -> str:
    """The record of a command of which something is heard."""
    watch = watch or NOTHING
    wanted = {
        "command": json.loads(command or '"call"'),
        "hooks": list(watch.hooks),
        "log": logger and level_of(logger),
        "response": watch.collects,
    }
    return json.dumps({"watch": wanted})


def hearing(watch: Watch | None, report: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    """What takes the progress of a command of which something is heard; `report` takes what is left."""
    watch = watch or NOTHING

    def heard(progress: Any) -> None:
        if isinstance(progress, dict) and len(progress) == 1:
            if "log" in progress:
                say(*progress["log"])
                return
            if not _NEWS.isdisjoint(progress):
                watch.hear(progress)
                return
        if report is not None:
            report(progress)

    return heard


_NEWS = frozenset([*_NAMES.values(), "response"])

"""What a program hears of its calls: hooks, log lines, and the response itself. See bridge/src/watch.rs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._log import debug_logger, level_of, say
from ._telemetry import begin_span
from .hooks import CallEvent
from .response import ResponseInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._polywrite import Call
    from ._settings import Settings
    from ._telemetry import Span

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


def begin(
    client: Settings, operation: str, options: dict[str, Any] | None, command: str
) -> tuple[tuple[Watch, Span | None, bool] | None, dict[str, Any] | None, str]:
    """What is heard of a command that is about to be made, if anything is, its options and its record. Its span begins
    here."""
    watch, logger = client._watch or NOTHING, debug_logger()
    given = json.loads(command) if command else None
    span = None
    if not isinstance(given, dict) or not _STEPS.isdisjoint(given):
        span = begin_span(client._native, operation)
    if span is None and client._watch is None and logger is None:
        return None, options, command
    if span is not None:
        name = "call_headers" if options and "call_headers" in options else "headers"
        options = {**(options or {}), name: {**span.headers, **((options or {}).get(name) or {})}}
    wanted = {
        "command": given,
        "hooks": list(watch.hooks),
        "log": logger and level_of(logger),
        "response": watch.collects,
        "span": span is not None,
    }
    return (watch, span, logger is not None), options, json.dumps({"watch": wanted})


class Watched:
    """A call of which something is heard, in the place of the native layer's."""

    def __init__(self, call: Call, watch: Watch, span: Span | None, is_live: bool) -> None:
        """`is_live`: something is heard at once and not with the end of the call."""
        self.call = call
        self.is_live = is_live
        self._watch = watch
        self._span = span

    def hearing(self, report: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
        """What takes the progress of the call; `report` takes what is left."""

        def heard(progress: Any) -> None:
            if isinstance(progress, dict) and len(progress) == 1:
                if "log" in progress:
                    say(*progress["log"])
                    return
                if "attempt" in progress or "retry" in progress:
                    if self._span is not None:
                        self._span.hear(progress)
                    return
                if not _NEWS.isdisjoint(progress):
                    self._watch.hear(progress)
                    return
            if report is not None:
                report(progress)

        return heard

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self._span is not None:
            self._span.end(error)


_STEPS = frozenset(["save", "upload", "page", "wait", "request"])
"""The records of commands that are calls of their own, and not steps of work that takes several."""

_NEWS = frozenset([*_NAMES.values(), "response"])

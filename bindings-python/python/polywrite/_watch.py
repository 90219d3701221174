"""What a program hears of its calls: hooks, log lines, and the response itself. See bridge/src/watch.rs."""

from __future__ import annotations

import json
from sys import modules
from typing import TYPE_CHECKING, Any

from ._log import debug_logger, level_of, say
from ._telemetry import Span, begin_span
from .hooks import CallEvent
from .response import ResponseInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._polywrite import Call
    from ._settings import Settings
    from ._telemetry import WorkSpan

_NAMES = {"before_attempt": "beforeAttempt", "after_attempt": "afterAttempt", "before_retry": "beforeRetry"}


class Watch:
    """What is heard of a client's calls beside what they log."""

    def __init__(self, hooks: dict[str, Callable[[CallEvent], Any]], collects: bool = False) -> None:
        """`hooks` are by their names in Python; with `collects` the response is wanted, too."""
        self._given = hooks
        self.hooks = {_NAMES[name]: hook for name, hook in hooks.items()}
        self.record = {"hooks": list(self.hooks), "response": collects}
        self.of_a_call = json.dumps({"watch": self.record})
        """The record of a call that has neither log nor span."""
        self.response: ResponseInfo | None = None

    def collecting(self) -> Watch:
        """The same for one call, whose response is wanted."""
        return Watch(self._given, collects=True)

    def begin(self, client: Settings, operation: str, command: str) -> Watched | None:
        """What is heard of a command that is about to be made, if anything is. Its span begins here."""
        logger, traces = debug_logger(), "opentelemetry.trace" in modules
        if logger is None and not traces and not command:
            return Watched(self, self.of_a_call)
        given = json.loads(command) if command else None
        span: Span | WorkSpan | None = client._work
        if traces and span is None:
            span = begin_span(client._native, operation, command)
        if span is None and logger is None and self is NOTHING:
            return None
        log = logger and level_of(logger)
        wanted = {**self.record, "command": given, "log": log, "span": span and list(span.headers.items())}
        return Watched(self, json.dumps({"watch": wanted}), span, logger is not None)


NOTHING = Watch({})


class Watched:
    """A call of which something is heard, in the place of the native layer's."""

    __slots__ = ("_span", "_watch", "call", "command", "has_span", "is_live")
    call: Call

    def __init__(self, watch: Watch, command: str, span: Span | WorkSpan | None = None, is_live: bool = False) -> None:
        """`command` is the record of its command. `is_live`: something is heard at once and not with its end."""
        self.command = command
        self.is_live = is_live
        self.has_span = span is not None
        self._watch = watch
        self._span = span

    def hear(self, news: list[Any]) -> None:
        """Takes what happened, each under its name."""
        hooks = self._watch.hooks
        for name, record in news:
            if name in hooks:
                try:
                    hooks[name](tuple.__new__(CallEvent, record))
                except Exception as error:
                    say("error", f"a hook failed: {type(error).__name__}: {error}")
            elif name == "log":
                say(*record)
            elif name == "response":
                self._watch.response = ResponseInfo(record)
            elif self._span is not None:
                self._span.hear(name, record)

    def hearing(self, report: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
        """What takes the progress of the call; `report` takes what is left."""

        def heard(progress: Any) -> None:
            if isinstance(progress, list):
                self.hear(progress)
            elif report is not None:
                report(progress)

        return heard

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(self._span, Span):
            self._span.end(error)

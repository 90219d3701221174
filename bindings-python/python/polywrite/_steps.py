"""Work that takes several commands: what both kinds of clients have in common. The native layer decides everything;
see bridge/src/step.rs."""

from __future__ import annotations

import json
from contextlib import contextmanager, nullcontext
from copy import copy
from sys import modules
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ._call import call_of
from ._error import made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from ._polywrite import Call
    from ._settings import Settings
    from ._telemetry import WorkSpan

S = TypeVar("S", bound="Settings")


class Work(Generic[S]):
    """Such work, with its span where the program has OpenTelemetry."""

    def __init__(self, client: S, operation: str) -> None:
        self._client = client
        self._operation = operation
        self._span: WorkSpan | None = None

    def step(self, record: dict[str, Any], params: dict[str, Any] | None = None, options: Any = None) -> Call:
        """A command that is one step of it, not started."""
        client = self._client
        if self._span is not None:
            client = copy(client)
            client._work = self._span
        return call_of(client, self._operation, params or {}, options, json.dumps(record))

    @contextmanager
    def traced(self, name: str) -> Iterator[None]:
        """The whole of it."""
        if "opentelemetry.trace" in modules:
            from ._telemetry import begin_work

            self._span = begin_work(self._client._native, name)
        error: BaseException | None = None
        try:
            yield
        except BaseException as raised:
            error = raised
            raise
        finally:
            if self._span is not None:
                self._span.end(error)

    def part(self) -> AbstractContextManager[Any]:
        """What the program does itself: its calls within are part of the work, too."""
        return nullcontext() if self._span is None else self._span.active()


def within(client: S, number: int) -> S:
    """A client whose calls belong to a transaction."""
    bound = copy(client)
    bound._native = made(client._native.changed, json.dumps({"transaction": number}))
    return bound


def given(**options: Any) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in options.items() if value is not None}

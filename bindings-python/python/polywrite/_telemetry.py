"""Traces and metrics, where the program uses OpenTelemetry. Names and attributes are the core's; see
core/src/observe/telemetry.rs."""

from __future__ import annotations

import json
from functools import lru_cache
from sys import modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._polywrite import Client


def begin_span(native: Client, operation: str) -> Span | None:
    """Begins the span of a call within the caller's; none when the program has not set OpenTelemetry up."""
    trace: Any = modules.get("opentelemetry.trace")
    if trace is None or isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return None
    return Span(trace, json.loads(native.span(operation)))


class Span:
    """The span of a call."""

    def __init__(self, trace: Any, record: dict[str, Any]) -> None:
        from opentelemetry.propagate import inject

        self._trace = trace
        self._attributes = record["attributes"]
        self._last: dict[str, Any] = {}
        tracer = trace.get_tracer("polywrite")
        self._span = tracer.start_span(record["name"], kind=trace.SpanKind.CLIENT, attributes=self._attributes)
        self.headers: dict[str, str] = {}
        """Those that name the trace to the server."""
        inject(self.headers, trace.set_span_in_context(self._span))

    def hear(self, news: dict[str, Any]) -> None:
        """An attempt has ended, or another one is about to follow."""
        durations, retries = _instruments()
        if attempt := news.get("attempt"):
            self._last = attempt["attributes"]
            self._span.add_event("attempt", self._last, int(attempt["time"] * 1e9))
            durations.record(attempt["seconds"], {**self._attributes, **self._last})
        else:
            retries.add(1, {**self._attributes, **news["retry"]["attributes"]})

    def end(self, error: BaseException | None) -> None:
        """The call has ended; with an error it has failed."""
        self._span.set_attributes(self._last)
        if error is not None:
            if "error.type" not in self._last:
                self._span.set_attribute("error.type", getattr(error, "kind", type(error).__name__))
            message = getattr(error, "message", str(error))
            self._span.set_status(self._trace.Status(self._trace.StatusCode.ERROR, message))
        self._span.end()


@lru_cache(maxsize=1)
def _instruments() -> tuple[Any, Any]:
    from opentelemetry.metrics import get_meter

    meter = get_meter("polywrite")
    durations = meter.create_histogram("http.client.request.duration", "s", "Duration of HTTP client requests.")
    retries = meter.create_counter("polywrite.client.retries", "{retry}", "Attempts that were repeated.")
    return durations, retries

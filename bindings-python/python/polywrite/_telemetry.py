"""Traces and metrics, where the program uses OpenTelemetry. Names and attributes are the core's; see
core/src/observe/telemetry.rs."""

from __future__ import annotations

import json
from functools import lru_cache
from sys import modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._polywrite import Client


def begin_span(native: Client, operation: str, command: str) -> Span | None:
    """Begins the span of a command within the caller's; none when the program has not set OpenTelemetry up, and for a
    step of work that takes several commands."""
    trace = _present()
    text = trace and native.span(operation, command)
    return Span(trace, text) if text else None


def begin_work(native: Client, name: str) -> WorkSpan | None:
    """Begins the span of work that takes several calls."""
    trace = _present()
    return trace and WorkSpan(trace, native, name)


def _present() -> Any:
    trace: Any = modules.get("opentelemetry.trace")
    if trace is None or isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return None
    return trace


class Span:
    """The span of a call."""

    def __init__(self, trace: Any, text: str, parent: Any = None, began: float | None = None) -> None:
        """`text` is what the native layer says of it, as JSON."""
        record = json.loads(text)
        self._trace = trace
        self._attributes = record["attributes"]
        self._last: dict[str, Any] = {}
        tracer = trace.get_tracer("polywrite")
        start = None if began is None else int(began * 1e9)
        self._span = tracer.start_span(
            record["name"], parent, trace.SpanKind.CLIENT, self._attributes, start_time=start
        )
        self.headers = _headers(trace, self._span)
        """Those that name the trace to the server."""

    def hear(self, name: str, record: dict[str, Any]) -> None:
        """An attempt has ended, or another one is about to follow."""
        durations, retries = _instruments()
        if name == "retry":
            retries.add(1, {**self._attributes, **record["attributes"]})
            return
        self._last = record["attributes"]
        self._span.add_event("attempt", self._last, int(record["time"] * 1e9))
        durations.record(record["seconds"], {**self._attributes, **self._last})

    def end(self, error: BaseException | None, time: float | None = None) -> None:
        """The call has ended; with an error it has failed."""
        self._span.set_attributes(self._last)
        if error is not None:
            _fail(self._trace, self._span, error, "error.type" not in self._last)
        elif "error.type" in self._last:
            self._span.set_status(self._trace.Status(self._trace.StatusCode.ERROR))
        self._span.end(None if time is None else int(time * 1e9))


class WorkSpan:
    """The span of work that takes several calls, which are its children."""

    def __init__(self, trace: Any, native: Client, name: str) -> None:
        self._trace = trace
        self._native = native
        self._span = trace.get_tracer("polywrite").start_span(name, attributes={"polywrite.operation": name})
        self.headers = _headers(trace, self._span)
        self._calls: dict[int, Span] = {}
        """The calls that the native layer makes at present, by the number of their request."""

    def hear(self, name: str, record: dict[str, Any]) -> None:
        """An attempt of one of its calls has ended, or another one is about to follow."""
        call = self._calls.get(record["request"])
        if call is None:
            parent = self._trace.set_span_in_context(self._span)
            began = record["time"] - record["seconds"]
            text: Any = self._native.span(record["operation"], "")
            call = Span(self._trace, text, parent, began)
            self._calls[record["request"]] = call
        call.hear(name, record)
        if not record["again"]:
            del self._calls[record["request"]]
            call.end(None, record["time"])

    def active(self) -> Any:
        """For `with`: calls within are children, too."""
        return self._trace.use_span(self._span, record_exception=False, set_status_on_exception=False)

    def end(self, error: BaseException | None) -> None:
        """The work has ended; with an error it has failed."""
        for call in self._calls.values():
            call.end(None)
        if error is not None:
            _fail(self._trace, self._span, error, True)
        self._span.end()


def _headers(trace: Any, span: Any) -> dict[str, str]:
    from opentelemetry.propagate import inject

    headers: dict[str, str] = {}
    inject(headers, trace.set_span_in_context(span))
    return headers


def _fail(trace: Any, span: Any, error: BaseException, is_typed: bool) -> None:
    if is_typed:
        span.set_attribute("error.type", getattr(error, "kind", type(error).__name__))
    span.set_status(trace.Status(trace.StatusCode.ERROR, getattr(error, "message", str(error))))


@lru_cache(maxsize=1)
def _instruments() -> tuple[Any, Any]:
    from opentelemetry.metrics import get_meter

    meter = get_meter("polywrite")
    durations = meter.create_histogram("http.client.request.duration", "s", "Duration of HTTP client requests.")
    retries = meter.create_counter("polywrite.client.retries", "{retry}", "Attempts that were repeated.")
    return durations, retries

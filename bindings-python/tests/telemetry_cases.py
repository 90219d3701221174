"""Traces and metrics, with OpenTelemetry's own SDK and its exporters in memory."""

from __future__ import annotations

import asyncio
import inspect
import json
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from polywrite import (
    AppwriteException,
    AsyncClient,
    AsyncTablesDB,
    AsyncUsers,
    Client,
    InputFile,
    NotFoundError,
    Storage,
    TablesDB,
    Users,
)
from recorder import Recorder, Response

EXPORTER = InMemorySpanExporter()
READER = InMemoryMetricReader()
METERS = MeterProvider([READER])


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """The exporter of a provider that the other files' tests do not see."""
    from polywrite import _telemetry

    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(EXPORTER))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    monkeypatch.setattr(metrics, "get_meter", METERS.get_meter)
    _telemetry._instruments.cache_clear()
    EXPORTER.clear()
    yield EXPORTER
    _telemetry._instruments.cache_clear()


def common(server: Recorder) -> dict[str, Any]:
    return {
        "http.request.method": "GET",
        "server.address": "127.0.0.1",
        "server.port": server.port,
        "url.template": "/v1/users/{userId}",
        "polywrite.operation": "users.get",
    }


def follow(server: Recorder, *responses: Response) -> None:
    left = list(responses)
    server.respond = lambda request: left.pop(0) if len(left) > 1 else left[0]


def values(name: str) -> list[Any]:
    """The data points of a metric of this package."""
    data: Any = READER.get_metrics_data()
    scopes = [scope for resource in data.resource_metrics for scope in resource.scope_metrics]
    found = [metric for scope in scopes if scope.scope.name == "polywrite" for metric in scope.metrics]
    return [point for metric in found if metric.name == name for point in metric.data.data_points]


def test_a_call_is_one_client_span_within_the_callers_and_the_server_hears_of_it(
    client: Client, server: Recorder, spans: InMemorySpanExporter
) -> None:
    follow(server, Response(status=503), Response({"$id": "u"}))
    with trace.get_tracer("test").start_as_current_span("mine") as mine:
        Users(client).get("s3cret")
    span = spans.get_finished_spans()[0]
    assert (span.name, span.kind) == ("GET /v1/users/{userId}", trace.SpanKind.CLIENT)
    last = {"http.response.status_code": 200, "http.request.resend_count": 1}
    assert span.attributes == {**common(server), **last}
    assert [(event.name, event.attributes) for event in span.events] == [
        ("attempt", {"http.response.status_code": 503, "error.type": "503"}),
        ("attempt", last),
    ]
    assert span.status.status_code == trace.StatusCode.UNSET
    assert span.parent is not None
    assert span.context is not None
    assert span.parent.span_id == mine.get_span_context().span_id
    sent = f"00-{span.context.trace_id:032x}-{span.context.span_id:016x}-"
    assert [request.headers["traceparent"][: len(sent)] for request in server.requests] == [sent, sent]
    assert "s3cret" not in span.to_json()
    [retried] = values("polywrite.client.retries")
    assert (retried.value, retried.attributes["error.type"]) == (1, "503")
    [first, second] = values("http.client.request.duration")
    assert second.attributes == {**common(server), **last}
    assert 0 < first.sum < 60


def test_awaited_calls_have_their_tasks_parents(server: Recorder, spans: InMemorySpanExporter) -> None:
    async def one(client: AsyncClient, name: str) -> None:
        with trace.get_tracer("test").start_as_current_span(name):
            await asyncio.sleep(0)
            await AsyncUsers(client).get(name)

    async def main() -> None:
        client = AsyncClient(endpoint=server.endpoint, project="shop")
        await asyncio.gather(one(client, "a"), one(client, "b"))

    asyncio.run(main())
    found = {span.context.span_id: span for span in spans.get_finished_spans() if span.context}
    calls = [span for span in found.values() if span.kind == trace.SpanKind.CLIENT]
    parents = [found[span.parent.span_id].name for span in calls if span.parent]
    assert sorted(parents) == ["a", "b"]


def test_a_failed_calls_span_is_an_error(client: Client, server: Recorder, spans: InMemorySpanExporter) -> None:
    follow(server, Response({"message": "gone", "code": 404}, 404))
    with pytest.raises(NotFoundError):
        Users(client).get("u")
    [span] = spans.get_finished_spans()
    assert span.attributes == {**common(server), "http.response.status_code": 404, "error.type": "404"}
    assert (span.status.status_code, span.status.description) == (trace.StatusCode.ERROR, "gone")


def test_an_upload_is_one_span_and_the_callers_own_header_stays(
    client: Client, server: Recorder, spans: InMemorySpanExporter
) -> None:
    follow(server, Response({"$id": "f", "chunksTotal": 1, "chunksUploaded": 1}))
    Storage(client).create_file("b", "f", InputFile.from_bytes(b"content", "a.txt"))
    [span] = spans.get_finished_spans()
    assert (span.name, len(span.events)) == ("POST /v1/storage/buckets/{bucketId}/files", 1)
    own = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
    Users(client).list(headers={"traceparent": own})
    assert server.last.headers["traceparent"] == own


def test_work_that_takes_several_calls_is_a_span_whose_children_its_calls_are(
    client: Client, server: Recorder, spans: InMemorySpanExporter
) -> None:
    follow(server, Response(status=503), Response({"$id": "x", "rows": []}, 201))
    tables = TablesDB(client)

    def found(name: str) -> list[Any]:
        """The calls of the work of a name, which has just ended."""
        *calls, whole, mine = spans.get_finished_spans()
        assert (whole.name, whole.kind, mine.name) == (name, trace.SpanKind.INTERNAL, "mine")
        assert whole.parent is not None
        assert mine.context is not None
        assert whole.parent.span_id == mine.context.span_id
        for call in calls:
            assert (call.parent, call.kind) == (whole.context, trace.SpanKind.CLIENT)
        assert whole.context is not None
        sent = f"00-{whole.context.trace_id:032x}-"
        assert all(request.headers["traceparent"].startswith(sent) for request in server.requests)
        spans.clear()
        server.requests.clear()
        return calls

    tracer = trace.get_tracer("test")
    with tracer.start_as_current_span("mine"):
        tables.bulk_create_rows("d", "t", [{"a": 1}, {"a": 2}], limit=1)
    calls = found("tablesDB.bulkCreateRows")
    assert {call.name for call in calls} == {"POST /v1/tablesdb/{databaseId}/tables/{tableId}/rows"}
    # The write repeats a call that failed as another one.
    assert [call.status.status_code == trace.StatusCode.ERROR for call in calls].count(True) == 1
    assert [len(call.events) for call in calls] == [1, 1, 1]
    names = ["tablesDB.createTransaction", "tablesDB.deleteRow", "tablesDB.updateTransaction"]
    with tracer.start_as_current_span("mine"):
        tables.run_transaction(lambda inside: inside.delete_row("d", "t", "r"))
    assert [call.attributes["polywrite.operation"] for call in found("tablesDB.transaction")] == names

    async def main() -> None:
        tables = AsyncTablesDB(AsyncClient(endpoint=server.endpoint, project="shop"))
        with tracer.start_as_current_span("mine"):
            async with tables.transaction() as inside:
                await inside.delete_row("d", "t", "r")

    asyncio.run(main())
    assert [call.attributes["polywrite.operation"] for call in found("tablesDB.transaction")] == names
    with pytest.raises(ValueError, match="mine"), tables.transaction():
        raise ValueError("mine")
    failed = spans.get_finished_spans()[-1]
    assert failed.attributes is not None
    assert (failed.status.status_code, failed.attributes["error.type"]) == (trace.StatusCode.ERROR, "ValueError")


FOLDER = Path(__file__).resolve().parents[2] / "tests"
CREDENTIALS = {"key": "", "session": "", "jwt": "", "bearer": "", "dev_key": "", "cookie": "a_session_p="}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_no_credential_secret_parameter_or_secret_field_comes_out_of_errors_hooks_logs_spans_and_reprs(
    kind: str,
    server: Recorder,
    spans: InMemorySpanExporter,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(FOLDER / "runners/python")
    sdk = import_module("sdk").Sdk("polywrite", kind)
    cases = json.loads((FOLDER / "vectors/generated/marker.json").read_text(encoding="utf-8"))
    markers, responses = cases["markers"], cases["responses"]
    credential = markers[0]
    out: list[str] = []
    kinds = set()
    forever = threading.Event()

    def show(value: Any) -> None:
        out.extend((repr(value), str(value)))

    def fail(error: AppwriteException) -> None:
        kinds.add(error.kind)
        show(error)
        out.extend((str(vars(error)), "".join(traceback.format_exception(error))))

    async def call(client: Any, case: dict[str, Any]) -> None:
        method = sdk.method(client, case)
        try:
            made = method(**sdk.arguments(method, case))
            if inspect.isawaitable(made):
                await made
        except AppwriteException as error:
            fail(error)

    async def main() -> None:
        for index, case in enumerate(cases["calls"]):
            said = responses[index % len(responses)]
            body = said["text"].encode() if "text" in said else said.get("json")
            head = [["content-type", "application/json"], *said.get("headers", [])]
            response = Response(body, said.get("status", 200), exactly=head, wait=forever if "hang" in said else None)
            server.respond = lambda request, said=said, response=response: (  # type: ignore[misc]
                server.cut() if "cut" in said else response
            )
            name = list(CREDENTIALS)[index % len(CREDENTIALS)]
            settings = {name: CREDENTIALS[name] + credential}
            client = sdk.client_class(
                endpoint=server.endpoint, project="p", retries=int(index < len(responses)), **settings
            )
            client.add_header("x-own-secret", credential)
            if "hang" in said:
                client.set_timeout(0.05)
            client.set_hooks(before_attempt=show, after_attempt=show, before_retry=show)
            show(client)
            await call(client, case)

    with caplog.at_level(5, logger="polywrite"):
        asyncio.run(main())
    forever.set()
    for settings in ({"key": credential, "session": credential}, {"key": f"{credential}\n{credential}"}):
        with pytest.raises(AppwriteException) as raised:
            sdk.client_class(**settings)
        fail(raised.value)
    assert {said["kind"] for said in responses} - {""} | {"configuration"} <= kinds
    out.extend(span.to_json() for span in spans.get_finished_spans())
    everything = "\n".join([*out, caplog.text])
    assert "x-own-secret: [redacted]" in everything
    assert "set-cookie: [redacted]" in everything
    for marker in markers:
        place = everything.find(marker)
        assert place == -1, everything[max(0, place - 300) : place + 100]


def test_without_opentelemetry_nothing_of_it_is_loaded(server: Recorder) -> None:
    program = (
        f"import sys, polywrite; polywrite.Users(polywrite.Client(endpoint={server.endpoint!r}, project='p')).list();"
        "print(any('opentelemetry' in name for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert "traceparent" not in server.last.headers

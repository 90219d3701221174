"""What a program can watch: the response itself, hooks, log lines."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import datetime, timezone
from typing import Any

import pytest
from polywrite import (
    AsyncClient,
    AsyncStorage,
    AsyncTablesDB,
    AsyncUsers,
    CallEvent,
    Client,
    InputFile,
    NotFoundError,
    Storage,
    TablesDB,
    Users,
)
from recorder import Recorder, Response

LIMITED = {"X-RateLimit-Limit": "10", "X-RateLimit-Remaining": "9", "X-RateLimit-Reset": "1795831200"}
USERS = {"total": 0, "users": []}


def limited(*responses: Response) -> Any:
    """Responds one after the other, and with the last one again."""
    left = list(responses)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


@pytest.fixture
def client(server: Recorder) -> Client:
    return Client(endpoint=server.endpoint, project="shop")


def test_a_call_returns_its_response_beside_what_it_returns(client: Client, server: Recorder) -> None:
    server.respond = limited(Response(status=503), Response(USERS, headers={**LIMITED, "set-cookie": "a=s3cret"}))
    data, response = Users(client).with_raw_response.list()
    assert (data.total, response.status, response.server_version) == (0, 200, None)
    assert response.headers["X-RateLimit-Limit"] == "10"
    assert response.headers.get_all("set-cookie") == ["a=s3cret"]
    assert response.rate_limit == (10, 9, datetime.fromtimestamp(1795831200, timezone.utc))
    [attempt] = response.attempts
    assert (attempt["kind"], attempt["status"], attempt["wait"] >= 0) == ("api", 503, True)
    assert response.duration > 0
    assert "s3cret" not in repr(response)
    assert "set-cookie" in repr(response)
    with pytest.raises(AttributeError):
        Users(client).with_raw_response.nonsense()  # type: ignore[attr-defined]


def test_an_awaited_call_returns_its_response_too(server: Recorder) -> None:
    server.respond = limited(Response(USERS, headers=LIMITED))

    async def main() -> None:
        client = AsyncClient(endpoint=server.endpoint, project="shop")
        first, second = await asyncio.gather(
            AsyncUsers(client).with_raw_response.list(), AsyncUsers(client).with_raw_response.get("u")
        )
        assert (first.data.total, first.response.status, second.response.status) == (0, 200, 200)
        async with AsyncStorage(client).with_raw_response.stream_file_download("b", "f") as download:
            assert download.response is not None
            assert download.response.status == 200

    asyncio.run(main())


def test_uploads_and_downloads_have_their_responses(client: Client, server: Recorder) -> None:
    server.respond = limited(Response({"$id": "f", "chunksTotal": 1, "chunksUploaded": 1}, 201, LIMITED))
    file = InputFile.from_bytes(b"content", "a.txt")
    progress: list[Any] = []
    sent = Storage(client).with_raw_response.create_file("b", "f", file, on_progress=progress.append)
    assert (sent.data.id, sent.response.status, len(progress)) == ("f", 201, 1)
    server.respond = limited(Response(b"content", headers=LIMITED))
    whole = Storage(client).with_raw_response.get_file_download("b", "f")
    assert (whole.data, whole.response.rate_limit and whole.response.rate_limit.limit) == (b"content", 10)
    with Storage(client).with_raw_response.stream_file_download("b", "f") as download:
        assert download.response is not None
        assert download.response.status == 200
    assert Storage(client).stream_file_download("b", "f").open().response is None


def test_hooks_hear_of_each_attempt_in_order(client: Client, server: Recorder) -> None:
    heard: list[Any] = []

    def hear(name: str) -> Any:
        return lambda event: heard.append((name, event.attempt, event.status, event.kind, event.wait is not None))

    client.set_hooks(before_attempt=hear("before"), after_attempt=hear("after"), before_retry=hear("retry"))
    expected = [
        ("before", 1, None, None, False),
        ("after", 1, 503, "api", True),
        ("retry", 1, 503, "api", True),
        ("before", 2, None, None, False),
        ("after", 2, 200, None, False),
    ]
    server.respond = limited(Response(status=503), Response(USERS))
    Users(client.with_key("s3cret")).list()
    assert heard == expected
    heard.clear()
    server.respond = limited(Response(status=503), Response(USERS))

    async def main() -> None:
        client = AsyncClient(endpoint=server.endpoint, project="shop")
        client.set_hooks(before_attempt=hear("before"), after_attempt=hear("after"), before_retry=hear("retry"))
        await AsyncUsers(client).list()

    asyncio.run(main())
    assert heard == expected
    events: list[CallEvent] = []
    client.set_hooks(after_attempt=events.append)
    server.says({"message": "no", "code": 404, "type": "user_not_found"}, 404)
    with pytest.raises(NotFoundError):
        Users(client).get("s3cret")
    [event] = events
    assert event[1:3] == ("users.get", "GET")
    assert (event.host, event.path) == (f"127.0.0.1:{server.port}", "/users/{userId}")
    assert (event.status, event.kind, event.error) == (404, "not_found", "no")
    assert event.elapsed is not None
    assert "s3cret" not in repr(event)
    client.set_hooks()
    with pytest.raises(NotFoundError):
        Users(client).get("s3cret")
    assert len(events) == 1


def test_hooks_hear_of_the_calls_of_a_bulk_write_and_of_a_transactions_begin_and_end(
    client: Client, server: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []

    def hear(event: CallEvent) -> None:
        heard.append(f"{event.operation} {event.status}")

    rows = [{"a": 1}, {"a": 2}]
    in_bulk = ["tablesDB.createRows 503", "tablesDB.createRows 201", "tablesDB.createRows 201"]
    in_transaction = ["tablesDB.createTransaction 201", "tablesDB.deleteRow 201", "tablesDB.updateTransaction 201"]
    done = {"total": 1, "rows": [], "$id": "x"}
    server.respond = limited(Response(status=503), Response(done, 201))
    tables = TablesDB(client.set_hooks(after_attempt=hear))
    tables.bulk_create_rows("d", "t", rows, limit=1, concurrency=1)
    tables.run_transaction(lambda inside: inside.delete_row("d", "t", "r"))
    with tables.transaction() as inside:
        inside.delete_row("d", "t", "r")
    assert heard == [*in_bulk, *in_transaction, *in_transaction]
    heard.clear()
    server.respond = limited(Response(status=503), Response(done, 201))

    async def main() -> None:
        client = AsyncClient(endpoint=server.endpoint, project="shop").set_hooks(after_attempt=hear)
        tables = AsyncTablesDB(client)
        await tables.bulk_create_rows("d", "t", rows, limit=1, concurrency=1)
        async with tables.transaction() as inside:
            await inside.delete_row("d", "t", "r")

    with caplog.at_level(10, logger="polywrite"):
        asyncio.run(main())
    assert heard == [*in_bulk, *in_transaction]
    assert len([line for line in caplog.messages if " attempt 1: " in line or " attempt 2: " in line]) == 6


def test_a_hook_that_raises_is_logged_and_ends_nothing(
    client: Client, server: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(event: CallEvent) -> None:
        raise ValueError("in a hook")

    server.says(USERS)
    assert Users(client.set_hooks(after_attempt=fail)).list().total == 0
    assert "a hook failed: ValueError: in a hook" in caplog.text
    with pytest.raises(TypeError):
        client.set_hooks(after_attempt=1)  # type: ignore[arg-type]


def test_the_logger_gets_a_line_for_each_attempt(
    client: Client, server: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    server.respond = limited(Response(b"busy", 503), Response(USERS, headers={"set-cookie": "a=s3cret"}))
    with caplog.at_level(5, logger="polywrite"):
        Users(client.set_key("s3cret")).list()
    levels = [record.levelname for record in caplog.records if record.levelno > 5]
    assert levels == ["DEBUG", "INFO", "DEBUG"]
    assert f"users.list: GET 127.0.0.1:{server.port} /users, attempt 2: 200 in " in caplog.text
    assert "set-cookie: [redacted]" in caplog.text
    assert "s3cret" not in caplog.text


def test_the_environment_variable_has_lines_go_to_the_standard_error(server: Recorder) -> None:
    server.says(USERS)
    program = f"import polywrite; polywrite.Users(polywrite.Client(endpoint={server.endpoint!r}, project='p')).list()"
    environment = {**os.environ, "POLYWRITE_LOG": "debug"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.startswith("polywrite debug: users.list: GET ")
    assert done.stderr.count("\n") == 1

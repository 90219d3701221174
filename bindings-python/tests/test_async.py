"""asyncio."""

from __future__ import annotations

import asyncio
import functools
import gc
import logging
import os
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from polywrite import (
    AsyncClient,
    AsyncStorage,
    AsyncTablesDB,
    AsyncUsers,
    Client,
    ConfigurationError,
    InputFile,
    NotFoundError,
    RequestTimeoutError,
    Users,
)
from recorder import Recorder, Request, Response


def test_calls_are_awaited(async_client: AsyncClient, server: Recorder) -> None:
    server.says({"total": 1, "rows": [{"$id": "r", "title": "Momo"}]})

    async def main() -> None:
        async with async_client as client:
            listed = await AsyncTablesDB(client).list_rows("db", "t")
            assert listed.rows[0].data == {"title": "Momo"}
            assert await client.call("get", "/users") == listed._raw
        with pytest.raises(ConfigurationError, match="closed"):
            await AsyncTablesDB(client).list_rows("db", "t")

    asyncio.run(main())


def test_errors(async_client: AsyncClient, server: Recorder) -> None:
    server.says({"message": "No.", "type": "user_not_found", "code": 404}, 404)

    async def main() -> None:
        with pytest.raises(NotFoundError, match=r"users\.get"):
            await AsyncUsers(async_client).get("u")

    asyncio.run(main())


def test_many_at_a_time(async_client: AsyncClient, server: Recorder) -> None:
    everyone = threading.Event()

    def respond(request: Request) -> Response:
        if len(server.requests) == 64:
            everyone.set()
        return Response({"$id": request.path.rpartition("/")[2]}, wait=everyone)

    server.respond = respond

    async def main() -> list[str]:
        users = AsyncUsers(async_client)
        found = await asyncio.gather(*(users.get(f"u{number}") for number in range(64)))
        return [user.id for user in found]

    # The server responds only when all 64 requests are there.
    assert asyncio.run(main()) == [f"u{number}" for number in range(64)]


def test_cancelling_the_task_ends_the_call(async_client: AsyncClient, server: Recorder) -> None:
    never = threading.Event()
    server.respond = lambda request: Response(wait=never)

    async def main() -> None:
        task = asyncio.create_task(AsyncUsers(async_client).get("u"))
        await asyncio.to_thread(server.arrived.acquire)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.gone.acquire, timeout=5)

    asyncio.run(main())
    never.set()


def test_a_time_limit_around_a_call(async_client: AsyncClient, server: Recorder) -> None:
    never = threading.Event()
    server.respond = lambda request: Response(wait=never)

    async def main() -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(AsyncUsers(async_client).get("u"), 0.1)
        with pytest.raises(RequestTimeoutError):
            await AsyncUsers(async_client).get("u", timeout=0.1, retries=0)

    asyncio.run(main())
    never.set()


def test_the_loop_runs_meanwhile(async_client: AsyncClient, server: Recorder) -> None:
    go = threading.Event()
    server.respond = lambda request: Response(wait=go)

    async def main() -> None:
        task = asyncio.create_task(AsyncUsers(async_client).get("u"))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not task.done()
        go.set()
        await task

    asyncio.run(main())


def test_one_client_in_many_loops(async_client: AsyncClient, server: Recorder) -> None:
    async def main() -> None:
        await asyncio.gather(*(AsyncUsers(async_client).get("u") for _ in range(8)))

    threads = [threading.Thread(target=asyncio.run, args=(main(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.requests) == 32


def test_loops_are_freed(async_client: AsyncClient, server: Recorder) -> None:
    def open_files() -> int:
        return len(os.listdir("/proc/self/fd"))

    def once() -> weakref.ref[asyncio.AbstractEventLoop]:
        loop = asyncio.new_event_loop()
        loop.run_until_complete(AsyncUsers(async_client).get("u"))
        loop.close()
        return weakref.ref(loop)

    once()
    gc.collect()
    before = open_files()
    loops = [once() for _ in range(20)]
    gc.collect()
    assert [loop() for loop in loops] == [None] * 20
    assert open_files() <= before + 1


def test_a_blocking_client_beside_it(async_client: AsyncClient, client: Client, server: Recorder) -> None:
    async def main() -> None:
        await asyncio.gather(AsyncUsers(async_client).get("u"), asyncio.to_thread(lambda: Users(client).get("u")))
        Users(client).get("u")

    asyncio.run(main())
    assert len(server.requests) == 3


def test_files(async_client: AsyncClient, server: Recorder, tmp_path: Path) -> None:
    server.says({"$id": "f", "chunksTotal": 1, "chunksUploaded": 1})
    seen: list[float] = []

    async def up() -> None:
        file = InputFile.from_bytes(b"content", "note.txt")
        threads: set[int] = set()

        def progress(record: dict[str, float]) -> None:
            threads.add(threading.get_ident())
            seen.append(record["progress"])

        created = await AsyncStorage(async_client).create_file("b", "f", file, on_progress=progress)
        assert created.id == "f"
        assert threads == {threading.get_ident()}

    asyncio.run(up())
    assert seen == [100.0]
    assert b"content" in server.last.body
    server.says(b"x" * 100_000, content_type="application/octet-stream")

    async def down() -> None:
        storage = AsyncStorage(async_client)
        assert len(await storage.get_file_download("b", "f")) == 100_000
        async with storage.stream_file_download("b", "f") as download:
            assert download.size == 100_000
            assert sum([len(piece) async for piece in download]) == 100_000
        assert await storage.stream_file_download("b", "f").save(tmp_path / "file") == 100_000

    asyncio.run(down())
    assert (tmp_path / "file").stat().st_size == 100_000


def test_a_call_needs_a_loop(async_client: AsyncClient, server: Recorder) -> None:
    call = AsyncUsers(async_client).get("u")
    with pytest.raises(RuntimeError, match="need a running asyncio event loop"):
        call.send(None)
    assert not server.requests


def test_a_callback_that_stops_an_iteration_ends_the_upload(async_client: AsyncClient, server: Recorder) -> None:
    server.says({"$id": "f", "chunksTotal": 1, "chunksUploaded": 1})
    numbers: Iterator[int] = iter([])

    async def main() -> None:
        file = InputFile.from_bytes(b"content", "note.txt")
        with pytest.raises(RuntimeError) as caught:
            await AsyncStorage(async_client).create_file("b", "f", file, on_progress=lambda record: next(numbers))
        assert isinstance(caught.value.__cause__, StopIteration)

    asyncio.run(main())


def test_an_asynchronous_callback_is_an_error(async_client: AsyncClient, server: Recorder) -> None:
    class Report:
        async def __call__(self, record: object) -> None: ...

    async def report(record: object) -> None: ...

    async def main() -> None:
        storage = AsyncStorage(async_client)
        for asynchronous in (report, Report(), functools.partial(report)):
            with pytest.raises(TypeError, match="on_progress must be an ordinary function"):
                file = InputFile.from_bytes(b"content", "note.txt")
                await storage.create_file("b", "f", file, on_progress=asynchronous)
            with pytest.raises(TypeError, match="on_progress must be an ordinary function"):
                await storage.stream_file_download("b", "f").save("file", asynchronous)

    asyncio.run(main())
    assert not server.requests


def test_a_logging_handler_may_make_calls(async_client: AsyncClient, client: Client, server: Recorder) -> None:

    def respond(request: Request) -> Response:
        name = request.path.rsplit("/", 1)[-1]
        return Response({"$id": "u"}, headers={} if name == "inner" else {"x-appwrite-warning": f"Old {name}."})

    server.respond = respond
    said: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.getMessage()} {Users(client).get('inner').id}")

    handler = Handler()
    logging.getLogger("polywrite").addHandler(handler)
    try:
        Users(client).get("waits")
        asyncio.run(asyncio.wait_for(AsyncUsers(async_client).get("loops"), 20))
    finally:
        logging.getLogger("polywrite").removeHandler(handler)
    assert said == ["Old waits. u", "Old loops. u"]

"""Bulk writes and transactions, by the cases of tests/flow, which every language runs."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import polywrite
import pytest
from conftest import Emulator
from polywrite import AsyncTablesDB, BulkProgress, BulkReport, TablesDB
from recorder import Recorder, Request, Response

FOLDER = Path(__file__).resolve().parents[2] / "tests/flow"


def cases(name: str) -> pytest.MarkDecorator:
    found = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return pytest.mark.parametrize("case", found, ids=lambda case: case["name"])


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def snaked(params: dict[str, Any]) -> dict[str, Any]:
    return {snake(name): value for name, value in params.items()}


def follow(server: Recorder, script: list[dict[str, Any]]) -> None:
    """Makes the server follow a script. It breaks the connection of a request that the script does not expect."""
    turns = iter(script)

    def respond(_request: Request) -> Response:
        turn = next(turns, {"lost": True})
        if "lost" in turn:
            for connection in server._open.copy():
                connection.shutdown(socket.SHUT_RDWR)
            raise ConnectionError
        return Response(turn["body"], turn["status"])

    server.respond = respond


def service(server: Recorder, kind: type, name: str) -> Any:
    client = kind(endpoint=server.endpoint, project="p", key="k", retries=1)
    of = {"tablesDB": "TablesDB", "documentsDB": "DocumentsDB"}[name]
    return getattr(polywrite, of if kind is polywrite.Client else f"Async{of}")(client)


def check(server: Recorder, expected: list[dict[str, Any]]) -> None:
    assert len(server.requests) == len(expected), [request.target for request in server.requests]
    for seen, wanted in zip(server.requests, expected, strict=True):
        assert (seen.method, f"/v1{seen.path}") == (wanted["method"], wanted["path"])
        if "query" in wanted:
            assert dict(parse_qsl(seen.query)) == wanted["query"]
        if "body" in wanted:
            assert marked(seen.json(), wanted["body"]) == wanted["body"]


def marked(seen: Any, wanted: Any) -> Any:
    """Puts `<made>` in place of IDs that look made and should be."""
    if isinstance(seen, dict) and isinstance(wanted, dict):
        return {name: marked(value, wanted.get(name)) for name, value in seen.items()}
    if isinstance(seen, list) and isinstance(wanted, list):
        return [marked(one, other) for one, other in zip(seen, wanted, strict=False)] + seen[len(wanted) :]
    return wanted if wanted == "<made>" and re.fullmatch(r"[0-9a-f]{20}", str(seen)) else seen


def bulk_arguments(case: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    service_name, method = case["write"].split(".")
    takes_ids = "Update" in method or "Delete" in method
    rows = "ids" if takes_ids else "documents" if service_name == "documentsDB" else "rows"
    return snake(method), {**snaked(case["params"]), **snaked(case["options"]), rows: case["rows"]}


def check_report(case: dict[str, Any], report: BulkReport) -> None:
    assert (report.written, report.stopped) == (case["written"], case["stopped"])
    failures = [
        {
            "index": failure.index,
            "id": failure.id,
            **({"type": failure.error.type} if "type" in wanted else {"kind": failure.error.kind}),
        }
        for failure, wanted in zip(report.failures, case["failures"], strict=True)
    ]
    assert failures == case["failures"]


@cases("bulk.json")
def test_bulk(server: Recorder, case: dict[str, Any]) -> None:
    follow(server, case["responses"])
    method, arguments = bulk_arguments(case)
    report = getattr(service(server, polywrite.Client, case["write"].split(".")[0]), method)(**arguments)
    check(server, case["requests"])
    check_report(case, report)


@cases("bulk.json")
def test_bulk_async(server: Recorder, case: dict[str, Any]) -> None:
    follow(server, case["responses"])
    method, arguments = bulk_arguments(case)

    async def main() -> BulkReport:
        tables = service(server, polywrite.AsyncClient, case["write"].split(".")[0])
        report: BulkReport = await getattr(tables, method)(**arguments)
        return report

    check_report(case, asyncio.run(main()))
    check(server, case["requests"])


def ended(case: dict[str, Any], run: Callable[[], Any]) -> None:
    error = case["error"]
    if error is None:
        run()
        return
    with pytest.raises(ZeroDivisionError if error.get("own") else polywrite.AppwriteException) as raised:
        run()
    if "type" in error:
        assert raised.value.type == error["type"]  # type: ignore[attr-defined]
    if "kind" in error:
        assert raised.value.kind == error["kind"]  # type: ignore[attr-defined]
    assert error.get("says", "") in str(raised.value)


@cases("transactions.json")
def test_transactions(server: Recorder, case: dict[str, Any]) -> None:
    follow(server, case["responses"])
    runs = 0

    def work(tx: Any) -> None:
        nonlocal runs
        runs += 1
        for step in case["work"]:
            getattr(tx, snake(step["call"]))(**snaked(step["params"]))
        if case["fails"]:
            raise ZeroDivisionError

    tables = service(server, polywrite.Client, case["service"])
    ended(case, lambda: tables.run_transaction(work, **case["options"]))
    check(server, case["requests"])
    assert runs == case["runs"]


@cases("transactions.json")
def test_transactions_async(server: Recorder, case: dict[str, Any]) -> None:
    follow(server, case["responses"])
    runs = 0

    async def work(tx: Any) -> None:
        nonlocal runs
        runs += 1
        for step in case["work"]:
            await getattr(tx, snake(step["call"]))(**snaked(step["params"]))
        if case["fails"]:
            raise ZeroDivisionError

    async def main() -> None:
        await service(server, polywrite.AsyncClient, case["service"]).run_transaction(work, **case["options"])

    ended(case, lambda: asyncio.run(main()))
    check(server, case["requests"])
    assert runs == case["runs"]


def table(emulator: Emulator, table_id: str) -> None:
    tables = TablesDB(emulator.client())
    with suppress(polywrite.ConflictError):
        tables.create("flows", "Flows")
    column = {"key": "n", "type": "integer", "required": False}
    tables.create_table("flows", table_id, "T", columns=[column])


def test_rows_of_a_generator_are_written_with_progress(emulator: Emulator) -> None:
    table(emulator, "generator")
    heard: list[BulkProgress] = []

    def rows() -> Iterator[dict[str, Any]]:
        for n in range(250):
            yield {"$id": f"r{n}", "n": n} if n != 7 else {"$id": "r7", "unknown": n}

    tables = TablesDB(emulator.client())
    report = tables.bulk_create_rows("flows", "generator", rows(), on_progress=heard.append)
    assert (report.written, [failure.index for failure in report.failures]) == (249, [7])
    assert report.failures[0].error.type == "row_invalid_structure"
    assert (heard[-1].written, heard[-1].failed) == (249, 1)
    assert tables.list_rows("flows", "generator").total == 249
    report = tables.bulk_delete_rows("flows", "generator", (f"r{n}" for n in range(249)))
    assert tables.list_rows("flows", "generator").total == 1


def test_rows_of_an_async_generator_are_written(emulator: Emulator) -> None:
    table(emulator, "async-generator")

    async def rows() -> AsyncIterator[dict[str, Any]]:
        for n in range(120):
            await asyncio.sleep(0)
            yield {"n": n}

    async def main() -> BulkReport:
        return await AsyncTablesDB(emulator.async_client()).bulk_create_rows("flows", "async-generator", rows())

    assert asyncio.run(main()).written == 120


class Unwritable:
    """Nothing that JSON has."""


@pytest.mark.parametrize("broken", [{"n": Unwritable()}, {"n": float("nan")}, {"n": b"7"}, "not a row"])
def test_a_row_that_json_cannot_write_fails_alone(emulator: Emulator, broken: Any) -> None:
    name = f"unwritable-{type(broken['n'] if isinstance(broken, dict) else broken).__name__}".lower()
    table(emulator, name)
    rows = [{"n": 1}, broken, {"n": 3}]

    async def main() -> BulkReport:
        return await AsyncTablesDB(emulator.async_client()).bulk_create_rows("flows", name, rows)

    for report in (TablesDB(emulator.client()).bulk_create_rows("flows", name, iter(rows)), asyncio.run(main())):
        assert (report.written, report.stopped) == (2, False), report
        [failure] = report.failures
        assert (failure.index, failure.id, failure.error.kind) == (1, None, "argument")
        assert failure.error.operation == "tablesDB.bulkCreateRows"
    assert rows[1] is broken
    report = TablesDB(emulator.client()).bulk_create_rows("flows", name, [broken, {"n": 5}], stop_on_error=True)
    assert (report.written, report.stopped, [failure.index for failure in report.failures]) == (0, True, [0])


def test_a_source_that_raises_ends_the_write(emulator: Emulator) -> None:
    table(emulator, "broken-source")

    def rows() -> Iterator[dict[str, Any]]:
        yield {"n": 1}
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        TablesDB(emulator.client()).bulk_create_rows("flows", "broken-source", rows())


def test_the_block_of_a_transaction_is_written_together(emulator: Emulator) -> None:
    table(emulator, "block")
    tables = TablesDB(emulator.client())
    with tables.transaction() as tx:
        tx.create_row("flows", "block", "a", {"n": 1})
        assert tables.list_rows("flows", "block").total == 0
    assert tables.get_row("flows", "block", "a").data["n"] == 1
    with pytest.raises(ZeroDivisionError), tables.transaction() as tx:
        tx.create_row("flows", "block", "b", {"n": 2})
        raise ZeroDivisionError
    assert tables.list_rows("flows", "block").total == 1
    with pytest.raises(polywrite.ArgumentError, match="has ended"):
        tx.create_row("flows", "block", "c", {"n": 3})


def test_work_that_meets_a_conflict_is_done_again(emulator: Emulator) -> None:
    table(emulator, "conflict")
    tables = TablesDB(emulator.client())
    tables.create_row("flows", "conflict", "r", {"n": 1})
    seen = []

    def work(tx: TablesDB) -> None:
        n = tx.get_row("flows", "conflict", "r").data["n"]
        seen.append(n)
        tx.update_row("flows", "conflict", "r", {"n": n + 100})
        if len(seen) == 1:
            # Somebody else changes it meanwhile.
            tables.update_row("flows", "conflict", "r", {"n": 5})

    tables.run_transaction(work)
    assert (seen, tables.get_row("flows", "conflict", "r").data["n"]) == ([1, 5], 105)


def test_cancelling_a_task_rolls_back(server: Recorder) -> None:
    follow(server, [{"status": 201, "body": {"$id": "1"}}, {"status": 200, "body": {"$id": "1", "status": "failed"}}])

    async def main() -> None:
        tables = service(server, polywrite.AsyncClient, "tablesDB")
        begun = asyncio.Event()

        async def work(_tx: AsyncTablesDB) -> None:
            begun.set()
            await asyncio.Event().wait()

        task = asyncio.create_task(tables.run_transaction(work))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert server.last.json() == {"rollback": True}


def test_cancelling_a_commit_rolls_back(server: Recorder) -> None:
    end = threading.Event()

    def respond(request: Request) -> Response:
        commits = request.method == "PATCH" and request.json() == {"commit": True}
        return Response({"$id": "1", "status": "pending"}, wait=end if commits else None)

    server.respond = respond

    async def work(_tx: AsyncTablesDB) -> None:
        pass

    async def main() -> None:
        task = asyncio.create_task(service(server, polywrite.AsyncClient, "tablesDB").run_transaction(work))
        for _begin_and_commit in range(2):
            await asyncio.to_thread(server.arrived.acquire)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(server.arrived.acquire)

    asyncio.run(main())
    end.set()
    assert server.last.json() == {"rollback": True}

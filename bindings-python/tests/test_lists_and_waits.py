"""Lists and waits: the cases of tests/flow, which all languages run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from conftest import Emulator
from polywrite import (
    AppwriteException,
    AsyncClient,
    Client,
    ConflictError,
    Functions,
    Messaging,
    Mongo,
    Query,
    TablesDB,
    Teams,
    Users,
)
from recorder import Recorder, Request, Response

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "flow"
LISTS: list[dict[str, Any]] = json.loads((FOLDER / "lists.json").read_text(encoding="utf-8"))
WAITS: list[dict[str, Any]] = json.loads((FOLDER / "waits.json").read_text(encoding="utf-8"))
FIELDS = {
    "tablesDB.listRows": "rows",
    "tablesDB.listIndexes": "indexes",
    "messaging.listTopics": "topics",
    "mongo.listOperations": "operations",
}


class Scripted(Recorder):
    """A server that sends the responses of a case in their order, and then the last one again."""

    def __init__(self, case: dict[str, Any]) -> None:
        super().__init__()
        self._case = case
        self.respond = self._next

    def _next(self, _request: Request) -> Response:
        responses = self._case["responses"]
        response = responses[min(len(self.requests), len(responses)) - 1]
        body = response.get("body")
        if body is None:
            call = self._case["call"]
            body = {"total": response.get("total"), FIELDS[call]: items(call, *response["items"])}
        return Response(body, response.get("status", 200), response.get("headers", {}))

    def __enter__(self) -> Scripted:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def settings(self) -> dict[str, Any]:
        return {"endpoint": self.endpoint, "project": "p", "key": "KEY", "retries": 0}

    def queries(self) -> list[Any]:
        """The queries of each request, or its parameters where it has no queries."""
        found: list[Any] = []
        for request in self.requests:
            pairs = parse_qsl(request.query)
            has_queries = any(name.startswith("queries") for name, _ in pairs)
            found.append([value for _, value in pairs] if has_queries else dict(pairs))
        return found


def items(call: str, start: int, end: int) -> list[dict[str, Any]]:
    if call == "tablesDB.listIndexes":
        return [{"$id": f"x_{number}", "key": f"i{number}"} for number in range(start, end)]
    return [{"$id": f"i{number}"} for number in range(start, end)]


def listed(client: Any, case: dict[str, Any]) -> Any:
    given = {**case.get("arguments", {})}
    if "queries" in case:
        given["queries"] = case["queries"]
    if "pageSize" in case:
        given["page_size"] = case["pageSize"]
    calls: dict[str, Callable[[], Any]] = {
        "tablesDB.listRows": lambda: TablesDB(client).iterate_rows("d", "t", **given),
        "tablesDB.listIndexes": lambda: TablesDB(client).iterate_indexes("d", "t", **given),
        "messaging.listTopics": lambda: Messaging(client).iterate_topics(**given),
        "mongo.listOperations": lambda: Mongo(client).iterate_operations("d", **given),
    }
    return calls[case["call"]]()


def waited(client: Any, case: dict[str, Any], on_status: Callable[[str], Any]) -> Any:
    timeout = case["timeout"] / 1000 if "timeout" in case else None
    given: dict[str, Any] = {"timeout": timeout, "on_status": on_status}
    calls: dict[str, Callable[[], Any]] = {
        "tablesDB.waitForColumn": lambda: TablesDB(client).wait_for_column("d", "t", "year", **given),
        "tablesDB.waitForTable": lambda: TablesDB(client).wait_for_table("d", "t", **given),
        "tablesDB.waitForDatabase": lambda: TablesDB(client).wait_for_database("d", **given),
        "functions.waitForDeployment": lambda: Functions(client).wait_for_deployment("f", "d", **given),
        "messaging.waitForMessage": lambda: Messaging(client).wait_for_message("m", **given),
    }
    return calls[case["call"]]()


def name_of(call: str, item: Any) -> str:
    return str(item.key if call == "tablesDB.listIndexes" else item.id)


def check_error(wanted: dict[str, Any] | None, error: AppwriteException | None) -> None:
    if wanted is None:
        assert error is None
        return
    assert error is not None
    assert error.kind == wanted["kind"]
    if "line" in wanted:
        assert str(error) == wanted["line"]
    assert wanted.get("contains", "") in str(error)


def check_list(case: dict[str, Any], server: Scripted, found: list[str], error: AppwriteException | None) -> None:
    wanted = case["wanted"]
    check_error(wanted.get("error"), error)
    assert found == [f"i{number}" for number in range(*wanted["items"])]
    assert server.queries() == wanted["requests"]


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case["name"])
def test_lists(case: dict[str, Any]) -> None:
    found: list[str] = []
    error = None
    with Scripted(case) as server:
        try:
            for item in listed(Client(**server.settings), case):
                found.append(name_of(case["call"], item))
                if len(found) == case.get("take"):
                    break
        except AppwriteException as caught:
            error = caught
        check_list(case, server, found, error)


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case["name"])
def test_asynchronous_lists(case: dict[str, Any]) -> None:
    found: list[str] = []
    error = None

    async def read(server: Scripted) -> None:
        async for item in listed(AsyncClient(**server.settings), case):
            found.append(name_of(case["call"], item))
            if len(found) == case.get("take"):
                break

    with Scripted(case) as server:
        try:
            asyncio.run(read(server))
        except AppwriteException as caught:
            error = caught
        check_list(case, server, found, error)


def check_wait(
    case: dict[str, Any], server: Scripted, statuses: list[str], value: Any, error: AppwriteException | None
) -> None:
    wanted = case["wanted"]
    check_error(wanted.get("error"), error)
    if wanted.get("status"):
        assert value.status == wanted["status"]
    assert statuses == wanted["statuses"]
    if wanted["requests"] is not None:
        assert len(server.requests) == wanted["requests"]


@pytest.mark.parametrize("case", WAITS, ids=lambda case: case["name"])
def test_waits(case: dict[str, Any]) -> None:
    statuses: list[str] = []
    value, error = None, None
    with Scripted(case) as server:
        try:
            value = waited(Client(**server.settings), case, statuses.append)
        except AppwriteException as caught:
            error = caught
        check_wait(case, server, statuses, value, error)


@pytest.mark.parametrize("case", WAITS, ids=lambda case: case["name"])
def test_asynchronous_waits(case: dict[str, Any]) -> None:
    statuses: list[str] = []
    value, error = None, None

    async def wait(server: Scripted) -> Any:
        return await waited(AsyncClient(**server.settings), case, statuses.append)

    with Scripted(case) as server:
        try:
            value = asyncio.run(wait(server))
        except AppwriteException as caught:
            error = caught
        check_wait(case, server, statuses, value, error)


def case_of(cases: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(case for case in cases if case["name"] == name)


def test_pages_are_whole_responses_and_each_loop_reads_from_the_beginning() -> None:
    with Scripted(case_of(LISTS, "1 item")) as server:
        rows = TablesDB(Client(**server.settings)).iterate_rows("d", "t")
        assert server.requests == []
        assert [(page.total, len(page.rows)) for page in rows.pages()] == [(1, 1)]
        assert [row.id for row in rows] == ["i0"]
        assert len(server.requests) == 2


def test_what_cannot_be_a_page_size_or_a_listener_is_refused() -> None:
    with Scripted(case_of(LISTS, "1 item")) as server:
        tables = TablesDB(Client(**server.settings))
        for page_size in (0, -1, 1.5, "2"):
            with pytest.raises(AppwriteException, match="page_size"):
                next(iter(tables.iterate_rows("d", "t", page_size=page_size)))  # type: ignore[arg-type]
        for timeout in (0, -1, "1"):
            with pytest.raises(AppwriteException, match="timeout"):
                tables.wait_for_table("d", "t", timeout=timeout)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="on_status"):
            tables.wait_for_table("d", "t", on_status="call me")  # type: ignore[arg-type]
        assert server.requests == []


def test_rows_become_the_type_of_the_caller() -> None:
    from dataclasses import dataclass

    @dataclass
    class Film:
        title: str

    case = {"call": "tablesDB.listRows", "responses": [{"body": {"total": 1, "rows": [{"$id": "i0", "title": "T"}]}}]}
    with Scripted(case) as server:
        rows = TablesDB(Client(**server.settings)).iterate_rows("d", "t", model_type=Film)
        assert [row.data.title for row in rows] == ["T"]


def filled(emulator: Emulator, table: str, count: int) -> TablesDB:
    """A table with so many rows: `r0` with an `n` of 0, and so on."""
    tables = TablesDB(emulator.client())
    with suppress(ConflictError):
        tables.create("lists", "Lists")
    tables.create_table("lists", table, "T", columns=[{"key": "n", "type": "integer", "required": False}])
    tables.bulk_create_rows("lists", table, ({"$id": f"r{n}", "n": n} for n in range(count)))
    return tables


def numbers(rows: Iterable[Any]) -> list[int]:
    return [row.data["n"] for row in rows]


@pytest.mark.parametrize("count", [0, 1, 10, 11, 35])
def test_the_emulators_lists_come_whole(emulator: Emulator, count: int) -> None:
    table = f"whole{count}"
    tables = filled(emulator, table, count)
    descending = [Query.order_desc("n")]
    assert numbers(tables.iterate_rows("lists", table, page_size=10)) == list(range(count))
    assert numbers(tables.iterate_rows("lists", table, descending, page_size=10)) == list(reversed(range(count)))
    odd = [Query.equal("n", list(range(1, count, 2)) or [-1]), Query.select(["n"]), Query.limit(15)]
    assert numbers(tables.iterate_rows("lists", table, odd, page_size=4)) == list(range(1, count, 2))[:15]


def test_more_rows_come_than_the_server_counts(emulator: Emulator) -> None:
    tables = filled(emulator, "many", 5_500)
    pages = list(tables.iterate_rows("lists", "many", page_size=1_000).pages())
    assert [(page.total, len(page.rows)) for page in pages] == [(5_000, 1_000)] * 5 + [(5_000, 500)]
    # Calls that write at the same time store their rows in any order.
    assert sorted(numbers(row for page in pages for row in page.rows)) == list(range(5_500))


def test_rows_that_come_and_go_meanwhile_neither_repeat_nor_hide_others(emulator: Emulator) -> None:
    tables = filled(emulator, "changing", 30)
    seen = []
    for row in tables.iterate_rows("lists", "changing", page_size=10):
        n = row.data["n"]
        seen.append(n)
        if n == 9:
            # Some that were read, one that was not, and a new one.
            tables.bulk_delete_rows("lists", "changing", ["r0", "r1", "r15"])
            tables.create_row("lists", "changing", "r30", {"n": 30})
    assert seen == [n for n in range(31) if n != 15]


def test_the_row_behind_which_the_next_page_begins_was_deleted(emulator: Emulator) -> None:
    tables = filled(emulator, "deleted", 20)
    with pytest.raises(AppwriteException, match="was deleted meanwhile; collect the IDs before you delete"):
        for row in tables.iterate_rows("lists", "deleted", page_size=10):
            tables.delete_row("lists", "deleted", row.id)


def test_every_list_of_the_emulator_can_be_read(emulator: Emulator) -> None:
    client = emulator.client()
    users, teams = Users(client), Teams(client)
    made = [users.create(f"reader{n}", name="Reader").id for n in range(7)]
    assert [user.id for user in users.iterate([Query.equal("name", "Reader")], page_size=3)] == made
    made = [teams.create(f"readers{n}", "Readers").id for n in range(4)]
    assert [team.id for team in teams.iterate([Query.equal("name", "Readers")], page_size=2)] == made
    tables = filled(emulator, "columns", 0)
    keys = ["n", *(tables.create_integer_column("lists", "columns", f"c{n}", False).key for n in range(5))]
    assert sorted(column.key for column in tables.iterate_columns("lists", "columns", page_size=2)) == sorted(keys)

"""Lists and waits: the cases of tests/flow, which all languages run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from polywrite import AppwriteException, AsyncClient, Client, Functions, Messaging, Mongo, TablesDB
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

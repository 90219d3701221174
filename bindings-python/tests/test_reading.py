"""What a server, or the author of its data, cannot do to a program."""

from __future__ import annotations

import asyncio
import copy
import json
import threading
from typing import Any

import pytest
from polywrite import Account, AsyncClient, Client, DecodeError, TablesDB, Users
from polywrite.services.aio import AsyncUsers
from recorder import Recorder

PAGE = b"<html></html>"


def nested(levels: int, inside: str = "0") -> str:
    """An object with that many levels, itself included."""
    return '{"a":' * levels + inside + "}" * levels


@pytest.fixture
def users(server: Recorder) -> Users:
    return Users(Client(endpoint=server.endpoint, project="p", retries=0))


NOT_OBJECTS = [
    (b"null", "null"),
    (b"[]", "a list"),
    (b"5", "a number"),
    (b'"text"', "a text"),
    (PAGE, "a web page"),
]


@pytest.mark.parametrize(("body", "found"), NOT_OBJECTS)
def test_what_is_not_an_object_is_an_error_where_an_object_is_due(
    server: Recorder, users: Users, body: bytes, found: str
) -> None:
    server.says(body)
    with pytest.raises(DecodeError) as caught:
        users.get("u")
    assert (
        caught.value.message == f"not an object but {found}; the response ({len(body)} bytes) begins: {body.decode()}"
    )
    assert (caught.value.code, caught.value.operation) == (200, "users.get")

    async def call() -> None:
        async with AsyncClient(endpoint=server.endpoint, project="p") as client:
            await AsyncUsers(client).get("u")

    with pytest.raises(DecodeError):
        asyncio.run(call())


def test_an_empty_list_is_empty_preferences(server: Recorder) -> None:
    server.says(b"[]")
    assert Account(Client(endpoint=server.endpoint, project="p")).get_prefs().to_dict() == {}


def test_a_web_page_is_an_error_where_nothing_is_due(server: Recorder, users: Users) -> None:
    server.says(PAGE)
    with pytest.raises(DecodeError, match="proxy"):
        users.delete("u")


@pytest.mark.parametrize("body", [b'{"a":"\xff"}', rb'{"a":"\ud83d"}', rb'{"a":"\ude00"}', rb'{"\ud83d\u0041":1}'])
def test_bytes_that_are_not_utf8_and_halves_of_surrogate_pairs_are_errors(
    server: Recorder, users: Users, body: bytes
) -> None:
    server.says(body)
    with pytest.raises(DecodeError):
        users.get("u")


def test_of_a_key_that_comes_twice_the_last_value_counts(server: Recorder, users: Users) -> None:
    server.says(b'{"name":"a","name":"b"}')
    assert users.get("u").name == "b"


@pytest.mark.parametrize("digits", [310, 200_000])
def test_a_number_that_no_float_holds_is_an_error(server: Recorder, users: Users, digits: int) -> None:
    server.says(b'{"prefs":{"a":' + b"9" * digits + b"}}")
    with pytest.raises(DecodeError, match="a number is larger than a 64-bit float can be"):
        users.get("u")
    server.says(b'{"prefs":{"a":' + b"9" * 308 + b"}}")
    assert users.get("u").prefs.data["a"] == 10**308 - 1


def depth(value: Any) -> int:
    levels = 0
    while isinstance(value, dict | list):
        levels += 1
        value = next(iter(value.values() if isinstance(value, dict) else value), None)
    return levels


def test_nesting_that_appwrite_can_send_is_read_printed_compared_and_copied(server: Recorder, users: Users) -> None:
    inside = '[[],{},[1,-2.5,true,false,null,"\\u00e9\\ud83d\\ude00",9007199254740993]]'
    for levels in (199, 200, 201, 255, 256, 510):
        server.says(f'{{"total":1,"users":[{{"$id":"u","prefs":{nested(levels, inside)}}}]}}'.encode())
        listed = users.list()
        user = listed.users[0]
        prefs: Any = user.prefs.data
        for _ in range(levels):
            prefs = prefs["a"]
        assert prefs == [[], {}, [1, -2.5, True, False, None, "é😀", 9007199254740993]]
        assert json.loads(listed.to_json()) == listed.to_dict()
        assert depth(user.to_dict()["prefs"]) == levels + 2
        assert repr(user) == repr(users.list().users[0])
        assert user == users.list().users[0]
        for twin in (copy.copy(user), copy.deepcopy(user), user.model_copy(deep=True)):
            assert twin == user
        assert depth(user.model_dump()["prefs"]) == levels + 2


def test_lists_within_lists_are_written_however_deep(server: Recorder, users: Users) -> None:
    server.says(b'{"$id":"u","labels":' + b"[" * 510 + b"]" * 510 + b"}")
    user = users.get("u")
    user.name = "changed"
    assert depth(user.to_dict()["labels"]) == 510
    assert user == copy.copy(user)


@pytest.mark.parametrize("levels", [641, 100_000])
def test_deeper_nesting_is_a_decode_error(server: Recorder, users: Users, levels: int) -> None:
    server.says(nested(levels).encode())
    with pytest.raises(DecodeError, match="nested more than 640 levels deep"):
        users.get("u")
    # Threads have less stack.
    caught: list[Exception] = []

    def call() -> None:
        try:
            users.get("u")
        except DecodeError as error:
            caught.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_errors_within_deep_responses_keep_their_place(server: Recorder, users: Users) -> None:
    for body in (nested(300, "nonsense"), nested(300) + " x}", nested(300, '"\\ud83d"'), nested(300, "1x")):
        server.says(body.encode())
        with pytest.raises(DecodeError):
            users.get("u")


def test_nesting_that_appwrite_accepts_is_sent_and_deeper_is_an_error(server: Recorder) -> None:
    tables = TablesDB(Client(endpoint=server.endpoint, project="p"))
    server.says(b'{"$id":"r"}')
    for levels in (1, 510):
        tables.create_row("d", "t", "r", json_loads_deep(levels))
        assert server.last.body == f'{{"rowId":"r","data":{nested(levels)}}}'.encode()
    sent = len(server.requests)
    circular: dict[str, Any] = {}
    circular["self"] = circular
    for data in (json_loads_deep(511), json_loads_deep(5_000), circular):
        with pytest.raises(ValueError, match="nested"):
            tables.create_row("d", "t", "r", data)
    assert len(server.requests) == sent


def json_loads_deep(levels: int) -> dict[str, Any]:
    value: Any = 0
    for _ in range(levels):
        value = {"a": value}
    made: dict[str, Any] = value
    return made


def test_scalars_of_another_kind_are_read_where_they_mean_the_same(server: Recorder) -> None:
    tables = TablesDB(Client(endpoint=server.endpoint, project="p"))
    server.says(b'{"total":"2","rows":[{"$id":7,"$sequence":1,"$permissions":null,"year":"1979"},[]]}')
    rows = tables.list_rows("d", "t")
    first, second = rows.rows
    assert (rows.total, first.id, first.sequence, first.permissions) == (2, "7", "1", [])
    assert first.data == {"year": "1979"}
    assert (second.id, second.data) == ("", {})
    assert rows.to_dict()["total"] == "2"
    server.says(b'{"$id":"d","name":true,"enabled":"0","type":7,"policies":[]}')
    database = tables.get("d")
    assert (database.name, database.enabled, str(database.type)) == ("true", False, "7")


@pytest.mark.parametrize(
    ("body", "attribute"),
    [
        (b'{"total":"many"}', "total"),
        (b'{"total":2.5}', "total"),
        (b'{"total":true}', "total"),
        (b'{"total":[]}', "total"),
        (b'{"total":1e30}', "total"),
        (b'{"total":"9223372036854775808"}', "total"),
    ],
)
def test_values_with_another_meaning_are_decode_errors(server: Recorder, body: bytes, attribute: str) -> None:
    server.says(body)
    rows = TablesDB(Client(endpoint=server.endpoint, project="p")).list_rows("d", "t")
    with pytest.raises(DecodeError, match=f"where `{attribute}` of a RowList should be a whole number"):
        getattr(rows, attribute)


def test_defaults_of_missing_values_belong_to_their_model(server: Recorder, users: Users) -> None:
    server.says(b'{"$id":"u"}')
    first, second = users.get("u"), users.get("u")
    first.labels.append("vip")
    assert (first.labels, second.labels) == (["vip"], [])
    first.prefs.data["theme"] = "dark"
    assert second.prefs.data == {}

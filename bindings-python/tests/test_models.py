"""What answers are like in Python."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any, TypedDict

import msgspec
import pydantic
import pytest
from conftest import Recorder
from polywrite import Client, DecodeError, TablesDB, Users, enums, models

ROW = {
    "$id": "r1",
    "$sequence": "7",
    "$tableId": "books",
    "$databaseId": "library",
    "$createdAt": "2026-01-01T00:00:00.000+00:00",
    "$updatedAt": "2026-01-02T00:00:00.000+00:00",
    "$permissions": ['read("any")'],
    "title": "Momo",
    "copies": 9_223_372_036_854_775_807,
}


class Book(pydantic.BaseModel):
    title: str
    copies: int


@dataclasses.dataclass
class PlainBook:
    title: str
    copies: int = 0
    missing: str = "nothing"


class BookDict(TypedDict):
    title: str
    copies: int


class StructBook(msgspec.Struct):
    title: str
    copies: int


def rows(client: Client, server: Recorder, **options: Any) -> models.RowList[Any]:
    server.says({"total": 1, "rows": [ROW]})
    return TablesDB(client).list_rows("library", "books", **options)


def test_rows(client: Client, server: Recorder) -> None:
    answer = rows(client, server)
    assert answer.total == 1
    row = answer.rows[0]
    assert isinstance(row, models.Row)
    assert (row.id, row.sequence) == ("r1", "7")
    assert row.created_at == row.createdat == ROW["$createdAt"]
    assert row.table_id == row.tableid == "books"
    assert row.permissions == ['read("any")']
    assert row.data == {"title": "Momo", "copies": 9_223_372_036_854_775_807}
    assert row.title == "Momo"
    assert answer.rows is answer.rows
    with pytest.raises(AttributeError, match="'Row' object has no attribute 'author'"):
        _ = row.author


def test_to_dict_has_wire_names(client: Client, server: Recorder) -> None:
    row = rows(client, server).rows[0]
    wire = row.to_dict()
    assert wire["$createdAt"] == ROW["$createdAt"]
    assert wire["data"]["title"] == "Momo"
    assert "title" not in wire
    assert rows(client, server).to_dict() == {"total": 1, "rows": [wire]}
    assert models.Row.from_dict(ROW).to_json().startswith('{"$id":"r1","$sequence":"7"')


@pytest.mark.parametrize("model_type", [Book, PlainBook, StructBook])
def test_user_data_gets_a_type(client: Client, server: Recorder, model_type: Any) -> None:
    row = rows(client, server, model_type=model_type).rows[0]
    assert isinstance(row.data, model_type)
    assert row.data.title == "Momo"
    assert row.data.copies == 9_223_372_036_854_775_807
    assert row.to_dict()["data"]["title"] == "Momo"


def test_a_typed_dict_stays_a_dict(client: Client, server: Recorder) -> None:
    assert rows(client, server, model_type=BookDict).rows[0].data["title"] == "Momo"


def test_user_data_that_does_not_fit_is_an_error_of_the_call(client: Client, server: Recorder) -> None:
    class Film(pydantic.BaseModel):
        director: str

    with pytest.raises(DecodeError, match="the data does not fit Film") as caught:
        rows(client, server, model_type=Film)
    assert isinstance(caught.value.__cause__, pydantic.ValidationError)


def test_preferences(client: Client, server: Recorder) -> None:
    class Theme(pydantic.BaseModel):
        theme: str

    server.says({"$id": "u", "prefs": {"theme": "dark"}, "status": True})
    user = Users(client).get("u")
    assert user.prefs.data == user.prefs.to_dict() == {"theme": "dark"}
    assert Users(client).get("u", Theme).prefs.data.theme == "dark"
    server.says({"$id": "u", "prefs": []})
    assert Users(client).get("u").prefs.data == {}
    server.says({"theme": "dark"})
    assert Users(client).get_prefs("u").data == {"theme": "dark"}


def test_unions_are_what_they_are(client: Client, server: Recorder) -> None:
    columns: list[dict[str, Any]] = [
        {"key": "a", "type": "string", "format": "email"},
        {"key": "b", "type": "string", "format": "enum", "elements": ["x"]},
        {"key": "c", "type": "bigint"},
        {"key": "d", "type": "string", "size": 9},
        {"key": "e", "type": "from the future"},
    ]
    server.says({"total": 5, "columns": columns})
    found = TablesDB(client).list_columns("db", "t").columns
    kinds = [type(column).__name__ for column in found]
    assert kinds == ["ColumnEmail", "ColumnEnum", "ColumnBigint", "ColumnString", "Model"]
    future: Any = found[4]
    assert future.key == "e"
    server.says(columns[1])
    column = TablesDB(client).get_column("db", "t", "b")
    assert isinstance(column, models.ColumnEnum)
    assert column.elements == ["x"]


def test_enums_are_open(client: Client, server: Recorder) -> None:
    server.says({"key": "a", "status": "available"})
    status = TablesDB(client).create_text_column("db", "t", "a", False).status
    assert status == "available"
    assert status is enums.ColumnStatus.AVAILABLE
    assert f"{status} {status.value}" == "available available"
    server.says({"key": "a", "status": "dreaming"})
    status = TablesDB(client).create_text_column("db", "t", "a", False).status
    assert isinstance(status, enums.ColumnStatus)
    assert status.value == "dreaming"
    assert pickle.loads(pickle.dumps(status)) == "dreaming"


def test_what_is_missing_or_new_does_no_harm(client: Client, server: Recorder) -> None:
    server.says({"$id": "u", "shoeSize": 44, "labels": None})
    user: Any = Users(client).get("u")
    assert user.shoe_size == 44
    assert user.to_dict()["shoeSize"] == 44
    assert (user.name, user.targets, user.labels, user.hash_options) == ("", [], None, None)
    user.name = "Ada"
    assert user.to_dict()["name"] == "Ada"


def test_models_are_ordinary_objects() -> None:
    row = models.Row.from_dict(ROW)
    assert row == models.Row.from_dict(dict(ROW))
    assert row != models.Row.from_dict({**ROW, "title": "Jim"})
    assert pickle.loads(pickle.dumps(row)) == copy.copy(row) == copy.deepcopy(row) == row
    assert "title='Momo'" in repr(row)
    made = models.Target(id="t", provider_type="email", userid="u")
    assert made.to_dict() == {"$id": "t", "providerType": "email", "userId": "u"}


def test_secrets_are_not_shown() -> None:
    session = models.Session.from_dict({"$id": "s", "secret": "topsecret", "providerAccessToken": "topsecret"})
    user = models.User.from_dict({"$id": "u", "password": "topsecret", "passwordUpdate": "2026-01-01"})
    assert "topsecret" not in repr(session) + repr(user) + str([session, user])
    assert "2026-01-01" in repr(user)
    assert session.secret == "topsecret"

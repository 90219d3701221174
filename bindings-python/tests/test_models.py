"""What responses are like in Python."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from pprint import pformat
from types import SimpleNamespace
from typing import Any, NamedTuple, TypedDict

import msgspec
import pydantic
import pytest
from polywrite import Client, DecodeError, TablesDB, Users, enums, models
from recorder import Recorder

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
    listed = rows(client, server)
    assert listed.total == 1
    row = listed.rows[0]
    assert isinstance(row, models.Row)
    assert (row.id, row.sequence) == ("r1", "7")
    assert row.created_at == row.createdat == ROW["$createdAt"]
    assert row.table_id == row.tableid == "books"
    assert row.permissions == ['read("any")']
    assert row.data == {"title": "Momo", "copies": 9_223_372_036_854_775_807}
    assert listed.rows is listed.rows
    with pytest.raises(AttributeError, match="'Row' object has no attribute 'author'"):
        _ = row.author  # type: ignore[attr-defined]
    users = models.UserList.from_dict({})
    with pytest.raises(AttributeError, match="'UserList' object has no attribute 'author'"):
        _ = users.author  # type: ignore[attr-defined]


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

    with pytest.raises(DecodeError, match="the row `r1` does not fit Film") as caught:
        rows(client, server, model_type=Film)
    assert isinstance(caught.value.__cause__, pydantic.ValidationError)
    # On one line, and without the row.
    assert caught.value.message == "the row `r1` does not fit Film: the column `director` is missing"


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


def test_unions_become_their_members(client: Client, server: Recorder) -> None:
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
    assert kinds == ["ColumnEmail", "ColumnEnum", "ColumnBigint", "ColumnString", "UnknownModel"]
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


def test_missing_and_new_fields_do_no_harm(client: Client, server: Recorder) -> None:
    server.says({"$id": "u", "shoeSize": 44, "labels": None})
    user: Any = Users(client).get("u")
    assert user.shoe_size == 44
    assert user.to_dict()["shoeSize"] == 44
    assert (user.name, user.targets, user.labels, user.hash_options) == ("", [], [], None)
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


def test_what_is_nested_as_deep_as_the_server_accepts_can_be_pickled(client: Client, server: Recorder) -> None:
    server.says(b'{"$id":"u","prefs":' + b'{"a":[' * 255 + b"1" + b"]}" * 255 + b"}")
    user = Users(client).get("u")
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        same = pickle.loads(pickle.dumps(user, protocol))
        inner: Any = same._raw["prefs"]
        for _ in range(255):
            inner = inner["a"][0]
        assert inner == 1
    shared: list[int] = [1]
    row = models.Row.from_dict({**ROW, "one": shared, "other": shared, "deep": user._raw["prefs"]})
    again = pickle.loads(pickle.dumps(row))
    assert (again.data["one"], again.data["copies"]) == ([1], 9_223_372_036_854_775_807)
    assert again.data["one"] is again.data["other"]


def test_secrets_are_not_shown() -> None:
    session = models.Session.from_dict({"$id": "s", "secret": "topsecret", "providerAccessToken": "topsecret"})
    user = models.User.from_dict({"$id": "u", "password": "topsecret", "passwordUpdate": "2026-01-01"})
    assert "topsecret" not in repr(session) + repr(user) + str([session, user])
    assert "topsecret" not in str(session) + f"{session}" + pformat([session])
    assert "[redacted]" in repr(session)
    assert "2026-01-01" in repr(user)
    # What a program sends itself has them.
    assert session.secret == session.to_dict()["secret"] == session.model_dump()["secret"] == "topsecret"
    assert json.loads(session.model_dump_json())["secret"] == dict(session)["secret"] == "topsecret"
    assert pickle.loads(pickle.dumps(session)).secret == "topsecret"


def test_what_a_program_changes_is_in_the_model(client: Client, server: Recorder) -> None:
    server.says({"total": 2, "rows": [ROW, {**ROW, "$id": "r2"}]})
    listed: Any = TablesDB(client).list_rows("library", "books")
    listed.rows[0].data["title"] = "Jim"
    listed.rows[1].data = {"title": "Krabat"}
    listed.rows[0].permissions.append('read("guests")')
    listed.rows.append(models.Row.from_dict({"$id": "r3", "title": "Ronja"}))
    listed.note = "seen"
    wire = listed.to_dict()
    assert [row["data"]["title"] for row in wire["rows"]] == ["Jim", "Krabat", "Ronja"]
    assert wire["rows"][0]["$permissions"] == ['read("any")', 'read("guests")']
    assert wire["note"] == listed.note == "seen"
    for other in (pickle.loads(pickle.dumps(listed)), copy.deepcopy(listed), copy.copy(listed)):
        assert other == listed
        assert other.to_dict() == wire
        assert other.rows[1].data == {"title": "Krabat"}
    kept = listed.rows[1:2]
    listed.rows = kept
    assert listed.rows[0] is kept[0]
    user = models.User.from_dict({"$id": "u"})
    user.labels.append("vip")
    assert user.to_dict() == {"$id": "u", "labels": ["vip"]}


def test_a_copy_of_a_dict_is_independent() -> None:
    row = models.Row.from_dict(ROW)
    wire = row.to_dict()
    wire["$permissions"].append("x")
    wire["data"]["title"] = "Jim"
    assert row == models.Row.from_dict(ROW)


def test_to_dict_can_be_read_back(client: Client, server: Recorder) -> None:
    listed = rows(client, server)
    again = models.RowList.from_dict(listed.to_dict())
    assert again == listed
    assert again.rows[0].data == listed.rows[0].data
    typed: Any = models.Row.with_data(listed.rows[0].to_dict(), Book)
    assert typed.data == Book(title="Momo", copies=2**63 - 1)
    nothing: Any = None
    assert models.Row.from_dict(nothing) is None
    with pytest.raises(TypeError, match="Row is made from a dict with wire names, not list"):
        models.Row.from_dict([])  # type: ignore[call-overload]


def test_models_have_the_methods_of_pydantic() -> None:
    row = models.Row.from_dict(ROW)
    dumped = row.model_dump()
    assert dumped["createdat"] == ROW["$createdAt"]
    assert dumped["data"]["title"] == "Momo"
    assert row.model_dump(by_alias=True)["$createdAt"] == ROW["$createdAt"]
    assert row.model_dump(include={"id", "data"}, exclude={"data": {"copies"}}) == {
        "id": "r1",
        "data": {"title": "Momo"},
    }
    assert models.Row.model_validate_json(row.model_dump_json(by_alias=True)) == models.Row.model_validate(ROW) == row
    assert models.Row.model_validate(row) is row
    user = models.User.model_validate({"$id": "u", "shoeSize": 44})
    assert user.model_dump(exclude_unset=True) == {"id": "u", "shoeSize": 44}
    assert user.model_dump(exclude_defaults=True) == {"id": "u", "shoeSize": 44}
    assert user.model_dump()["emailverification"] is False
    assert "hashoptions" not in user.model_dump(exclude_none=True)
    assert (user.model_fields_set, user.model_extra) == ({"id"}, {"shoeSize": 44})
    renamed = user.model_copy(update={"name": "Ada"})
    assert (renamed.name, user.name) == ("Ada", "")
    assert dict(user) == {"$id": "u", "shoeSize": 44}


def test_pydantic_models_have_fields_of_our_models() -> None:
    class Page(pydantic.BaseModel):
        owner: models.User[Any]
        rows: list[models.Row[Book]]

    page = Page.model_validate({"owner": {"$id": "u"}, "rows": [ROW]})
    assert isinstance(page.rows[0], models.Row)
    assert page.rows[0].data == Book(title="Momo", copies=2**63 - 1)
    assert page.model_dump(mode="json", by_alias=True)["owner"]["$id"] == "u"
    with pytest.raises(pydantic.ValidationError, match="User is made from a dict with wire names, not int"):
        Page.model_validate({"owner": 3, "rows": []})
    assert Page.model_json_schema()["properties"]["owner"]["type"] == "object"


def test_secrets_inside_of_models_are_not_shown() -> None:
    users = models.UserList.from_dict({"total": 1, "users": [{"$id": "u", "password": "topsecret"}]})
    assert "topsecret" not in repr(users)
    assert users.users[0].password == "topsecret"


def test_a_response_that_is_not_an_object_is_an_error_of_the_call(client: Client, server: Recorder) -> None:
    for body in ([1], "text", 3):
        server.says(body)
        with pytest.raises(DecodeError, match="not an object"):
            Users(client).get("u")


def test_a_wrong_model_type_is_an_error(client: Client, server: Recorder) -> None:
    for wrong in (5, "Book"):
        with pytest.raises(TypeError, match="model_type must be a class, not"):
            rows(client, server, model_type=wrong)
    assert rows(client, server, model_type=None).rows[0].data["title"] == "Momo"


class NamedBook(NamedTuple):
    title: str
    copies: int


class FreeBook:
    def __init__(self, **columns: Any) -> None:
        self.title = columns["title"]
        self.copies = columns["copies"]


class AttrsBook:
    """The parts of an `attrs` class that matter."""

    __slots__ = ("copies", "title")
    __attrs_attrs__ = (SimpleNamespace(name="title"), SimpleNamespace(name="copies"))

    def __init__(self, title: str, copies: int) -> None:
        self.title = title
        self.copies = copies


@pytest.mark.parametrize("model_type", [NamedBook, FreeBook, AttrsBook, PlainBook, StructBook])
def test_rows_of_any_class_are_ordinary_objects(client: Client, server: Recorder, model_type: Any) -> None:
    row = rows(client, server, model_type=model_type).rows[0]
    assert isinstance(row.data, model_type)
    assert row.to_dict()["data"].items() >= {"title": "Momo", "copies": 2**63 - 1}.items()
    assert "title='Momo'" in repr(row)
    assert copy.copy(row) == pickle.loads(pickle.dumps(row)) == row
    assert json.loads(row.model_dump_json())["data"]["title"] == row.model_dump()["data"]["title"] == "Momo"


def test_instances_of_attrs_are_sent(client: Client, server: Recorder) -> None:
    TablesDB(client).create_row("library", "books", "r", AttrsBook("Momo", 2))  # type: ignore[arg-type]
    assert server.last.json()["data"] == {"title": "Momo", "copies": 2}


def test_a_wrong_model_type_is_an_error_before_anything_is_sent(client: Client, server: Recorder) -> None:
    wrong: Any = "Book"
    with pytest.raises(TypeError, match="model_type must be a class, not 'Book'"):
        TablesDB(client).create_row("library", "books", "r", {}, model_type=wrong)
    assert not server.requests

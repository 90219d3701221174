"""What one call sends, and what it makes of the response."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import fractions
import json
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pydantic
import pytest
from polywrite import (
    Account,
    AppwriteException,
    ArgumentError,
    Avatars,
    Client,
    ConfigurationError,
    ConflictError,
    Databases,
    DecodeError,
    Functions,
    InputFile,
    MissingScopeError,
    NetworkError,
    NotFoundError,
    Operator,
    Query,
    RequestTimeoutError,
    TablesDB,
    UnauthorizedError,
    Users,
)
from polywrite.enums import RelationMutate
from recorder import Recorder, Response

EXACT = 9_223_372_036_854_775_807


def test_get(client: Client, server: Recorder) -> None:
    TablesDB(client).list_rows("db", "t", [Query.equal("year", 1999), Query.limit(2)], total=False)
    request = server.last
    assert (request.method, request.path) == ("GET", "/tablesdb/db/tables/t/rows")
    assert "queries%5B0%5D=" in request.query or "queries[0]=" in request.query
    assert request.query.endswith("total=0")
    assert request.headers["x-appwrite-project"] == "shop"
    assert request.headers["x-appwrite-key"] == "secret-key"
    assert request.headers["x-sdk-language"] == "python"
    assert "PolywritePython" in request.headers["user-agent"]


def test_post_omits_none_and_keeps_integers(client: Client, server: Recorder) -> None:
    data = {"big": EXACT, "small": -EXACT - 1, "float": 0.1, "none": None, "text": "ä\u2028", "list": [1, [True]]}
    TablesDB(client).create_row("db", "t", "r", data)
    assert server.last.json() == {"rowId": "r", "data": data}
    assert str(EXACT).encode() in server.last.body


def test_path_values_stay_in_their_place(client: Client, server: Recorder) -> None:
    Users(client).get("a/b?c#d%2e")
    assert server.last.target == "/v1/users/a%2Fb%3Fc%23d%252e"
    for bad in ("", ".", ".."):
        with pytest.raises(ArgumentError, match="`user_id`"):
            Users(client).get(bad)
    assert len(server.requests) == 1


def test_a_whole_number_may_be_an_id_in_a_path(client: Client, server: Recorder) -> None:
    identifier: Any = 12
    Users(client).delete(identifier)
    assert server.last.target == "/v1/users/12"
    with pytest.raises(ArgumentError, match="must be a string, not a whole number"):
        Users(client).create(identifier)


def test_a_required_parameter_that_may_be_null_is_sent(client: Client, server: Recorder) -> None:
    TablesDB(client).update_boolean_column("db", "t", "k", True, None)
    assert server.last.json() == {"required": True, "default": None}


def test_enums_and_plain_strings(client: Client, server: Recorder) -> None:
    tables = TablesDB(client)
    tables.create_relationship_column("db", "t", "o", "oneToMany", on_delete=RelationMutate.SETNULL)
    tables.create_relationship_column("db", "t", "o", "oneToMany", on_delete="setNull")
    first, second = (request.json() for request in server.requests)
    assert first == second
    assert first["onDelete"] == "setNull"


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Size:
    width: int
    colour: Colour


class Movie(pydantic.BaseModel):
    title: str
    released: datetime.date


class Array:
    """The parts of a numpy array that matter."""

    def __index__(self) -> int:
        raise TypeError("only integer scalar arrays can be converted to a scalar index")

    def tolist(self) -> list[float]:
        return [1.5, 2.0]


ENDLESS = [decimal.Decimal(text) for text in ("Infinity", "NaN", "sNaN")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Colour.RED, "red"),
        (Size(3, Colour.RED), {"width": 3, "colour": "red"}),
        (Movie(title="Heat", released=datetime.date(1995, 12, 15)), {"title": "Heat", "released": "1995-12-15"}),
        (datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc), "2026-01-02T00:00:00+00:00"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (decimal.Decimal("1.5"), 1.5),
        (decimal.Decimal("19.99"), 19.99),
        (decimal.Decimal(10) ** 18, 10**18),
        (Array(), [1.5, 2.0]),
        ((1, 2), [1, 2]),
        (frozenset({1}), [1]),
        (range(2), [0, 1]),
        ({1: "one"}, {"1": "one"}),
    ],
)
def test_values_that_are_not_json_by_nature(client: Client, server: Recorder, value: Any, expected: Any) -> None:
    TablesDB(client).create_row("db", "t", "r", {"value": value})
    assert server.last.json()["data"] == {"value": expected}


def test_a_model_is_data(client: Client, server: Recorder) -> None:
    TablesDB(client).create_row("db", "t", "r", Movie(title="Heat", released=datetime.date(1995, 12, 15)))
    assert server.last.json()["data"] == {"title": "Heat", "released": "1995-12-15"}


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        b"bytes",
        object(),
        {(1, 2): 3},
        {1: "one", "1": "two"},
        {True: "yes"},
        "\ud800",
        {"\ud83c": 1},
        (1 << 63) + 1,
        -(1 << 63) - 1,
        1 << 200,
        datetime.timedelta(1),
        complex(1, 2),
        decimal.Decimal("0.12345678901234567890"),
        decimal.Decimal(10) ** 20 + 1,
        fractions.Fraction(1, 3),
        Movie,
        *ENDLESS,
    ],
)
@pytest.mark.parametrize("foreign", [False, True])
def test_values_that_would_vanish_are_errors_with_their_place(
    client: Client, server: Recorder, value: Any, foreign: bool
) -> None:
    # Next to values that only Python can convert, the others use another path.
    beside = Colour.RED if foreign else "red"
    with pytest.raises(ArgumentError, match=r"tablesDB\.createRow: `data\.tags\[2\]\.price[`.]") as caught:
        TablesDB(client).create_row("db", "t", "r", {"tags": [beside, 1, {"price": value}]})
    assert isinstance(caught.value, ValueError)
    assert caught.value.operation == "tablesDB.createRow"
    assert not server.requests


def test_text_cut_inside_of_an_emoji_is_an_error_in_every_place(client: Client, server: Recorder) -> None:
    half = "\U0001f308".encode("utf-16-le", "surrogatepass")[:2].decode("utf-16-le", "surrogatepass")
    tables, users = TablesDB(client), Users(client)
    attempts: list[tuple[str, Callable[[], Any]]] = [
        ("`name` has half", lambda: users.create("u", name=half)),
        ("`user_id` has half", lambda: users.get(half)),
        (r"`queries\[0\]` has half", lambda: tables.list_rows("db", "t", [f'{{"method":"{half}"}}'])),
        (r"`Query.equal.values\[0\]` has half", lambda: Query.equal("a", half)),
        (r"`Query.order_asc.attribute` has half", lambda: Query.order_asc(half)),
        (r"`Operator.array_append.values\[1\]` has half", lambda: Operator.array_append(["a", half])),
        ("`headers.x-note` has half", lambda: users.get("u", headers={"x-note": half})),
        ("`headers.x-note` has half", lambda: client.add_header("x-note", half)),
        ("`project` has half", lambda: client.set_project(half)),
        ("`with_key` has half|`key` has half", lambda: client.with_key(half)),
        ("`filename` has half", lambda: InputFile.from_bytes(b"x", f"{half}.txt")),
        ("`mime_type` has half", lambda: InputFile.from_bytes(b"x", "a", half)),
        ("`x` has half", lambda: client.call("post", "/users", params={"x": half})),
    ]
    for message, attempt in attempts:
        with pytest.raises(AppwriteException, match=message):
            attempt()
    assert not server.requests


@pytest.mark.parametrize("wrong", ["limit(2)", "[1]", ["{"], [7]])
def test_what_is_not_a_query_is_an_error(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match=r"Query\.relationship: `queries\[0\]` is not a query"):
        Query.relationship("author", wrong)


def test_queries_reject_what_would_vanish() -> None:
    with pytest.raises(ArgumentError, match=r"`Query\.between\.values\[1\]` is NaN"):
        Query.between("score", 1, float("nan"))
    with pytest.raises(ArgumentError, match=r"`Query\.equal\.values\[0\]` is bytes"):
        Query.equal("score", b"1")


def test_a_value_that_contains_itself(client: Client, server: Recorder) -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(ValueError, match=r"`data\.circle\[0\].*nested deeper than 510 levels"):
        TablesDB(client).create_row("db", "t", "r", {"circle": circle})
    assert not server.requests


def test_wrong_calls_fail_before_anything_is_sent(client: Client, server: Recorder) -> None:
    tables: Any = TablesDB(client)
    with pytest.raises(TypeError, match="table_id"):
        tables.list_rows("db")
    with pytest.raises(TypeError, match="tabel_id"):
        tables.list_rows("db", "t", tabel_id=1)
    with pytest.raises(ArgumentError, match="`table_id`"):
        tables.list_rows("db", None)
    with pytest.raises(ArgumentError, match="`database_id`"):
        tables.list_rows(7.5, "t")
    with pytest.raises(ArgumentError, match="queries"):
        tables.list_rows("db", "t", "limit(2)")
    with pytest.raises(TypeError, match="needs a Client"):
        TablesDB("client")  # type: ignore[arg-type]
    assert not server.requests


def test_call_options(client: Client, server: Recorder) -> None:
    Users(client).get("u", headers={"x-trace": "1"}, timeout=5, retries=0, forwarded_user_agent="Opera")
    assert server.last.headers["x-trace"] == "1"
    assert server.last.headers["x-forwarded-user-agent"] == "Opera"
    bad: Any = Users(client)
    impossible: tuple[dict[str, Any], ...] = (
        *({name: value} for name in ("timeout", "deadline") for value in (0, -1, float("nan"), "1")),
        *({"max_response_bytes": value} for value in (0, -1, 1.5, "1")),
        *({"retries": value} for value in (-1, True, 2**70, object())),
        *({"forwarded_user_agent": value} for value in (1, b"Opera")),
        {"headers": ["a"]},
        {"headers": {"a": 1}},
    )
    for options in impossible:
        with pytest.raises((TypeError, ValueError), match=next(iter(options))):
            bad.get("u", **options)
    assert len(server.requests) == 1


def test_options_beside_parameters_of_their_name(client: Client, server: Recorder) -> None:
    Functions(client).create("f", "name", "node-22", timeout=15, call_timeout=5, call_headers={"x-trace": "1"})
    assert server.last.json()["timeout"] == 15
    assert server.last.headers["x-trace"] == "1"


def test_timeout(client: Client, server: Recorder) -> None:
    never = threading.Event()
    server.respond = lambda request: Response(wait=never)
    started = time.monotonic()
    with pytest.raises(RequestTimeoutError) as caught:
        Users(client).get("u", timeout=0.2, retries=0)
    assert time.monotonic() - started < 2
    assert isinstance(caught.value, TimeoutError)
    never.set()


def test_no_server() -> None:
    client = Client(endpoint="http://127.0.0.1:1/v1", project="p", retries=0)
    with pytest.raises(NetworkError, match=r"users\.get") as caught:
        Users(client).get("u")
    assert caught.value.code == 0
    assert caught.value.response is None


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        (400, "general_argument_invalid", ArgumentError),
        (401, "user_unauthorized", UnauthorizedError),
        (404, "user_not_found", NotFoundError),
        (409, "user_already_exists", ConflictError),
        (418, "general_teapot", AppwriteException),
    ],
)
def test_errors(client: Client, server: Recorder, status: int, kind: str, expected: type[AppwriteException]) -> None:
    server.says({"message": "No.", "code": status, "type": kind, "version": "1.9.6"}, status)
    with pytest.raises(expected) as caught:
        Users(client).get("u")
    error = caught.value
    assert type(error) is expected
    assert (error.message, error.code, error.type) == ("No.", status, kind)
    assert error.response is not None
    assert '"message": "No."' in error.response
    assert error.operation == "users.get"
    assert str(error).startswith(f"users.get: No. ({status} {kind})")


def test_a_missing_scope_is_named(client: Client, server: Recorder) -> None:
    message = 'app.shop@service.localhost (role: applications) missing scopes (["users.read"])'
    server.says({"message": message, "code": 401, "type": "general_unauthorized_scope"}, 401)
    with pytest.raises(MissingScopeError, match=r"users\.read"):
        Users(client).get("u")


def test_a_response_that_is_not_json(client: Client, server: Recorder) -> None:
    server.says(b"<html>proxy</html>", 200, content_type="text/html")
    with pytest.raises(DecodeError, match="<html>proxy"):
        Users(client).get("u")
    server.says(b'{"$id": "u", "name": tru}')
    with pytest.raises(DecodeError, match=r"users\.get"):
        Users(client).get("u")


def test_responses_of_other_types(client: Client, server: Recorder) -> None:
    server.says(b"", 204, content_type="text/html")
    assert Users(client).delete("u") == {}
    server.says(b'{"a": 1}')
    assert Avatars(client).get_initials() == b'{"a": 1}'
    server.says(b"", 301, location="https://elsewhere.example/?secret=1")
    assert Account(client).create_o_auth2_token("github") == "https://elsewhere.example/?secret=1"


def test_ping_and_call(client: Client, server: Recorder) -> None:
    server.says(b"Pong!", content_type="text/plain")
    assert client.ping() == "Pong!"
    assert server.last.path == "/ping"
    server.says({"total": 0})
    assert client.call("get", "/users", params={"search": "a b"}) == {"total": 0}
    assert server.last.query == "search=a%20b" or server.last.query == "search=a+b"
    client.call("post", "/users", {"x-trace": "1"}, {"userId": "u"})
    assert (server.last.method, server.last.json()) == ("POST", {"userId": "u"})
    assert server.last.headers["x-trace"] == "1"


def test_what_is_deprecated_says_so(client: Client, server: Recorder) -> None:
    with pytest.warns(DeprecationWarning, match=r"use TablesDB\.list_rows"):
        Databases(client).list_documents("db", "c")
    assert server.last.path == "/databases/db/collections/c/documents"


def test_a_closed_client(client: Client, server: Recorder) -> None:
    users = Users(client)
    with client:
        users.get("u")
    with pytest.raises(ConfigurationError, match="closed"):
        users.get("u")
    assert len(server.requests) == 1
    assert "closed" in repr(client)


MANY_CLIENTS = """
import sys
from polywrite import Client, Users
for _ in range(1000):
    Users(Client().set_endpoint(sys.argv[1]).set_project("p").set_key("k")).get("u")
"""


def test_a_thousand_clients_share_one_connection(server: Recorder) -> None:
    subprocess.run([sys.executable, "-c", MANY_CLIENTS, server.endpoint], check=True, timeout=60)
    assert (len(server.requests), server.connections) == (1000, 1)


def test_a_connection_that_the_server_closed_is_not_used_again(server: Recorder) -> None:
    client = Client(endpoint=server.endpoint, project="p", retries=0)
    server.respond = lambda request: Response(close=True)
    for number in range(20):
        # A POST must not be retried, so it must notice in time that the connection is closed.
        Users(client).create(f"u{number}")
        server.closed.acquire(timeout=5)
    assert len(server.requests) == server.connections == 20


def unmarked(value: Any) -> Any:
    """A value of the table that all languages share, with the marked values in place of their marks."""
    if isinstance(value, list):
        return [unmarked(item) for item in value]
    if not isinstance(value, dict):
        return value
    match next(iter(value.items()), (None, None)):
        case "@float", text:
            return float(text)
        case "@integer", text:
            return int(text)
        case "@half", text:
            return chr(int(text, 16))
        case "@deep", levels:
            nested: Any = 0
            for _ in range(levels):
                nested = {"a": nested}
            return nested
    return {key: unmarked(item) for key, item in value.items()}


LOST = json.loads((Path(__file__).parents[2] / "tests/fixtures/lost.json").read_text("utf-8"))


@pytest.mark.parametrize("case", LOST, ids=lambda case: json.dumps(case["value"]))
def test_every_language_rejects_the_same_values_and_sends_all_others(
    client: Client, server: Recorder, case: Any
) -> None:
    data = unmarked(case["value"])
    if "place" not in case:
        TablesDB(client).create_row("d", "t", "r", data)
        assert server.last.json()["data"] == data
        return
    with pytest.raises(ArgumentError) as caught:
        TablesDB(client).create_row("d", "t", "r", data)
    assert caught.value.message.startswith(f"`data{case['place']}")
    assert case["reason"] in caught.value.message
    assert not server.requests


def test_a_warning_of_the_server_is_logged_once(
    client: Client, server: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    server.says({}, x_appwrite_warning="The format is newer than the server.")
    for _ in range(3):
        Users(client).get("u")
    assert len(caplog.records) == 1
    assert (caplog.records[0].name, caplog.records[0].levelname) == ("polywrite", "WARNING")
    assert "newer than the server" in caplog.text


def test_debug_logging_shows_calls_and_no_secrets(
    client: Client, server: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", logger="polywrite"):
        Users(client).update_password("u", "hunter22")
    assert "users.updatePassword: PATCH " in caplog.text
    assert "hunter22" not in caplog.text
    assert "secret-key" not in caplog.text


def test_control_characters_and_secrets_of_a_server_stay_out_of_logs(client: Client, server: Recorder) -> None:
    odd = "a\x1b[31m\r\n2026-01-01 root logged in\0\x9b\u202e\u2028b"
    server.says({"message": odd, "code": 500, "type": odd, "trace": [{"password": "TOPSECRET"}]}, 500)
    with pytest.raises(AppwriteException) as reported:
        Users(client).get("u")
    for text in (reported.value.message, reported.value.type, str(reported.value)):
        assert text is not None and text.isprintable(), repr(text)
    body = rb'{"total":"2","users":[{"password":"TOPSECRET","hash":"TOPSECRET","se\u0063ret":"TOPSECRET"'
    server.respond = lambda request: Response(body)
    with pytest.raises(DecodeError) as broken:
        Users(client).list()
    for error in (reported.value, broken.value):
        assert "TOPSECRET" not in f"{error} {error!r} {vars(error)}"
        assert error.response is not None and "[redacted]" in error.response

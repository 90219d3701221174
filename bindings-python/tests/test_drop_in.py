"""All that PyPI appwrite 27 has is here too: the names of the installed package, and what they do."""

from __future__ import annotations

import asyncio
import enum
import importlib
import inspect
import json
import pkgutil
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from polywrite import AsyncClient, Client, DecodeError, InputFile
from recorder import Recorder, Request, Response

appwrite = pytest.importorskip("appwrite", reason="pip install appwrite==27.0.0 to compare with it")

MODULES = [each.name.partition(".")[2] for each in pkgutil.walk_packages(appwrite.__path__, "appwrite.")]

PYDANTIC = {
    # Pydantic's own machinery for classes: deprecated there, or of no use for models that a server sends.
    *("construct", "from_orm", "model_computed_fields", "model_config", "model_json_schema", "model_parametrized_name"),
    *("model_post_init", "model_rebuild", "model_validate_strings", "parse_file", "schema", "schema_json"),
    *("update_forward_refs", "validate"),
}


def pair(module: str) -> tuple[Any, Any]:
    return importlib.import_module(f"appwrite.{module}"), importlib.import_module(f"polywrite.{module}")


def public(names: Any) -> list[str]:
    return [name for name in names if not name.startswith("_")]


@pytest.mark.parametrize("module", MODULES)
def test_names(module: str) -> None:
    theirs, ours = pair(module)
    for name in public(vars(theirs)):
        value = vars(theirs)[name]
        home = getattr(value, "__module__", None) or ""
        own = home == f"appwrite.{module}"
        if isinstance(value, typing.TypeVar) or inspect.ismodule(value) or not home.startswith("appwrite."):
            continue
        # The test ignores what modules of models and encoders only import, and what a module renames.
        if own or (module.startswith(("client", "services")) and name == value.__name__):
            assert hasattr(ours, name), name
        if own and inspect.isclass(value):
            same_class(value, getattr(ours, name))


def same_class(theirs: Any, ours: Any) -> None:
    members = set(public(dir(theirs))) - (PYDANTIC if hasattr(theirs, "model_fields") else set())
    missing = sorted(name for name in members if not hasattr(ours, name))
    assert not missing, f"{theirs.__name__} lacks {missing}"
    if issubclass(theirs, enum.Enum):
        assert {each.name: each.value for each in theirs}.items() <= {each.name: each.value for each in ours}.items()
    elif not hasattr(theirs, "model_fields"):
        for name in members:
            same_arguments(getattr(theirs, name), getattr(ours, name))


def same_arguments(theirs: Any, ours: Any) -> None:
    """Every call that the official function accepts, ours accepts too, by position and by name."""
    if not inspect.isfunction(theirs) and not inspect.ismethod(theirs):
        return
    expected, found = inspect.signature(theirs), inspect.signature(ours)
    names = list(expected.parameters)
    assert [name for name in found.parameters if name in names] == names, theirs.__qualname__
    open_ended = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    for name, each in expected.parameters.items():
        if each.kind not in open_ended and each.default is not each.empty:
            assert found.parameters[name].default is not each.empty, f"{theirs.__qualname__}: {name}"


def sample(kind: Any, depth: int = 0) -> Any:
    """A value in JSON that fits an annotation of the official models."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Union:
        # Of several models the official package chooses a wrong one.
        return sample(arguments[0], depth) if len(arguments) == 2 and type(None) in arguments else None
    if origin is list:
        return [each for each in [sample(arguments[0], depth + 1)] if each is not None]
    model = origin or kind
    if inspect.isclass(model) and hasattr(model, "model_fields"):
        return record(model, depth + 1)
    if inspect.isclass(kind) and issubclass(kind, enum.Enum):
        return next(iter(kind)).value
    return {str: f"text {depth}", float: 7, int: 7, bool: True}.get(kind, {"free": "data"} if origin is dict else "any")


def record(model: Any, depth: int = 0) -> dict[str, Any]:
    values = {field.alias or name: sample(field.annotation, depth) for name, field in model.model_fields.items()}
    return {**values, "title": "Momo"} if hasattr(model, "data") else values


def official_models() -> Iterator[Any]:
    for module in MODULES:
        if module.startswith("models.") and module != "models.base_model":
            theirs, ours = pair(module)
            for name, value in vars(theirs).items():
                if inspect.isclass(value) and value.__module__ == theirs.__name__:
                    yield pytest.param(value, getattr(ours, name), id=name)


@pytest.mark.parametrize(("theirs", "ours"), list(official_models()))
def test_models_hold_the_same(theirs: Any, ours: Any) -> None:
    wire = record(theirs)
    make = "with_data" if hasattr(theirs, "with_data") else "from_dict"
    expected, found = getattr(theirs, make)(wire), getattr(ours, make)(wire)
    for name in theirs.model_fields:
        same_value(getattr(expected, name), getattr(found, name))
    assert found.to_dict() == expected.to_dict()
    assert json.loads(found.to_json()).keys() >= expected.to_dict().keys()
    assert set(theirs.model_fields) <= set(ours.model_fields)
    within(expected.model_dump(mode="json"), found.model_dump(mode="json"))
    assert ours.with_data(found.to_dict()) == found


def within(expected: Any, found: Any) -> None:
    """Ours may have newer fields."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            within(value, found[name])
    elif isinstance(expected, list):
        assert len(expected) == len(found)
        for one, other in zip(expected, found, strict=True):
            within(one, other)
    else:
        assert found == expected


def same_value(expected: Any, found: Any) -> None:
    if isinstance(expected, enum.Enum):
        assert (found.name, found.value) == (expected.name, expected.value)
    elif isinstance(expected, list):
        assert len(found) == len(expected)
        for one, other in zip(expected, found, strict=True):
            same_value(one, other)
    elif hasattr(type(expected), "model_fields"):
        assert found.to_dict() == expected.to_dict()
    else:
        assert found == expected


def test_queries_may_be_objects(client: Client, server: Recorder) -> None:
    from polywrite import Query, TablesDB

    chain = Query.Builder().equal("a", 1)
    assert isinstance(Query.builder(), Query.Builder)
    texts = []
    for queries in (chain.build(), chain, [Query("equal", "a", [1])]):
        TablesDB(client).list_rows("db", "t", queries)  # type: ignore[arg-type]
        texts.append(server.last.query)
    assert texts[0] and texts == texts[:1] * 3


FLAT: list[tuple[Any, bool]] = [
    ({"a": 1, "b": [1, "x", True], "c": {"d": [None, {"e": False}]}}, False),
    ({"a": 1, "b": [1.5, "x", True], "c": {"d": ["", {"e": False}]}}, True),
    (["a", {"b": "c"}], False),
    ({"empty": [], "none": {}}, False),
]


@pytest.mark.parametrize(("data", "stringify"), FLAT)
def test_flatten(data: Any, stringify: bool) -> None:
    theirs, _ = pair("client")
    assert Client().flatten(data, stringify=stringify) == theirs.Client().flatten(data, stringify=stringify)
    assert Client().flatten(data, "x") == theirs.Client().flatten(data, "x")


def test_encoder(client: Client) -> None:
    from polywrite.encoders.value_class_encoder import ValueClassEncoder
    from polywrite.enums import Browser
    from polywrite.models import Target

    text = json.dumps({"target": Target.from_dict({"$id": "t"}), "browser": Browser.CHROMIUM}, cls=ValueClassEncoder)
    assert json.loads(text) == {"target": {"$id": "t"}, "browser": Browser.CHROMIUM.value}
    with pytest.raises(TypeError):
        json.dumps(client, cls=ValueClassEncoder)


def test_the_decorator_of_old_functions() -> None:
    from polywrite.utils.deprecated import deprecated

    @deprecated("use another")
    def old() -> int:
        return 1

    @deprecated
    def bare() -> int:
        return 2

    with pytest.warns(DeprecationWarning, match="use another"):
        assert old() == 1
    with pytest.warns(DeprecationWarning):
        assert bare() == 2


def test_chunked_upload(client: Client, server: Recorder, tmp_path: Path) -> None:
    content = bytes(range(256)) * 4096 * 11  # three chunks
    path = tmp_path / "film.bin"
    path.write_bytes(content)

    def respond(request: Request) -> Response:
        ends = request.headers["content-range"].partition("-")[2]
        done = -(-(int(ends.partition("/")[0]) + 1) // (5 << 20))
        return Response({"$id": "film", "chunksTotal": 3, "chunksUploaded": done, "signature": "x"}, 201)

    server.respond = respond
    seen: list[dict[str, Any]] = []
    result = client.chunked_upload(
        "/storage/buckets/films/files",
        {"content-type": "multipart/form-data", "x-mine": "1"},
        {"fileId": "film", "file": InputFile.from_path(path), "permissions": None},
        "file",
        seen.append,
        "film",
    )
    assert result["$id"] == "film"
    assert seen[-1]["chunksUploaded"] == 3
    assert {request.path for request in server.requests} == {"/storage/buckets/films/files"}
    assert all(request.headers["x-mine"] == "1" for request in server.requests)
    assert sum(content[:100] in request.body for request in server.requests) == 3
    with pytest.raises(ValueError, match="POST /users takes no file"):
        client.chunked_upload("/users", {}, {"file": InputFile.from_bytes(b"x", "x")}, "file")


def test_chunked_upload_without_a_file_is_a_call(client: Client, server: Recorder) -> None:
    client.chunked_upload("/functions/f/deployments", {"content-type": "application/json"}, {"activate": True}, "code")
    assert (server.last.path, server.last.json()) == ("/functions/f/deployments", {"activate": True})


JSON = {"content-type": "application/json"}


def test_a_raw_call_sends_null(client: Client, server: Recorder) -> None:
    client.call("patch", "/x", JSON, {"name": None, "in": {"deep": None}})
    assert server.last.json() == {"name": None, "in": {"deep": None}}
    client.call("get", "/x", {}, {"name": None, "limit": 1})
    assert server.last.target == "/v1/x?limit=1"


def test_a_raw_call_returns_text(client: Client, server: Recorder) -> None:
    server.says({"status": "pass"})
    assert client.call("get", "/x", response_type="text") == '{"status": "pass"}'
    server.says("Grüße".encode(), content_type="text/plain")
    assert client.call("get", "/x", response_type="text") == "Grüße"
    assert client.call("get", "/x") == "Grüße".encode()
    server.says(b"\xff")
    with pytest.raises(DecodeError, match=r"client\.request"):
        client.call("get", "/x", response_type="text")


def test_a_raw_response_that_is_not_json(client: Client, server: Recorder) -> None:
    server.says(b'{"secret": "topsecret", "a":')
    with pytest.raises(DecodeError, match=r"client\.request") as caught:
        client.call("get", "/x")
    assert "topsecret" not in str(caught.value) + repr(vars(caught.value))
    assert caught.value.__context__ is None
    server.says(b"", 204)
    assert client.call("delete", "/x") == b""
    server.says({}, 301, location="https://elsewhere.example.com/")
    assert client.call("get", "/x", response_type="location") == "https://elsewhere.example.com/"


def test_a_raw_call_may_send_a_file(client: Client, async_client: AsyncClient, server: Recorder) -> None:
    server.says({"$id": "f", "chunksTotal": 1, "chunksUploaded": 1}, 201)
    headers = {"Content-Type": "multipart/form-data"}
    params = {"fileId": "f", "file": InputFile.from_bytes(b"content", "note.txt")}
    asynchronous = async_client.call("post", "/storage/buckets/films/files", headers, params)
    for file in (client.call("post", "/storage/buckets/films/files", headers, params), asyncio.run(asynchronous)):
        assert file["$id"] == "f"
        assert b'filename="note.txt"' in server.last.body
    # Without a file the body is JSON, with its content type.
    client.call("post", "/x", headers, {"a": 1})
    assert (server.last.headers["content-type"], server.last.json()) == ("application/json", {"a": 1})


def test_headers_are_those_that_calls_send(client: Client, server: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, _ = pair("client")
    official = theirs.Client().set_key("secret-key").add_header("X-Extra", "1").get_headers()
    client.add_header("X-Extra", "1")
    assert {name.lower() for name in official} - {"content-type"} <= client.get_headers().keys()
    client.call("get", "/x")
    assert client.get_headers().items() <= server.last.headers.items()
    monkeypatch.setenv("APPWRITE_ENDPOINT", server.endpoint)
    monkeypatch.setenv("APPWRITE_API_KEY", "env-key")
    assert Client.from_env(project="p").get_headers()["x-appwrite-key"] == "env-key"
    assert "x-appwrite-key" not in client.with_session("s").get_headers()

"""Settings and credentials."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
import traceback
import typing
import uuid
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from pprint import pformat
from types import MappingProxyType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
from polywrite import AsyncClient, AsyncUsers, Client, ConfigurationError, TablesDB, Users
from polywrite.exception import AppwriteException, ArgumentError, NotFoundError
from recorder import Recorder

CREDENTIALS = {
    "key": "x-appwrite-key",
    "session": "x-appwrite-session",
    "jwt": "x-appwrite-jwt",
    "bearer": "authorization",
    "cookie": "cookie",
    "dev_key": "x-appwrite-dev-key",
}


def test_setters_chain_and_reach_the_wire(server: Recorder) -> None:
    client = Client()
    same = client.set_endpoint(server.endpoint).set_project("p").set_locale("de").set_jwt("token")
    same.set_organization("o").set_forwarded_user_agent("Browser").set_impersonate_user_id("u")
    same.add_header("X-Extra", "1")
    assert same is client
    Users(client).get("u")
    headers = server.last.headers
    assert headers["x-appwrite-locale"] == "de"
    assert headers["x-appwrite-jwt"] == "token"
    assert headers["x-appwrite-organization"] == "o"
    assert headers["x-forwarded-user-agent"] == "Browser"
    assert headers["x-appwrite-impersonate-user-id"] == "u"
    assert headers["x-extra"] == "1"
    assert client.get_config("project") == "p"
    assert client.get_config("impersonate_user_id") == "u"
    assert client.get_headers()["x-appwrite-jwt"] == "token"


@pytest.mark.parametrize("kind", CREDENTIALS)
def test_another_credential_replaces_the_old_ones(server: Recorder, client: Client, kind: str) -> None:
    client.set_impersonate_user_id("boss").set_dev_key("dev")
    other = getattr(client, f"with_{kind}")("other-secret")
    Users(other).get("u")
    sent = {name: header for name, header in CREDENTIALS.items() if header in server.last.headers}
    assert list(sent) == [kind]
    assert "x-appwrite-impersonate-user-id" not in server.last.headers
    assert server.last.headers["x-appwrite-project"] == "shop"
    for _ in range(10):
        Users(client).get("u")
        assert server.last.headers["x-appwrite-key"] == "secret-key"
        Users(other).get("u")
    assert server.connections == 1


def test_without_credentials(server: Recorder, client: Client) -> None:
    Users(client.without_credentials()).get("u")
    assert not set(CREDENTIALS.values()) & set(server.last.headers)


def test_key_and_session_are_never_sent_together(client: Client) -> None:
    with pytest.raises(ConfigurationError, match="two clients"):
        client.set_session("s")
    with pytest.raises(ConfigurationError):
        Client(key="k", session="s")
    assert client.get_config("session") == ""


def test_wrong_settings() -> None:
    with pytest.raises(ConfigurationError, match="http"):
        Client().set_endpoint("appwrite.example.com")
    with pytest.raises(ConfigurationError):
        Client().set_key("a\nb")
    with pytest.raises(TypeError, match="session"):
        Client().with_session(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="endpiont"):
        Client(endpiont="x")  # type: ignore[call-arg]


def test_from_env(monkeypatch: pytest.MonkeyPatch, server: Recorder) -> None:
    monkeypatch.setenv("APPWRITE_ENDPOINT", server.endpoint)
    monkeypatch.setenv("APPWRITE_PROJECT_ID", "p")
    monkeypatch.setenv("APPWRITE_API_KEY", "env-key")
    client = Client.from_env()
    Users(client).get("u")
    assert (client.endpoint, client.project) == (server.endpoint, "p")
    assert server.last.headers["x-appwrite-key"] == "env-key"
    assert server.last.headers["x-sdk-language"] == "python"


def test_from_function(monkeypatch: pytest.MonkeyPatch, server: Recorder) -> None:
    monkeypatch.setenv("APPWRITE_FUNCTION_API_ENDPOINT", server.endpoint)
    monkeypatch.setenv("APPWRITE_FUNCTION_PROJECT_ID", "p")
    headers = {"X-Appwrite-Key": "dynamic", "x-appwrite-user-jwt": "user-token"}
    context = SimpleNamespace(req=SimpleNamespace(headers=headers))
    for request in (context, context.req, headers):
        Users(Client.from_function(request)).get("u")
        assert server.last.headers["x-appwrite-key"] == "dynamic"
        assert "x-appwrite-jwt" not in server.last.headers
    Users(Client.from_function_user(context)).get("u")
    assert server.last.headers["x-appwrite-jwt"] == "user-token"
    assert "x-appwrite-key" not in server.last.headers


KEY = {"APPWRITE_API_KEY": "env-key"}
PROJECT = {"APPWRITE_PROJECT_ID": "shop"}
MAKERS: list[Any] = [
    lambda kind, **settings: kind.from_env(**settings),
    lambda kind, **settings: kind.from_function({"x-appwrite-key": "dynamic"}, **settings),
    lambda kind, **settings: kind.from_function_user({"x-appwrite-user-jwt": "j"}, **settings),
    lambda kind, **settings: kind.from_cookies("a_session_shop=s", **settings),
]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_without_an_endpoint_or_a_project_in_the_environment_an_error_names_the_variables(
    monkeypatch: pytest.MonkeyPatch, server: Recorder, make: Any, kind: Any
) -> None:
    endpoint = {"APPWRITE_ENDPOINT": server.endpoint}
    for name in [*KEY, *PROJECT, *endpoint]:
        monkeypatch.delenv(name, raising=False)
    given = {"endpoint": server.endpoint, "project": "shop"}
    for variables, setting in [
        ({**KEY, **PROJECT}, "endpoint"),
        ({**KEY, **PROJECT, "APPWRITE_ENDPOINT": ""}, "endpoint"),
        ({**KEY, **endpoint}, "project"),
        ({**KEY, **endpoint, "APPWRITE_PROJECT_ID": " "}, "project"),
    ]:
        with monkeypatch.context() as environment:
            for name, value in variables.items():
                environment.setenv(name, value)
            for settings in ({}, {setting: None}):
                with pytest.raises(ConfigurationError, match=f"does not name the {setting}") as caught:
                    make(kind, **settings)
                shown = str(caught.value) + repr(caught.value) + str(caught.value.hint)
                assert "APPWRITE_ENDPOINT" in shown or "APPWRITE_PROJECT_ID" in shown
                assert "env-key" not in shown
            client = make(kind, **{setting: given[setting]})
            assert (client.endpoint, client.project) == (server.endpoint, "shop")
    monkeypatch.setenv("APPWRITE_ENDPOINT", server.endpoint)
    assert make(kind, organization="acme", project=None if make is not MAKERS[3] else "shop").endpoint


def test_settings_win_over_the_environment(monkeypatch: pytest.MonkeyPatch, server: Recorder) -> None:
    for name, value in {**KEY, **PROJECT, "APPWRITE_ENDPOINT": "http://127.0.0.1:1/v1"}.items():
        monkeypatch.setenv(name, value)
    client = Client.from_env(endpoint=server.endpoint, key="own", app_name="mine", retries=0)
    Users(client).get("u")
    assert server.last.headers["x-appwrite-key"] == "own"
    assert server.last.headers["x-appwrite-project"] == "shop"
    assert (client.get_config("endpoint"), client.get_config("project")) == (server.endpoint, "shop")
    assert "mine" in server.last.headers["user-agent"]


def test_the_settings_of_from_env_are_those_of_the_constructor() -> None:
    from polywrite._signatures import ClientSettings

    constructor = typing.get_type_hints(Client.__init__)
    del constructor["return"]
    assert typing.get_type_hints(ClientSettings) == constructor


COOKIES = json.loads((Path(__file__).parents[2] / "tests/fixtures/cookies.json").read_text("utf-8"))


@pytest.mark.parametrize("case", COOKIES, ids=lambda case: json.dumps(case["cookies"]))
def test_the_session_of_a_visitor_is_found_in_every_form_that_frameworks_have_of_the_cookies(
    server: Recorder, client: Client, case: Any
) -> None:
    cookies = case["cookies"]
    forms = [cookies]
    if isinstance(cookies, str):
        forms += [{"cookie": cookies}, Message()]
        forms[-1]["Cookie"] = cookies
    elif isinstance(cookies, dict):
        forms += [MappingProxyType(cookies), {name: SimpleNamespace(value=value) for name, value in cookies.items()}]
    for form in forms:
        Users(client.with_session_of(form)).get("u")
        assert server.last.headers.get("x-appwrite-session") == case["session"], form
        assert "x-appwrite-key" not in server.last.headers


def test_what_holds_no_cookies_is_an_error(client: Client) -> None:
    for wrong in (5, b"a_session_shop=s", ["a_session_shop=s"]):
        with pytest.raises(TypeError, match="the text of a Cookie header or a mapping"):
            client.with_session_of(wrong)  # type: ignore[arg-type]


def test_from_cookies(monkeypatch: pytest.MonkeyPatch, server: Recorder) -> None:
    monkeypatch.setenv("APPWRITE_ENDPOINT", server.endpoint)
    monkeypatch.setenv("APPWRITE_PROJECT_ID", "shop")
    monkeypatch.setenv("APPWRITE_API_KEY", "env-key")
    Users(Client.from_cookies({"a_session_shop": "s"})).get("u")
    assert server.last.headers["x-appwrite-session"] == "s"
    Users(Client.from_cookies({})).get("u")
    assert "x-appwrite-session" not in server.last.headers
    assert "x-appwrite-key" not in server.last.headers


@pytest.mark.parametrize("client_class", [Client, AsyncClient])
def test_secrets_are_not_shown(client_class: Any) -> None:
    client = client_class(endpoint="http://127.0.0.1:1/v1", project="p", key="topsecret", proxy="http://u:topsecret@x")
    assert "topsecret" not in repr(client) + str(client) + f"{client:}" + str(vars(client)) + pformat(vars(client))
    with pytest.raises(TypeError):
        pickle.dumps(client)


def shown_by_frames(error: BaseException, of_caller: str) -> str:
    """What a program that reports errors shows of the SDK's variables, but for the arguments of the caller's name."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__) if "polywrite" in frame.f_code.co_filename]
    named = [(name, value) for frame in frames for name, value in frame.f_locals.items() if name != of_caller]
    assert named
    return repr(named)


def test_the_frames_of_an_error_hold_parameters_under_their_names_alone(server: Recorder, client: Client) -> None:
    server.says({"message": "no", "type": "general_argument_invalid"}, 400)
    asynchronous = AsyncUsers(AsyncClient(endpoint=server.endpoint, project="p"))
    calls: tuple[Callable[[], object], ...] = (
        lambda: Users(client).create("u", password="topsecret"),
        lambda: Users(client).create("", password="topsecret"),
        lambda: Users(client).create(uuid.UUID(int=0), password="topsecret", email=b""),  # type: ignore[arg-type]
        lambda: asyncio.run(asynchronous.create("u", password="topsecret")),
        lambda: asyncio.run(asynchronous.create("", password="topsecret")),
    )
    for call in calls:
        with pytest.raises(AppwriteException) as raised:
            call()
        assert "topsecret" not in shown_by_frames(raised.value, "password")


def test_the_frames_of_an_error_hold_credentials_under_their_names_alone() -> None:
    with pytest.raises(ConfigurationError) as raised:
        Client(endpoint="x", key="topsecret")
    assert "topsecret" not in shown_by_frames(raised.value, "key")
    with pytest.raises(ConfigurationError) as raised:
        Client(endpoint="http://127.0.0.1:1/v1", key="k", session="topsecret")
    assert "topsecret" not in shown_by_frames(raised.value, "session")


def test_headers_are_hidden_when_they_are_printed_and_not_when_they_are_sent() -> None:
    client = Client(endpoint="http://127.0.0.1:1/v1", key="topsecret").add_header("X-Mine", "topsecret")
    headers = client.get_headers()
    for text in (repr(headers), str(headers), f"{headers}", pformat(headers), pformat([headers])):
        assert "topsecret" not in text
        assert "'x-appwrite-key': '[redacted]'" in text
        assert "'x-sdk-language': 'python'" in text
    assert headers["x-appwrite-key"] == dict(headers)["x-mine"] == "topsecret"
    assert json.loads(json.dumps(headers)) == pickle.loads(pickle.dumps(headers)) == copy.deepcopy(headers) == headers
    headers["x-mine"] = "changed"
    assert client.get_headers()["x-mine"] == "topsecret"


def test_errors_hold_no_secrets(server: Recorder) -> None:
    secret = "".join(["top", "secret"])  # in parts, because a traceback shows source lines
    client = Client(endpoint=server.endpoint, project="p", key=secret)
    server.says({"message": "No.", "type": "user_not_found", "code": 404}, 404)
    try:
        Users(client).update_password("u", secret)
    except AppwriteException as error:
        assert error.__context__ is None
        assert error.__cause__ is None
        assert secret not in repr(error) + str(error) + traceback.format_exc() + repr(vars(error))
    else:
        pytest.fail("no error")
    try:
        Client(key=secret + "\n\nsecond line")
    except ConfigurationError as error:
        assert secret not in traceback.format_exc()
        assert error.__context__ is None
    else:
        pytest.fail("no error")


def test_errors_cross_processes(server: Recorder, client: Client) -> None:
    server.says({"message": "No.", "type": "user_not_found", "code": 404}, 404)
    with pytest.raises(NotFoundError) as caught:
        Users(client).get("u")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is NotFoundError
    assert str(copy) == str(caught.value) == "users.get: No. (404 user_not_found)"
    plain = pickle.loads(pickle.dumps(AppwriteException("m", 1, "t", "r")))
    assert (plain.message, plain.code, plain.type, plain.response) == ("m", 1, "t", "r")
    assert str(plain) == "m"


def test_a_service_of_an_asynchronous_client_is_asynchronous(async_client: AsyncClient) -> None:
    service: Any = TablesDB(async_client)  # type: ignore[arg-type]
    assert type(service).__name__ == "AsyncTablesDB"
    assert service.client is async_client


def test_settings_of_the_wrong_type(client: Client) -> None:
    whole = "must be a whole number"
    wrong_counts: tuple[Any, ...] = (1.5, True, "1")
    wrong: list[tuple[Any, str]] = [
        (lambda: Client(endpoint=5), "`endpoint` must be text"),  # type: ignore[arg-type]
        (lambda: client.set_key(b"secret"), "`key` is bytes, which JSON cannot write"),  # type: ignore[arg-type]
        (lambda: client.set_project(7), "`project` must be text"),  # type: ignore[arg-type]
        (lambda: client.set_self_signed("no"), "`self_signed` must be true or false"),  # type: ignore[arg-type]
        (lambda: client.set_timeout("5"), "`timeout` must be a duration, 0 or more"),  # type: ignore[arg-type]
        (lambda: client.set_timeout(True), "`timeout` must be a duration, 0 or more"),
        (lambda: client.set_timeout(-1), "`timeout` must be a duration, 0 or more"),
        (lambda: client.set_timeout(float("nan")), "`timeout` is NaN"),
        (lambda: client.set_timeout(float("inf")), "`timeout` is inf"),
        (lambda: client.set_retries(1.5), f"`retries.max` {whole}, 0 or more"),  # type: ignore[arg-type]
        (lambda: client.set_retries(-1), f"`retries.max` {whole}, 0 or more"),
        (lambda: client.set_max_connections(-1), f"`max_connections` {whole}, more than 0"),
        (lambda: Client(deadline=0), "`deadline` must be more than 0"),
        (lambda: Client(max_response_bytes=0), "`max_response_bytes` must be more than 0"),
        *(
            (lambda count=count: client.set_max_response_bytes(count), f"`max_response_bytes` {whole}, more than 0")
            for count in wrong_counts
        ),
    ]
    for call, message in wrong:
        with pytest.raises(ConfigurationError, match=f"^the setting {message}"):
            call()
    for call, message in (
        (lambda: client.set_endpoint(None), "endpoint must be text, not NoneType"),  # type: ignore[arg-type]
        (lambda: client.add_header("x", 5), r"headers\.x must be text, not int"),  # type: ignore[arg-type]
    ):
        with pytest.raises(TypeError, match=message):
            call()


def test_limits_can_be_set() -> None:
    client = Client(deadline=2, max_response_bytes=1000, max_connections=7)
    assert client.get_config("max_connections") == 7
    assert client.set_deadline(None).set_max_response_bytes(2**60).set_max_connections(1).get_config("deadline") is None


def test_a_client_is_copied_but_not_pickled(server: Recorder, client: Client) -> None:
    for other in (copy.copy(client), copy.deepcopy(client), copy.deepcopy(Users(client)).client):
        Users(other.set_key("other-key")).get("u")
        assert server.last.headers["x-appwrite-key"] == "other-key"
    Users(client).get("u")
    assert server.last.headers["x-appwrite-key"] == "secret-key"
    for thing in (client, Users(client)):
        with pytest.raises(TypeError, match="a Client cannot be pickled: it holds credentials"):
            pickle.dumps(thing)


def test_get_config_as_in_appwrite() -> None:
    client = Client().set_project("p").set_forwarded_user_agent("Browser")
    assert (client.get_config("project"), client.get_config("key")) == ("p", "")
    assert client.get_config("forwardeduseragent") == client.get_config("forwarded_user_agent") == "Browser"


@pytest.mark.parametrize("options", [{"timeout": True}, {"retries": True}, {"retries": False}])
def test_options_are_not_booleans(client: Client, server: Recorder, options: Any) -> None:
    with pytest.raises(ArgumentError, match=f"the option `{next(iter(options))}` must be a"):
        Users(client).get("u", **options)
    assert not server.requests


def test_another_client_in_a_service_makes_its_calls(client: Client, server: Recorder) -> None:
    users = Users(client)
    users.client = client.with_key("another")
    users.get("u")
    assert server.last.headers["x-appwrite-key"] == "another"
    with pytest.raises(TypeError, match="Users needs a Client"):
        users.client = "client"  # type: ignore[assignment]


def test_a_mock_is_not_a_client() -> None:
    with pytest.raises(TypeError, match="Users needs a Client, not MagicMock"):
        Users(MagicMock())

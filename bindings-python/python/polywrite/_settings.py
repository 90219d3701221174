"""What both clients have in common: their settings."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from . import _types
from ._call import whole
from ._error import made
from ._polywrite import Client as NativeClient
from .generated.settings import CREDENTIALS, SETTINGS, Setters

if TYPE_CHECKING:
    from ._telemetry import WorkSpan
    from ._watch import Watch


class _Given(dict[str, Any]):
    """What is set on a client. Credentials are among it, so it does not show itself, nor in the frames of an error."""

    def __repr__(self) -> str:
        return f"<{len(self)} settings>"


class _Headers(dict[str, str]):
    """Headers of a client, which hide credentials when they are printed."""

    def __init__(self, native: NativeClient) -> None:
        description = _description(native)
        super().__init__(description["headers"])
        self._hidden = description["hidden"]

    def __repr__(self) -> str:
        return repr({**self, **{name: "[redacted]" for name in self._hidden if name in self}})

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class Settings(Setters):
    """Settings and credentials. The setters change this client and return it, for chains; the `with_…` methods make
    another client and share the connections. All are safe to call from any thread."""

    _watch: Watch | None = None
    """What is heard of this client's calls."""
    _work: WorkSpan | None = None
    """The span of the work that its commands are steps of."""

    def set_hooks(
        self,
        *,
        before_attempt: _types.Hook | None = None,
        after_attempt: _types.Hook | None = None,
        before_retry: _types.Hook | None = None,
    ) -> _types.Self:
        """Has these functions hear of every attempt of this client's calls, and of those of clients made of it; no
        others than these, and without any, none.

        They are called in the order of what happened, by the thread or the event loop that makes the call, and cannot
        change it. What one raises is logged.
        """
        hooks = {"before_attempt": before_attempt, "after_attempt": after_attempt, "before_retry": before_retry}
        given = {name: hook for name, hook in hooks.items() if hook is not None}
        if not all(callable(hook) for hook in given.values()):
            raise TypeError("a hook must be callable")
        from ._watch import Watch

        self._watch = Watch(given) if given else None
        return self

    def _begin(self, given: dict[str, Any]) -> None:
        given = _Given(given)
        self._config = _Given()
        self._native: NativeClient = _blank()
        self._change({name: _value(name, value) for name, value in given.items() if value is not None})

    @classmethod
    def from_env(cls, **settings: _types.Unpack[_types.ClientSettings]) -> _types.Self:
        """A client from `APPWRITE_ENDPOINT`, `APPWRITE_PROJECT_ID` and `APPWRITE_API_KEY`, or the variables that
        Appwrite gives to functions and sites. `settings`, as the constructor takes them, win over the variables.

        Raises `ConfigurationError` when neither names the endpoint and the project; with an `organization` there needs
        to be no project.
        """
        client = cls(**settings)
        client._native = _changed(client._native, environment=None)
        client._config = _Given(client._config, endpoint=client.endpoint, project=client.project or "")
        return client

    @classmethod
    def from_function(cls, request: Any, **settings: _types.Unpack[_types.ClientSettings]) -> _types.Self:
        """A client for the inside of an Appwrite Function: settings as `from_env`, the key from the request.

        `request` is the function's `context`, its `context.req`, or the headers.
        """
        from ._incoming import headers_of

        return cls.from_env(**settings)._copy(function={"headers": headers_of(request), "user": False})

    @classmethod
    def from_function_user(cls, request: Any, **settings: _types.Unpack[_types.ClientSettings]) -> _types.Self:
        """As `from_function`, but calls are made as the user who called the function, or as a guest."""
        from ._incoming import headers_of

        return cls.from_env(**settings)._copy(function={"headers": headers_of(request), "user": True})

    @classmethod
    def from_cookies(
        cls, cookies: str | Mapping[str, Any] | None, **settings: _types.Unpack[_types.ClientSettings]
    ) -> _types.Self:
        """A client from the environment with the session of a browser: see `with_session_of`."""
        return cls.from_env(**settings).with_session_of(cookies)

    def with_session_of(self, cookies: str | Mapping[str, Any] | None) -> _types.Self:
        """A client with only the session that a browser's cookies carry for this project; a guest without one.

        `cookies` is the text of a `Cookie` header, or a mapping as web frameworks give it: of cookies or of headers.
        """
        from ._incoming import session_pairs

        return self._copy(session=session_pairs(cookies, lambda: _description(self._native)["sessionSources"]))

    def without_credentials(self) -> _types.Self:
        """A client without any credential."""
        return self._only("none", "")

    def add_header(self, key: str, value: str) -> _types.Self:
        """Sends a header with every call."""
        return self._change({"headers": {_text("headers", key): _text(f"headers.{key}", value)}})

    def get_headers(self) -> dict[str, str]:
        """A copy of the headers that every call sends, names in lower case. Credentials are among them; printing it
        shows `[redacted]` for those and for headers that the program added."""
        return _Headers(self._native)

    def get_config(self, key: str) -> Any:
        """A setting by its name, such as `project` or `dev_key`; empty text when it was not set here."""
        wanted = key.replace("_", "").lower()
        return next((value for name, value in self._config.items() if name.lower() == wanted), "")

    @property
    def endpoint(self) -> str:
        """Where the API is."""
        endpoint: str = _description(self._native)["endpoint"]
        return endpoint

    @property
    def project(self) -> str | None:
        """The ID of the project."""
        project: str | None = _description(self._native)["project"]
        return project

    def __repr__(self) -> str:
        if isinstance(self._native, Closed):
            return f"{type(self).__name__}(closed)"
        return f"{type(self).__name__}(endpoint={self.endpoint!r}, project={self.project!r})"

    def __copy__(self) -> _types.Self:
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    def __deepcopy__(self, memo: object) -> _types.Self:
        return self.__copy__()

    def __reduce__(self) -> NoReturn:
        name = type(self).__name__
        raise TypeError(
            f"a {name} cannot be pickled: it holds credentials and connections; "
            f"make one in each process, with {name}.from_env() for example"
        )

    def _set(self, name: str, value: Any) -> _types.Self:
        if value is None and name == "endpoint":
            # `None` would stand for Appwrite's cloud, where the credentials of another server must not go.
            raise TypeError("endpoint must be text, not NoneType")
        return self._change({name: None if value is None else _value(name, value)})

    def _change(self, changes: dict[str, Any]) -> _types.Self:
        changes = _Given(changes)
        self._native = _changed(self._native, settings=changes)
        if "headers" in changes:
            changes["headers"] = {**self._config.get("headers", {}), **changes["headers"]}
        self._config = _Given(self._config, **changes)
        return self

    def _only(self, kind: str, secret: str) -> _types.Self:
        client = self._copy(credential=[kind, _text(kind, secret)])
        if kind != "none":
            client._config[kind] = secret
        return client

    def _copy(self, **record: Any) -> _types.Self:
        """Another client with these settings and other credentials, as a record says."""
        client = type(self).__new__(type(self))
        client._native = _changed(self._native, **record)
        client._watch = self._watch
        client._config = _Given((name, value) for name, value in self._config.items() if name not in CREDENTIALS)
        return client

    def _shut(self) -> None:
        self._native = Closed()  # type: ignore[assignment]
        self._config = _Given()


class Closed:
    """Stands in for the native client of a client that was closed."""

    def __getattr__(self, name: str) -> Any:
        from .exception import ConfigurationError

        raise ConfigurationError("the client is closed")


def _changed(native: NativeClient, **record: Any) -> NativeClient:
    """A client made of another one; see `made_of` in bridge/src/client.rs."""
    record = _Given(record)
    changed: NativeClient = made(lambda: native.changed(json.dumps(record)))
    return changed


def _description(native: NativeClient) -> dict[str, Any]:
    """What a client is set to."""
    description: dict[str, Any] = json.loads(native.describe())
    return description


_BLANK: NativeClient | None = None


def _blank() -> NativeClient:
    """A native client with default settings, made once."""
    global _BLANK
    if _BLANK is None:
        _BLANK = NativeClient()
    return _BLANK


def _value(name: str, value: Any) -> Any:
    """A setting as the native layer reads it, which checks it."""
    shown, kind = SETTINGS[name]
    if kind == "file":
        return _text_of(value)
    value = whole(shown, value) if isinstance(value, str) else _plain(shown, value)
    if kind == "seconds" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return value * 1000
    return {"max": value} if kind == "attempts" else value


def _plain(name: str, value: Any) -> Any:
    """A value in what JSON has."""
    if isinstance(value, (bool, int)):
        return value
    from ._values import text
    from .exception import ArgumentError, ConfigurationError

    try:
        return json.loads(text(name, value))
    except ArgumentError as error:
        raise ConfigurationError(f"the setting {error.message}") from None


def _text_of(path: _types.Path) -> str:
    with open(os.fspath(path), encoding="ascii", errors="replace") as file:
        return file.read()


def _text(name: str, value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text, not {type(value).__name__}")
    return whole(name, value)

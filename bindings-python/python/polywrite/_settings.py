"""What both clients have in common: their settings."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, NoReturn

from . import __version__, _types
from ._calls import made, whole
from ._incoming import cookie_header, headers_of
from ._polywrite import Client as NativeClient

_CREDENTIALS = ("key", "session", "jwt", "bearer", "cookie", "devKey")
_SWITCHES = {"selfSigned": "self_signed", "selfHosted": "self_hosted", "http1Only": "http1_only"}
_COUNTS = ("maxResponseBytes", "maxConnections")
_IMPERSONATION = ("impersonateUserId", "impersonateUserEmail", "impersonateUserPhone")


class _Given(dict[str, Any]):
    """What was set on a client. Credentials are among it, so it does not show itself."""

    def __repr__(self) -> str:
        return f"<{len(self)} settings>"


class _Headers(dict[str, str]):
    """Headers of a client, which hide credentials when they are printed."""

    def __init__(self, native: NativeClient) -> None:
        super().__init__(native.headers())
        self._hidden = native.hidden_headers()

    def __repr__(self) -> str:
        return repr({**self, **{name: "[redacted]" for name in self._hidden if name in self}})

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class Settings:
    """Settings and credentials. The setters change this client and return it, for chains; the `with_…` methods make
    another client and share the connections. All are safe to call from any thread."""

    def __init__(
        self,
        *,
        endpoint: str | None = None,
        project: str | None = None,
        organization: str | None = None,
        key: str | None = None,
        session: str | None = None,
        jwt: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        idle_timeout: float | None = None,
        deadline: float | None = None,
        max_response_bytes: int | None = None,
        max_connections: int | None = None,
        retries: int | None = None,
        ca_file: _types.Path | None = None,
        proxy: str | None = None,
        app_name: str | None = None,
        self_hosted: bool | None = None,
        http1_only: bool | None = None,
        response_format: str | None = None,
    ) -> None:
        """Timeouts are seconds: `timeout` for one attempt's answer to begin (40), `connect_timeout` to connect (10),
        `idle_timeout` for the next bytes of a body (30), `deadline` for a call in all: connecting, retries, waits and
        the whole body (no limit). `retries` is how often a failed attempt is repeated where that is safe (3).
        `max_response_bytes` is the largest response that is read into memory, after decompression (256 MiB);
        `max_connections` is how many connections to one server are open at the same time (256). `ca_file` names
        certificates (PEM) to trust beside the system's."""
        given = {
            "endpoint": endpoint,
            "project": project,
            "organization": organization,
            "key": key,
            "session": session,
            "jwt": jwt,
            "timeout": None if timeout is None else _milliseconds("timeout", timeout),
            "connectTimeout": None if connect_timeout is None else _milliseconds("connect_timeout", connect_timeout),
            "idleTimeout": None if idle_timeout is None else _milliseconds("idle_timeout", idle_timeout),
            "deadline": None if deadline is None else _milliseconds("deadline", deadline),
            "maxResponseBytes": None
            if max_response_bytes is None
            else _count("max_response_bytes", max_response_bytes),
            "maxConnections": None if max_connections is None else _count("max_connections", max_connections),
            "retries": None if retries is None else _at_most(retries),
            "caCertificates": None if ca_file is None else _text_of(ca_file),
            "proxy": proxy,
            "appName": app_name,
            "selfHosted": self_hosted,
            "http1Only": http1_only,
            "responseFormat": response_format,
        }
        self._config = _Given()
        self._native: NativeClient = _blank()
        self._set(**{name: value for name, value in given.items() if value is not None})

    @classmethod
    def from_env(cls, **settings: _types.Unpack[_types.ClientSettings]) -> _types.Self:
        """A client from `APPWRITE_ENDPOINT`, `APPWRITE_PROJECT_ID` and `APPWRITE_API_KEY`, or the variables that
        Appwrite gives to functions and sites. `settings`, as the constructor takes them, win over the variables.

        Raises `ConfigurationError` when neither names the endpoint and the project; with an `organization` there needs
        to be no project.
        """
        client = cls(**settings)
        client._native = made(client._native.with_env)
        client._config = _Given(client._config, endpoint=client.endpoint, project=client.project or "")
        return client

    @classmethod
    def from_function(cls, request: Any, **settings: _types.Unpack[_types.ClientSettings]) -> _types.Self:
        """A client for the inside of an Appwrite Function: settings as `from_env`, the key from the request.

        `request` is the function's `context`, its `context.req`, or the headers.
        """
        client = cls.from_env(**settings)
        return client._copy(made(client._native.with_function, headers_of(request), False))

    @classmethod
    def from_function_user(cls, request: Any, **settings: _types.Unpack[_types.ClientSettings]) -> _types.Self:
        """As `from_function`, but calls are made as the user who called the function, or as a guest."""
        client = cls.from_env(**settings)
        return client._copy(made(client._native.with_function, headers_of(request), True))

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
        header = cookie_header(cookies, lambda: made(self._native.session_cookies))
        return self._copy(made(self._native.with_session_of, header))

    def with_key(self, key: str) -> _types.Self:
        """A client with this API key and no other credential."""
        return self._only("key", key)

    def with_session(self, session: str) -> _types.Self:
        """A client with this session and no other credential: calls act as its user."""
        return self._only("session", session)

    def with_jwt(self, jwt: str) -> _types.Self:
        """A client with this JSON web token and no other credential."""
        return self._only("jwt", jwt)

    def with_bearer(self, token: str) -> _types.Self:
        """A client with this OAuth2 access token and no other credential."""
        return self._only("bearer", token)

    def with_cookie(self, cookie: str) -> _types.Self:
        """A client with this `cookie` header and no other credential."""
        return self._only("cookie", cookie)

    def with_dev_key(self, key: str) -> _types.Self:
        """A client with this development key and no other credential."""
        return self._only("devKey", key)

    def without_credentials(self) -> _types.Self:
        """A client without any credential."""
        return self._only("none", "")

    def set_endpoint(self, endpoint: str) -> _types.Self:
        """Where the API is, such as `https://appwrite.example.com/v1`."""
        # `None` would stand for Appwrite's cloud, where the credentials of another server must not go.
        return self._set(endpoint=_text("endpoint", endpoint))

    def set_self_signed(self, status: bool = True) -> _types.Self:
        """Accepts any certificate. For development only."""
        return self._set(selfSigned=status)

    def set_project(self, value: str) -> _types.Self:
        """The ID of the project."""
        return self._set(project=value)

    def set_key(self, value: str) -> _types.Self:
        """An API key. Never together with a session."""
        return self._set(key=value)

    def set_organization(self, value: str) -> _types.Self:
        """The ID of the organization."""
        return self._set(organization=value)

    def set_jwt(self, value: str) -> _types.Self:
        """A user's JSON web token."""
        return self._set(jwt=value)

    def set_bearer(self, value: str) -> _types.Self:
        """An OAuth2 access token, without the word Bearer."""
        return self._set(bearer=value)

    def set_locale(self, value: str) -> _types.Self:
        """The language of texts in answers, such as `de`."""
        return self._set(locale=value)

    def set_session(self, value: str) -> _types.Self:
        """The secret of a user's session. Never together with a key."""
        return self._set(session=value)

    def set_forwarded_user_agent(self, value: str) -> _types.Self:
        """The user agent of the browser that calls are made for."""
        return self._set(forwardedUserAgent=value)

    def set_cookie(self, value: str) -> _types.Self:
        """The `cookie` header of an incoming request."""
        return self._set(cookie=value)

    def set_dev_key(self, value: str) -> _types.Self:
        """A development key, which lifts rate limits."""
        return self._set(devKey=value)

    def set_impersonate_user_id(self, value: str) -> _types.Self:
        """Acts as the user with this ID."""
        return self._set(impersonateUserId=value)

    def set_impersonate_user_email(self, value: str) -> _types.Self:
        """Acts as the user with this e-mail address."""
        return self._set(impersonateUserEmail=value)

    def set_impersonate_user_phone(self, value: str) -> _types.Self:
        """Acts as the user with this phone number."""
        return self._set(impersonateUserPhone=value)

    def set_timeout(self, seconds: float) -> _types.Self:
        """How long one attempt may wait for the answer to begin, in seconds. Default 40."""
        return self._set(timeout=_milliseconds("timeout", seconds))

    def set_deadline(self, seconds: float | None) -> _types.Self:
        """How long a call may take in all, in seconds: connecting, retries, waits and the whole body, of uploads and
        downloads too. `None`, the default: no such limit."""
        return self._set(deadline=None if seconds is None else _milliseconds("deadline", seconds))

    def set_max_response_bytes(self, count: int) -> _types.Self:
        """The largest response that is read into memory, in bytes after decompression; a larger one raises
        `DecodeError`. Downloads into files and streams are not bounded. Default 256 MiB."""
        return self._set(maxResponseBytes=_count("max_response_bytes", count))

    def set_max_connections(self, count: int) -> _types.Self:
        """How many connections to one server are open at the same time; further calls wait for one. Default 256."""
        return self._set(maxConnections=_count("max_connections", count))

    def set_retries(self, count: int) -> _types.Self:
        """How often a failed attempt is repeated where that is safe; 0 for never. Default 3."""
        return self._set(retries=_at_most(count))

    def set_ca_file(self, path: _types.Path) -> _types.Self:
        """Certificates (PEM) to trust beside the system's."""
        return self._set(caCertificates=_text_of(path))

    def add_header(self, key: str, value: str) -> _types.Self:
        """Sends a header with every call."""
        return self._set(headers={_text("headers", key): _text(f"headers.{key}", value)})

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
        return self._native.endpoint

    @property
    def project(self) -> str | None:
        """The ID of the project."""
        return self._native.project

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

    def _set(self, **changes: Any) -> _types.Self:
        for name, value in changes.items():
            if name in _SWITCHES:
                if value is not None and not isinstance(value, bool):
                    raise TypeError(f"{_SWITCHES[name]} must be true or false, not {type(value).__name__}")
            elif value is not None and name not in _COUNTS and not isinstance(value, (dict, float)):
                _text(name, value)
        self._native = made(self._native.configure, json.dumps(changes))
        if "headers" in changes:
            changes["headers"] = {**self._config.get("headers", {}), **changes["headers"]}
        self._config = _Given(self._config, **changes)
        return self

    def _only(self, kind: str, secret: str) -> _types.Self:
        client = self._copy(made(self._native.with_credential, kind, _text(kind, secret)))
        if kind != "none":
            client._config[kind] = secret
        return client

    def _copy(self, native: NativeClient) -> _types.Self:
        """Another client with these settings but for the credentials."""
        dropped = (*_CREDENTIALS, *_IMPERSONATION)
        client = type(self).__new__(type(self))
        client._native = native
        client._config = _Given((name, value) for name, value in self._config.items() if name not in dropped)
        return client

    def _shut(self) -> None:
        self._native = Closed()  # type: ignore[assignment]
        self._config = _Given()


class Closed:
    """Stands in for the native client of a client that was closed."""

    def __getattr__(self, name: str) -> Any:
        from .exception import ConfigurationError

        raise ConfigurationError("the client is closed")


_BLANK: NativeClient | None = None


def _blank() -> NativeClient:
    """A native client with default settings, made once."""
    global _BLANK
    if _BLANK is None:
        _BLANK = NativeClient(_identity())
    return _BLANK


def _identity() -> str:
    sdk = {"name": "Python", "platform": "server", "language": "python", "version": __version__}
    return json.dumps({"sdk": sdk})


def _text_of(path: _types.Path) -> str:
    with open(os.fspath(path), encoding="ascii", errors="replace") as file:
        return file.read()


def _text(name: str, value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text, not {type(value).__name__}")
    return whole(name, value)


def _milliseconds(name: str, seconds: float) -> float:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"{name} must be a number of seconds, not {type(seconds).__name__}")
    if not 0 < seconds < float("inf"):
        raise ValueError(f"{name} must be more than 0 seconds")
    return float(seconds * 1000)


def _count(name: str, value: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}")
    if value <= 0:
        raise ValueError(f"{name} must be more than 0")
    return value


def _at_most(retries: int) -> dict[str, int]:
    if isinstance(retries, bool) or not isinstance(retries, int):
        raise TypeError(f"retries must be a whole number, not {type(retries).__name__}")
    if retries < 0:
        raise ValueError("retries must be 0 or more")
    return {"max": retries}

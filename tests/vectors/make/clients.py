"""What a client is configured with, and what comes of it: settings, credentials, the options of one call, requests
that a program describes itself, warnings, and the one line of each kind of error. Every case is one client and one
call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .definition import Definition

Entry = dict[str, Any]

OPERATION = "users.get"
# What a person reads where a limit leaves nothing.
NOTHING = "must be more than 0"
FILE = {"@file": {"name": "f.txt", "base64": "YWJj"}}
# Values of the types that options of downloads have.
RIGHT: Entry = {"range": "0-1023"}
WRONG: Entry = {"range": ["", "-500", "9-5", "5", "1-2,4-5", "a-b"]}
USER: Entry = {"status": 200, "json": {"$id": "u"}}
SENT: Entry = {"method": "GET", "path": "/users/u"}


def settings(api: Definition) -> list[Entry]:
    """What clients are configured with."""
    return [*_headers(api), *_limits(api), *_credentials(api), *_functions()]


def options(api: Definition) -> list[Entry]:
    """Options of single calls, and requests that a program describes itself."""
    return [*_options(api), *_uploads(), *_downloads(), *_warnings()]


def errors(api: Definition) -> list[Entry]:
    """Kinds of errors, each with its line."""
    found = [
        _refused("configuration", {"settings": {"timeout": 0}}, f"the setting `timeout` {NOTHING}"),
        _failed("argument", 400, "general_argument_invalid"),
        _failed("unauthorized", 401, "user_blocked"),
        _failed("missing_scope", 401, "general_unauthorized_scope", "; the API key needs the scope users.read"),
        _failed("not_found", 404, "user_not_found"),
        _failed("conflict", 409, "user_already_exists"),
        _failed("rate_limited", 429, "general_rate_limit_exceeded"),
        _failed("api", 500, "general_unknown"),
        _failed("api", 503, "general_unknown", ", after 2 attempts", {"retries": {"max": 1}}, "after two attempts"),
        _failed("api", 500, "", "", None, "without a type"),
    ]
    for kind, given, response, pattern in (
        ("decode", {}, {"status": 200, "text": "<html>"}, r"users\.get: .*the response \(6 bytes\) begins: <html>.*"),
        ("timeout", {"options": {"timeout": 50}}, {"status": 200, "hang": True}, r"users\.get: .*0\.05 s.*"),
        (
            "network",
            # Browsers and Node's `fetch` refuse port 1 themselves.
            {"settings": {"endpoint": "http://127.0.0.1:2/v1"}},
            USER,
            r"users\.get: cannot connect to http://127\.0\.0\.1:2: .*",
        ),
    ):
        case = _case(
            kind, {"settings": {"key": "secret"}} | given, response, {"error": {"kind": kind, "matches": pattern}}
        )
        found.append(case)
    return found


def _headers(api: Definition) -> Iterator[Entry]:
    for name, setting in api.settings.items():
        header = {setting["header"]: setting.get("prefix", "") + "value-1"}
        yield _case(f"{name} travels", {"settings": {name: "value-1"}}, USER, {"request": SENT, "headers": header})


def _limits(api: Definition) -> Iterator[Entry]:
    for name in api.limits:
        yield _refused(f"{name} is 0", {"settings": {name: 0}}, f"the setting `{name}` {NOTHING}")


def _credentials(api: Definition) -> Iterator[Entry]:
    kinds = {name: setting for name, setting in api.settings.items() if setting.get("secret")}
    for name, setting in (kinds | {"none": None}).items():
        headers = {other["header"]: None for other in kinds.values()}
        if setting:
            headers[setting["header"]] = setting.get("prefix", "") + "secret-2"
        given = {"settings": {"key": "secret-1"}, "credential": [name, "secret-2" if setting else ""]}
        yield _case(f"only {name}", given, USER, {"request": SENT, "headers": headers})


def _functions() -> Iterator[Entry]:
    key, jwt = "x-appwrite-key", "x-appwrite-user-jwt"
    for name, headers, user, sent in (
        ("a function's key", {key: "dynamic"}, False, {key: "dynamic"}),
        ("its name in any case", {"X-Appwrite-KEY": "dynamic"}, False, {key: "dynamic"}),
        ("a blank key", {key: " "}, False, {key: None}),
        ("its user's token is not the function's", {jwt: "token"}, False, {key: None, "x-appwrite-jwt": None}),
        ("a function's user", {key: "dynamic", jwt: "token"}, True, {key: None, "x-appwrite-jwt": "token"}),
        ("a user's token in any case", {"X-APPWRITE-USER-JWT": "token"}, True, {"x-appwrite-jwt": "token"}),
        ("a guest of a function", {key: "dynamic"}, True, {key: None, "x-appwrite-jwt": None}),
    ):
        given = {"function": {"headers": headers, "user": user}}
        yield _case(name, given, USER, {"request": SENT, "headers": sent})


def _options(api: Definition) -> Iterator[Entry]:
    for name, (table, _, replaced) in ((name, place.partition(".")) for name, place in api.options.items()):
        if table == "limits":
            line = f"{OPERATION}: the option `{name}` {NOTHING}"
            yield _case(f"{name} is 0", {"options": {name: 0}}, USER, _error("argument", line))
            yield _case(f"{name} is there", {"options": {name: 60_000}}, USER, {"request": SENT})
        if table == "settings":
            header, prefix = api.settings[replaced]["header"], api.settings[replaced].get("prefix", "")
            for wins, sent in (("value-2", prefix + "value-2"), ("", None)):
                given = {"settings": {replaced: "value-1"}, "options": {name: wins}}
                case = f"{name} wins" if sent else f"{name} removes the header"
                yield _case(case, given, USER, {"request": SENT, "headers": {header: sent}})
    for name, own in api.own.items():
        line = f"{OPERATION}: the option `{name}` is for calls that return a file"
        yield _case(f"{name} of no file", {"options": {name: RIGHT[own["type"]]}}, USER, _error("argument", line))
        for number, wrong in enumerate(WRONG[own["type"]], 1):
            given = {"options": {name: wrong}}
            yield _case(f"{name} is unreadable {number}", given, USER, {"error": {"kind": "argument"}})
    yield _case("retries are 0", {"options": {"retries": 0}}, USER, {"request": SENT})
    for name, wrong in (("timeout", "soon"), ("retries", -1), ("headers", {"x-a": 5}), ("nonsense", 1)):
        yield _case(f"{name} is unreadable", {"options": {name: wrong}}, USER, {"error": {"kind": "argument"}})
    given = {"settings": {"locale": "de"}, "options": {"headers": {"x-a": "b", "X-Appwrite-Locale": "fr"}}}
    yield _case("headers win", given, USER, {"request": SENT, "headers": {"x-a": "b", "x-appwrite-locale": "fr"}})


def _uploads() -> Iterator[Entry]:
    response = {"status": 201, "json": {"$id": "f", "bucketId": "b"}}
    for name, method, path, sent in (
        ("a path", "post", "/storage/buckets/b/files", "/storage/buckets/b/files"),
        ("a method in capitals", "POST", "/storage/buckets/b/files", "/storage/buckets/b/files"),
        ("a method in any case", "pOsT", "/storage/buckets/b/files", "/storage/buckets/b/files"),
        ("a path with a slash at its end", "post", "/storage/buckets/b/files/", "/storage/buckets/b/files"),
        ("an encoded path", "post", "/storage/buckets/a%20b/files", "/storage/buckets/a%20b/files"),
        ("letters beyond ASCII", "post", "/storage/buckets/%C3%BC/files", "/storage/buckets/%C3%BC/files"),
    ):
        form = [{"name": "fileId", "value": "f"}, {"name": "file", "file": FILE["@file"]}]
        request = {"method": "POST", "path": sent, "multipart": form}
        yield _case(f"upload to {name}", _raw(method, path), response, {"request": request})
    for name, method, path in (
        ("another path", "post", "/users"),
        ("another method", "put", "/storage/buckets/b/files"),
        ("a longer path", "post", "/storage/buckets/b/files/more"),
    ):
        line = f"client.request: {method.upper()} {path} takes no file"
        yield _case(f"upload to {name}", _raw(method, path), response, _error("argument", line))


def _downloads() -> Iterator[Entry]:
    response = {"status": 200, "type": "image/png", "base64": "iVBORw=="}
    for name, method, path, sent in (
        ("a path", "get", "/storage/buckets/b/files/f/download", "/storage/buckets/b/files/f/download"),
        ("a method in capitals", "GET", "/storage/buckets/b/files/f/download", "/storage/buckets/b/files/f/download"),
        ("an encoded path", "get", "/storage/buckets/a%20b/files/f/view", "/storage/buckets/a%20b/files/f/view"),
    ):
        given = {"settings": {"key": "secret"}, "raw": {"method": method, "path": path, "params": {}, "headers": {}}}
        wanted = {"request": {"method": "GET", "path": sent}, "seen": {"@bytes": "iVBORw=="}}
        yield _case(f"download from {name}", given, response, wanted)


def _warnings() -> Iterator[Entry]:
    response = USER | {"headers": [["x-appwrite-warning", "vectors are read; vectors appear once"]]}
    wanted = {"request": SENT, "warnings": ["vectors are read", "vectors appear once"]}
    yield _case("warnings once", {"times": 2}, response, wanted)


def _raw(method: str, path: str) -> Entry:
    headers = {"content-type": "multipart/form-data"}
    raw = {"method": method, "path": path, "params": {"fileId": "f", "file": FILE}, "headers": headers}
    return {"settings": {"key": "secret"}, "raw": raw}


def _refused(name: str, given: Entry, line: str) -> Entry:
    return _case(name, given, USER, _error("configuration", line))


def _failed(
    kind: str, status: int, error: str, more: str = "", settings: Entry | None = None, name: str | None = None
) -> Entry:
    response = {"status": status, "json": {"message": "Not today.", "code": status, "type": error}}
    line = f"{OPERATION}: Not today. ({f'{status} {error}'.strip()}){more}"
    given = {"settings": {"key": "secret"} | (settings or {})}
    return _case(f"{kind} {name}" if name else kind, given, response, {"request": SENT} | _error(kind, line))


def _error(kind: str, line: str) -> Entry:
    return {"error": {"kind": kind, "line": line}}


def _case(name: str, given: Entry, response: Entry, wanted: Entry) -> Entry:
    return {"name": name, "given": given, "response": response, "wanted": wanted}

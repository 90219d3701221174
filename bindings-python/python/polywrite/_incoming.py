"""What a program has of a request that it serves: headers and cookies, as frameworks hand them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any


def headers_of(request: Any) -> list[tuple[str, str]]:
    """The headers of a function's context, of its request, or themselves."""
    request = getattr(request, "req", request)
    headers: Mapping[str, Any] = getattr(request, "headers", request)
    return [(str(name), str(value)) for name, value in headers.items()]


def session_pairs(cookies: str | Mapping[str, Any] | None, names: Callable[[], Iterable[str]]) -> list[tuple[str, str]]:
    """What is found under the names that a visitor's session may have."""
    if cookies is None or isinstance(cookies, str):
        return [("cookie", cookies or "")]
    get = getattr(cookies, "get", None)
    if not callable(get):
        raise TypeError(f"cookies must be the text of a Cookie header or a mapping, not {type(cookies).__name__}")
    return [(name, value) for name in names() if (value := _text(get(name))) is not None]


def _text(cookie: Any) -> str | None:
    """The value of a cookie: itself, or that of a `Morsel` of `http.cookies`."""
    value = getattr(cookie, "value", cookie)
    return value if isinstance(value, str) else None

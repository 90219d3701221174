"""Calls that a program describes itself: method, path, headers and parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._calls import call_of, made
from .input_file import InputFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._polywrite import Call
    from ._settings import Settings
    from ._transfer import Upload

    Headers = Mapping[str, str] | None
    Params = Mapping[str, Any] | None


def raw_call(client: Settings, method: str, path: str, headers: Headers, params: Params, response_type: str) -> Call:
    """A call that no operation describes, not started."""
    given = dict(params or {})
    if method.lower() in ("get", "head"):
        given = {name: value for name, value in given.items() if value is not None}
    kept = {name: text for name, text in (headers or {}).items() if not _is_multipart(name, text)}
    request, pairs = client._native.request, list(kept.items())
    return call_of(lambda _, given: request(method.upper(), path, pairs, given, response_type), "client.request", given)


def file_in(params: Params) -> str:
    """The name of the parameter that is a file; empty if none is."""
    return next((name for name, value in (params or {}).items() if isinstance(value, InputFile)), "")


def raw_upload(
    client: Settings, method: str, path: str, headers: Headers, params: Params, name: str, on_progress: Any
) -> tuple[str, Upload]:
    """The upload that goes to a path, with its operation."""
    from ._transfer import Upload

    operation, in_path = made(client._native.upload_at, method, path)
    given = dict(params or {})
    file = given.pop(name)
    # The core says itself how the body is written.
    options = {"headers": {name: text for name, text in (headers or {}).items() if name.lower() != "content-type"}}
    return operation, Upload(client, operation, {**given, **dict(in_path)}, file, options, on_progress)


def _is_multipart(name: str, text: str) -> bool:
    # Without a file the body is JSON, whatever the program calls it.
    return name.lower() == "content-type" and text.startswith("multipart/")

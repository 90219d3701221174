"""Calls that a program describes itself: method, path, headers and parameters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._call import call_of
from .input_file import InputFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._polywrite import Call
    from ._settings import Settings
    from ._upload import Upload

    Headers = Mapping[str, str] | None
    Params = Mapping[str, Any] | None


RAW_CALL = "client.request"
"""What errors of these calls name."""


def raw_call(client: Settings, method: str, path: str, headers: Headers, params: Params, response_type: str) -> Call:
    """A call that no operation describes, not started."""
    given = dict(params or {})
    if method.lower() in ("get", "head"):
        given = {name: value for name, value in given.items() if value is not None}
    kept = {name: text for name, text in (headers or {}).items() if not _is_multipart(name, text)}
    reading = response_type if response_type in ("text", "location") else "asSent"
    record = {"request": {"method": method.upper(), "path": path, "reading": reading}}
    return call_of(client, RAW_CALL, given, {"headers": kept}, json.dumps(record))


def file_in(params: Params) -> str:
    """The name of the parameter that is a file; empty if none is."""
    return next((name for name, value in (params or {}).items() if isinstance(value, InputFile)), "")


def raw_upload(
    client: Settings, method: str, path: str, headers: Headers, params: Params, name: str, on_progress: Any
) -> Upload:
    """The upload that goes to a path."""
    from ._upload import Upload

    given = {each: value for each, value in (params or {}).items() if each != name and value is not None}
    file = (params or {})[name]
    return Upload(client, RAW_CALL, given, file, {"headers": headers}, on_progress, (method, path))


def _is_multipart(name: str, text: str) -> bool:
    # Without a file the body is JSON, whatever the program calls it.
    return name.lower() == "content-type" and text.startswith("multipart/")

"""`with_raw_response`: a service whose methods return their responses beside what they return."""

from __future__ import annotations

from copy import copy
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

from ._watch import NOTHING
from .response import WithResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._watch import Watch
    from .response import ResponseInfo


class RawResponses:
    """The service's methods, which return a `WithResponse`. Those that return a download return it as ever, and it
    knows its `response` once it is open."""

    def __init__(self, service: Any) -> None:
        self._service = service

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_") or not callable(getattr(type(self._service), name, None)):
            raise AttributeError(f"{type(self._service).__name__} has no method {name!r}")

        def call(*arguments: Any, **options: Any) -> Any:
            service, client = copy(self._service), copy(self._service.client)
            watch = client._watch = (client._watch or NOTHING).collecting()
            service.client = client
            data = getattr(service, name)(*arguments, **options)
            if name.startswith("stream_"):
                return data
            return _awaited(data, watch) if isawaitable(data) else _with(data, watch)

        return call

    def __repr__(self) -> str:
        return f"{self._service!r}.with_raw_response"


async def _awaited(data: Any, watch: Watch) -> WithResponse[Any]:
    return _with(await data, watch)


def _with(data: Any, watch: Watch) -> WithResponse[Any]:
    # A call that has a result had a response, too.
    return WithResponse(data, cast("ResponseInfo", watch.response))

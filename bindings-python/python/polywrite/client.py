"""The client that waits for its calls."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import TYPE_CHECKING, Any

from ._log import debug_logger
from ._settings import Settings

if TYPE_CHECKING:
    from typing_extensions import Self

    from ._polywrite import Call


class Client(Settings):
    """Makes calls and waits for them. It may be used from many threads, and after a fork.

    Clients are cheap: all that connect alike share their connections, so make one for each user or request.
    """

    def ping(self) -> str:
        """Asks the server for a sign of life, and marks the project as connected."""
        answer: str = self._execute("client.ping", {})
        return answer

    def call(
        self,
        method: str,
        path: str = "",
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        response_type: str = "json",
    ) -> Any:
        """Calls anything below the endpoint. The answer is decoded if it is JSON, else it is bytes; with the
        `response_type` `location` it is where a redirect leads."""
        call = self._native.request(method.upper(), path, list((headers or {}).items()), dict(params or {}))
        return raw_answer(call.wait(), response_type)

    def close(self) -> None:
        """Makes every further call of this client fail. Connections are shared, and close when they are idle."""
        self._shut()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def _execute(self, operation: str, params: dict[str, Any], options: Any = None) -> Any:
        return self._run(operation, self._native.execute(operation, params, options))

    def _run(self, operation: str, call: Call, report: Any = None) -> Any:
        logger = debug_logger()
        if logger is None:
            return call.wait(report)
        started = perf_counter()
        try:
            result = call.wait(report)
        except Exception as error:
            logger.debug("%s failed after %.1f ms: %s", operation, (perf_counter() - started) * 1000, error)
            raise
        logger.debug("%s took %.1f ms", operation, (perf_counter() - started) * 1000)
        return result


def raw_answer(answer: tuple[int, list[tuple[str, str]], bytes], response_type: str) -> Any:
    """What a call that no operation describes returns."""
    _, headers, body = answer
    found = dict(headers)
    if response_type == "location":
        return found.get("location")
    if found.get("content-type", "").startswith("application/json") and body:
        import json

        return json.loads(body)
    return body

"""The client for asyncio."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from . import _types
from ._bridge import LoopBridge
from ._call import call_of
from ._settings import Settings

if TYPE_CHECKING:
    from ._polywrite import Call


class AsyncClient(Settings):
    """Makes calls that are awaited. Cancelling the task cancels the call.

    Clients are cheap: all that connect alike share their connections, so make one for each user or request. One
    client may be used in several event loops.
    """

    async def ping(self) -> str:
        """Asks the server for a sign of life, and marks the project as connected."""
        response: str = await self._execute("client.ping", {})
        return response

    async def call(
        self,
        method: str,
        path: str = "",
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        response_type: str = "json",
    ) -> Any:
        """Calls anything below the endpoint; see `Client.call`."""
        from ._raw_call import file_in, raw_call

        if file := file_in(params):
            return await self.chunked_upload(path, headers, params, file, response_type=response_type, method=method)
        return await LoopBridge.current().run(raw_call(self, method, path, headers, params, response_type))

    async def chunked_upload(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        param_name: str = "",
        on_progress: Callable[[dict[str, Any]], Any] | None = None,
        upload_id: str = "",
        response_type: str = "json",
        method: str = "post",
    ) -> Any:
        """Sends a file to a path that takes one; see `Client.chunked_upload`."""
        from ._raw_call import RAW_CALL, raw_upload

        if (params or {}).get(param_name) is None:
            return await self.call(method, path, headers, params, response_type)
        with raw_upload(self, method, path, headers, params, param_name, on_progress) as upload:
            return await self._run(RAW_CALL, upload.call, on_progress)

    async def close(self) -> None:
        """Makes every further call of this client fail. Connections are shared, and close when they are idle."""
        self._shut()

    async def __aenter__(self) -> _types.Self:
        return self

    async def __aexit__(self, *details: object) -> None:
        await self.close()

    async def _execute(self, operation: str, params: dict[str, Any], options: Any = None) -> Any:
        try:
            return await self._run(operation, call_of(self, operation, params, options))
        except BaseException:
            # As in `Client`.
            params.clear()
            raise

    async def _run(self, operation: str, call: Call, report: Any = None) -> Any:
        return await LoopBridge.current().run(call, report)

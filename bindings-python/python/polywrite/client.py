"""The client that waits for its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from . import _types
from ._call import call_of, wait
from ._settings import Settings

if TYPE_CHECKING:
    from ._polywrite import Call


class Client(Settings):
    """Makes calls and waits for them. It may be used from many threads, and after a fork.

    Clients are cheap: all that connect alike share their connections, so make one for each user or request.
    """

    def ping(self) -> str:
        """Asks the server for a sign of life, and marks the project as connected."""
        response: str = self._execute("client.ping", {})
        return response

    def call(
        self,
        method: str,
        path: str = "",
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        response_type: str = "json",
    ) -> Any:
        """Calls anything below the endpoint. The response is decoded if it is JSON, else it is bytes; with the
        `response_type` `text` it is text, and with `location` where a redirect leads."""
        from ._raw_call import file_in, raw_call

        if file := file_in(params):
            return self.chunked_upload(path, headers, params, file, response_type=response_type, method=method)
        return wait(raw_call(self, method, path, headers, params, response_type))

    def chunked_upload(
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
        """Sends the file in `params[param_name]` to a path that takes one, in chunks if it is large, and returns the
        decoded response. What of the file has arrived already, under `upload_id` or the ID in `params`, is not sent
        again. Services have methods of their own for this, such as `Storage.create_file`."""
        from ._raw_call import RAW_CALL, raw_upload

        if (params or {}).get(param_name) is None:
            return self.call(method, path, headers, params, response_type)
        with raw_upload(self, method, path, headers, params, param_name, on_progress) as upload:
            return self._run(RAW_CALL, upload.call, on_progress)

    def flatten(self, data: Any, prefix: str = "", stringify: bool = False) -> dict[str, Any]:
        """Lists and dicts as one flat dict with keys such as `queries[0]`, for forms and query strings."""
        flat: dict[str, Any] = {}
        entries: Any = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in entries:
            name = f"{prefix}[{key}]" if prefix or isinstance(data, list) else key
            if isinstance(value, (list, dict)):
                flat.update(self.flatten(value, name, stringify))
            elif isinstance(value, bool):
                flat[name] = str(value).lower()
            else:
                flat[name] = str(value) if stringify else value
        return flat

    def close(self) -> None:
        """Makes every further call of this client fail. Connections are shared, and close when they are idle."""
        self._shut()

    def __enter__(self) -> _types.Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def _execute(self, operation: str, params: dict[str, Any], options: Any = None) -> Any:
        try:
            return self._run(operation, call_of(self, operation, params, options))
        except BaseException:
            # What reports errors shows the variables of their frames, and passwords are among the parameters.
            params.clear()
            raise

    def _run(self, operation: str, call: Call, report: Any = None, reports: list[Any] | None = None) -> Any:
        return wait(call, report, reports)


if not TYPE_CHECKING:
    # Programs for PyPI appwrite may take these names from here.
    from ._lazy import borrowed as __getattr__  # noqa: F401

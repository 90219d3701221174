"""What every service is made of."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import _types
from .client import Client


def _check(model_type: Any) -> None:
    """Refuses what is not a `model_type`, before a call has an effect."""
    if not callable(model_type) and model_type is not None:
        raise TypeError(f"model_type must be a class, not {model_type!r}")


def _raw(service: Any) -> Any:
    from ._raw import RawResponses

    return RawResponses(service)


class Service:
    """A group of calls, made with one client."""

    _check = staticmethod(_check)

    def __init__(self, client: Client) -> None:
        self.client = client

    @property
    def client(self) -> Client:
        """Makes the calls; another one may be put in its place."""
        return self._client

    @client.setter
    def client(self, client: Client) -> None:
        if not isinstance(client, Client):
            raise TypeError(f"{type(self).__name__} needs a Client, not {type(client).__name__}")
        self._client = client
        self._execute = client._execute

    if not TYPE_CHECKING:

        def __new__(cls, client: Any = None) -> Any:
            # With an asynchronous client one gets the asynchronous service; see `AsyncService`.
            # Only a program that has imported the module can pass one.
            module = sys.modules.get("polywrite.async_client")
            if module is not None and isinstance(client, module.AsyncClient):
                services = cls.__module__.rpartition(".")[0]
                return getattr(import_module(f"{services}.aio"), f"Async{cls.__name__}")(client)
            return super().__new__(cls)

    if not TYPE_CHECKING:  # each service has its own type of it
        with_raw_response = property(_raw)

    def _upload(
        self,
        operation: str,
        params: dict[str, Any],
        file: _types.InputFile,
        on_progress: Callable[[dict[str, Any]], Any] | None,
        options: Any = None,
    ) -> Any:
        from ._upload import Upload

        with Upload(self.client, operation, params, file, options, on_progress) as upload:
            return self.client._run(operation, upload.call, on_progress)

    def _read_list(self, *given: Any) -> Any:
        from ._lists import Items

        return Items(self.client, *given)

    def _wait_for(
        self, wait: str, operation: str, params: dict[str, Any], timeout: Any, on_status: Any, options: Any
    ) -> Any:
        from ._lists import wait_call

        call = wait_call(self.client, wait, operation, params, timeout, on_status, options)
        return self.client._run(operation, call, on_status)

    def _download(self, operation: str, params: dict[str, Any], options: Any = None) -> _types.Download:
        from .download import Download

        return Download(self.client, operation, params, options)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.client!r})"


class AsyncService:
    """A group of calls that are awaited, made with one client."""

    _check = staticmethod(_check)

    def __init__(self, client: _types.AsyncClient) -> None:
        self.client = client

    @property
    def client(self) -> _types.AsyncClient:
        """Makes the calls; another one may be put in its place."""
        return self._client

    @client.setter
    def client(self, client: _types.AsyncClient) -> None:
        from .async_client import AsyncClient

        if not isinstance(client, AsyncClient):
            raise TypeError(f"{type(self).__name__} needs an AsyncClient, not {type(client).__name__}")
        self._client = client
        self._execute = client._execute

    if not TYPE_CHECKING:
        with_raw_response = property(_raw)

    async def _upload(
        self,
        operation: str,
        params: dict[str, Any],
        file: _types.InputFile,
        on_progress: Callable[[dict[str, Any]], Any] | None,
        options: Any = None,
    ) -> Any:
        from ._upload import Upload

        with Upload(self.client, operation, params, file, options, on_progress) as upload:
            return await self.client._run(operation, upload.call, on_progress)

    def _read_list(self, *given: Any) -> Any:
        from ._lists import AsyncItems

        return AsyncItems(self.client, *given)

    async def _wait_for(
        self, wait: str, operation: str, params: dict[str, Any], timeout: Any, on_status: Any, options: Any
    ) -> Any:
        from ._lists import wait_call

        call = wait_call(self.client, wait, operation, params, timeout, on_status, options)
        return await self.client._run(operation, call, on_status)

    def _download(self, operation: str, params: dict[str, Any], options: Any = None) -> _types.AsyncDownload:
        from .download import AsyncDownload

        return AsyncDownload(self.client, operation, params, options)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.client!r})"

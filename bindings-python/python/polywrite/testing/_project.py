"""Projects of tests."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..async_client import AsyncClient
from ..client import Client
from ._records import Delivery, Mail, ReceivedRequest, read_seed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from typing_extensions import Self

    from ._records import Fault, Seed
    from ._running import Emulator


def asked_for(**wanted: Any) -> dict[str, Any]:
    """What is wanted, without what is not given."""
    return {name: value for name, value in wanted.items() if value is not None}


class _Project:
    endpoint: str
    """The endpoint for clients."""
    project_id: str
    """The project's ID."""
    key: str
    """The secret of its first key, which has every scope."""
    keys: dict[str, str]
    """The secrets of the seed's keys, by ID."""

    def __init__(self, emulator: Emulator, made: Mapping[str, Any]) -> None:
        self.endpoint, self._emulator, self._is_deleted = emulator.endpoint, emulator, False
        self.project_id, self.key, self.keys = made["id"], made["key"], made["keys"]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.project_id} at {self.endpoint}>"

    @cached_property
    def client(self) -> Client:
        """A client that may do everything."""
        return Client(**self._settings())

    @cached_property
    def async_client(self) -> AsyncClient:
        """A client for asyncio that may do everything."""
        return AsyncClient(**self._settings())

    @property
    def env(self) -> dict[str, str]:
        """The environment for a program that calls it: APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY."""
        return {
            "APPWRITE_ENDPOINT": self.endpoint,
            "APPWRITE_PROJECT_ID": self.project_id,
            "APPWRITE_API_KEY": self.key,
        }

    def _settings(self) -> dict[str, Any]:
        certificate = asked_for(ca_file=self._emulator.ca_file)
        return {"endpoint": self.endpoint, "project": self.project_id, "key": self.key, **certificate}

    def _path(self, path: str) -> str:
        return f"/projects/{self.project_id}{path}"


class Project(_Project):
    """A project of a test's own on an emulator."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.delete()

    def _ask(self, method: str, path: str, params: Mapping[str, Any] | None = None) -> Any:
        return self._emulator._client.call(method, self._path(path), params=params)

    def seed(self, seed: Seed) -> dict[str, str]:
        """Makes what a seed, or the file of one, describes. Returns the secrets of its keys by ID."""
        keys: dict[str, str] = self._ask("post", "/seed", {"seed": read_seed(seed)})["keys"]
        self.keys.update(keys)
        return keys

    def mails(self) -> list[Mail]:
        """The mails so far, oldest first."""
        return [Mail.of(it) for it in self._ask("get", "/mails")["mails"]]

    def next_mail(
        self, *, to: str | None = None, kind: str | None = None, user_id: str | None = None, seconds: float = 5
    ) -> Mail:
        """Waits for the oldest mail that has these fields and that this method has not returned yet."""
        wanted = asked_for(to=to, kind=kind, userId=user_id, seconds=seconds)
        return Mail.of(self._ask("post", "/mails/next", wanted))

    def webhooks(self) -> list[Delivery]:
        """The webhooks that were sent of late, oldest first."""
        return [Delivery.of(it) for it in self._ask("get", "/webhooks")["deliveries"]]

    def next_webhook(
        self, *, webhook_id: str | None = None, event: str | None = None, url: str | None = None, seconds: float = 5
    ) -> Delivery:
        """Waits for the oldest webhook that has these fields and that this method has not returned yet."""
        wanted = asked_for(webhookId=webhook_id, event=event, url=url, seconds=seconds)
        return Delivery.of(self._ask("post", "/webhooks/next", wanted))

    def requests(self) -> list[ReceivedRequest]:
        """The requests of late, oldest first: as many as are among the last 1,000 of the emulator."""
        return [ReceivedRequest.of(it) for it in self._ask("get", "/requests")["requests"]]

    def advance(self, seconds: float) -> datetime:
        """Moves its clock (negative: back); sessions, tokens and keys end by it. Returns the time that it shows."""
        return datetime.fromisoformat(self._ask("post", "/clock", {"seconds": seconds})["now"])

    def faults(self, faults: Iterable[Fault]) -> None:
        """Has calls go wrong from now on, in place of earlier faults; `[]` ends it. The first that is due decides."""
        self._ask("put", "/faults", {"faults": list(faults)})

    def snapshot(self, name: str = "snapshot") -> None:
        """Keeps all that it has, to go back to."""
        self._ask("post", "/snapshots", {"name": name})

    def restore(self, name: str = "snapshot") -> None:
        """Brings back what it had."""
        self._ask("post", f"/snapshots/{name}/restore")

    def delete(self) -> None:
        """Removes it with all it has."""
        if not self._is_deleted:
            self._is_deleted = True
            self._ask("delete", "")


class AsyncProject(_Project):
    """A project of a test's own on an emulator, for asyncio."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        await self.delete()

    async def _ask(self, method: str, path: str, params: Mapping[str, Any] | None = None) -> Any:
        return await self._emulator._async_client.call(method, self._path(path), params=params)

    async def seed(self, seed: Seed) -> dict[str, str]:
        """Makes what a seed, or the file of one, describes. Returns the secrets of its keys by ID."""
        keys: dict[str, str] = (await self._ask("post", "/seed", {"seed": read_seed(seed)}))["keys"]
        self.keys.update(keys)
        return keys

    async def mails(self) -> list[Mail]:
        """The mails so far, oldest first."""
        return [Mail.of(it) for it in (await self._ask("get", "/mails"))["mails"]]

    async def next_mail(
        self, *, to: str | None = None, kind: str | None = None, user_id: str | None = None, seconds: float = 5
    ) -> Mail:
        """Waits for the oldest mail that has these fields and that this method has not returned yet."""
        wanted = asked_for(to=to, kind=kind, userId=user_id, seconds=seconds)
        return Mail.of(await self._ask("post", "/mails/next", wanted))

    async def webhooks(self) -> list[Delivery]:
        """The webhooks that were sent of late, oldest first."""
        return [Delivery.of(it) for it in (await self._ask("get", "/webhooks"))["deliveries"]]

    async def next_webhook(
        self, *, webhook_id: str | None = None, event: str | None = None, url: str | None = None, seconds: float = 5
    ) -> Delivery:
        """Waits for the oldest webhook that has these fields and that this method has not returned yet."""
        wanted = asked_for(webhookId=webhook_id, event=event, url=url, seconds=seconds)
        return Delivery.of(await self._ask("post", "/webhooks/next", wanted))

    async def requests(self) -> list[ReceivedRequest]:
        """The requests of late, oldest first: as many as are among the last 1,000 of the emulator."""
        return [ReceivedRequest.of(it) for it in (await self._ask("get", "/requests"))["requests"]]

    async def advance(self, seconds: float) -> datetime:
        """Moves its clock (negative: back); sessions, tokens and keys end by it. Returns the time that it shows."""
        return datetime.fromisoformat((await self._ask("post", "/clock", {"seconds": seconds}))["now"])

    async def faults(self, faults: Iterable[Fault]) -> None:
        """Has calls go wrong from now on, in place of earlier faults; `[]` ends it. The first that is due decides."""
        await self._ask("put", "/faults", {"faults": list(faults)})

    async def snapshot(self, name: str = "snapshot") -> None:
        """Keeps all that it has, to go back to."""
        await self._ask("post", "/snapshots", {"name": name})

    async def restore(self, name: str = "snapshot") -> None:
        """Brings back what it had."""
        await self._ask("post", f"/snapshots/{name}/restore")

    async def delete(self) -> None:
        """Removes it with all it has."""
        if not self._is_deleted:
            self._is_deleted = True
            await self._ask("delete", "")

    def delete_now(self) -> None:
        """The same without an event loop."""
        if not self._is_deleted:
            self._is_deleted = True
            self._emulator._client.call("delete", self._path(""))

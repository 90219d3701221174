"""Services whose writes can happen together or not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ._steps import given, step, within
from .service import AsyncService, Service

if TYPE_CHECKING:
    from types import TracebackType

R = TypeVar("R")
S = TypeVar("S", bound="TransactionService")
A = TypeVar("A", bound="AsyncTransactionService")


class Transaction(Generic[S]):
    """One transaction, for `with`: what stands in the block happens together or not at all."""

    def __init__(self, service: S, attempts: int | None, ttl: int | None) -> None:
        self._service = service
        self._options = given(attempts=attempts, ttl=ttl)
        self._number: int | None = None

    def __enter__(self) -> S:
        """Begins it, or begins it again, and returns the service whose calls belong to it."""
        record = {"begin": {"options": self._options, "again": self._number}}
        number: int = self._run(record)
        self._number = number
        client = within(self._service.client, number)
        return type(self._service)(client)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(commits=kind is None)

    def _end(self, commits: bool) -> bool:
        """Commits or rolls back; says whether the work should begin again."""
        again: bool = self._run({"end": {"number": self._number, "commits": commits}})
        return again

    def _run(self, record: dict[str, Any]) -> Any:
        operation = self._service._begins
        return self._service.client._run(operation, step(self._service.client, operation, record))


class TransactionService(Service):
    """A service with transactions."""

    _begins: str

    def transaction(self: S, *, ttl: int | None = None) -> Transaction[S]:
        """A transaction for `with`: the block gets a service whose calls all belong to it. Its end commits, and an
        exception rolls back. It is begun once; `run_transaction` begins again after a conflict.

        The service refuses calls that cannot take part in a transaction, and whatever comes after 100 writes. Reads see
        rows that were staged before, but not increments.

        Args:
            ttl: Seconds until the server ends the transaction by itself, 60 to 3600; default 300.
        """
        return Transaction(self, 1, ttl)

    def run_transaction(self: S, work: Callable[[S], R], *, attempts: int | None = None, ttl: int | None = None) -> R:
        """Calls `work` with a service whose calls all belong to a transaction, commits, and returns what `work`
        returned. When `work` raises, nothing is written.

        When somebody else has changed a row that `work` changed, or the time of the transaction is over, `work` is
        called again after a short wait: so it must be able to run twice.

        Args:
            work: Makes the calls.
            attempts: How often the work is begun at most; default 3.
            ttl: Seconds until the server ends the transaction by itself, 60 to 3600; default 300.
        """
        run = Transaction(self, attempts, ttl)
        while True:
            service = run.__enter__()
            try:
                result = work(service)
            except BaseException:
                if not run._end(commits=False):
                    raise
                continue
            if not run._end(commits=True):
                return result


class AsyncTransaction(Generic[A]):
    """One transaction, for `async with`; see `Transaction`."""

    def __init__(self, service: A, attempts: int | None, ttl: int | None) -> None:
        self._service = service
        self._options = given(attempts=attempts, ttl=ttl)
        self._number: int | None = None

    async def __aenter__(self) -> A:
        """Begins it, or begins it again, and returns the service whose calls belong to it."""
        record = {"begin": {"options": self._options, "again": self._number}}
        number: int = await self._run(record)
        self._number = number
        client = within(self._service.client, number)
        return type(self._service)(client)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end(commits=kind is None)

    async def _end(self, commits: bool) -> bool:
        """Commits or rolls back; says whether the work should begin again."""
        again: bool = await self._run({"end": {"number": self._number, "commits": commits}})
        return again

    async def _run(self, record: dict[str, Any]) -> Any:
        operation = self._service._begins
        return await self._service.client._run(operation, step(self._service.client, operation, record))


class AsyncTransactionService(AsyncService):
    """A service with transactions."""

    _begins: str

    def transaction(self: A, *, ttl: int | None = None) -> AsyncTransaction[A]:
        """A transaction for `async with`; see `TransactionService.transaction`."""
        return AsyncTransaction(self, 1, ttl)

    async def run_transaction(
        self: A, work: Callable[[A], Awaitable[R]], *, attempts: int | None = None, ttl: int | None = None
    ) -> R:
        """Awaits `work` with a service whose calls all belong to a transaction; see
        `TransactionService.run_transaction`. Cancelling the task rolls back."""
        run = AsyncTransaction(self, attempts, ttl)
        while True:
            service = await run.__aenter__()
            try:
                result = await work(service)
            except BaseException:
                if not await run._end(commits=False):
                    raise
                continue
            if not await run._end(commits=True):
                return result

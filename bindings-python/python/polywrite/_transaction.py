"""Services whose writes can happen together or not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, ExitStack
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ._steps import Work, given, within
from .service import AsyncService, Service

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
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
        self._work = Work(service.client, service._begins)
        self._stack = ExitStack()

    def __enter__(self) -> S:
        """Begins it and returns the service whose calls belong to it."""
        with self._stack as stack:
            stack.enter_context(self._traced())
            service = self._begin()
            stack.push(self._exit)
            stack.enter_context(self._work.part())
            self._stack = stack.pop_all()
        return service

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def _exit(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        self._end(commits=kind is None)

    def _traced(self) -> AbstractContextManager[None]:
        return self._work.traced(f"{self._service._begins.split('.')[0]}.transaction")

    def _begin(self) -> S:
        """Begins it, or begins it again."""
        number: int = self._run({"begin": {"options": self._options, "again": self._number}})
        self._number = number
        return type(self._service)(within(self._service.client, number))

    def _end(self, commits: bool) -> bool:
        """Commits or rolls back; says whether the work should begin again."""
        again: bool = self._run({"end": {"number": self._number, "commits": commits}})
        return again

    def _run(self, record: dict[str, Any]) -> Any:
        return self._service.client._run(self._service._begins, self._work.step(record))


class TransactionService(Service):
    """A service with transactions."""

    _begins: str

    def transaction(self: S, *, ttl: int | None = None) -> Transaction[S]:
        """A transaction for `with`: the block gets a service whose calls all belong to it. Its end commits, and an
        exception rolls back. It is begun once; `run_transaction` begins again after a conflict.

        The service refuses calls that cannot take part in a transaction, and more writes than one takes. Reads see
        rows that were staged before, but not increments.

        Args:
            ttl: Seconds until the server ends the transaction by itself, 60 to 3600; the server's default without.
        """
        return Transaction(self, 1, ttl)

    def run_transaction(self: S, work: Callable[[S], R], *, attempts: int | None = None, ttl: int | None = None) -> R:
        """Calls `work` with a service whose calls all belong to a transaction, commits, and returns what `work`
        returned. When `work` raises, nothing is written.

        When somebody else has changed a row that `work` changed, or the time of the transaction is over, `work` is
        called again after a short wait: so it must be able to run twice.

        Args:
            work: Makes the calls.
            attempts: How often the work is begun at most; a few times by default.
            ttl: Seconds until the server ends the transaction by itself, 60 to 3600; the server's default without.
        """
        run = Transaction(self, attempts, ttl)
        with run._traced():
            while True:
                service = run._begin()
                try:
                    with run._work.part():
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
        self._work = Work(service.client, service._begins)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> A:
        """Begins it and returns the service whose calls belong to it."""
        async with self._stack as stack:
            stack.enter_context(self._traced())
            service = await self._begin()
            stack.push_async_exit(self._exit)
            stack.enter_context(self._work.part())
            self._stack = stack.pop_all()
        return service

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def _exit(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        await self._end(commits=kind is None)

    def _traced(self) -> AbstractContextManager[None]:
        return self._work.traced(f"{self._service._begins.split('.')[0]}.transaction")

    async def _begin(self) -> A:
        """Begins it, or begins it again."""
        number: int = await self._run({"begin": {"options": self._options, "again": self._number}})
        self._number = number
        return type(self._service)(within(self._service.client, number))

    async def _end(self, commits: bool) -> bool:
        """Commits or rolls back; says whether the work should begin again."""
        again: bool = await self._run({"end": {"number": self._number, "commits": commits}})
        return again

    async def _run(self, record: dict[str, Any]) -> Any:
        return await self._service.client._run(self._service._begins, self._work.step(record))


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
        with run._traced():
            while True:
                service = await run._begin()
                try:
                    with run._work.part():
                        result = await work(service)
                except BaseException:
                    if not await run._end(commits=False):
                        raise
                    continue
                if not await run._end(commits=True):
                    return result

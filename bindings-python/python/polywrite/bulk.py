"""Bulk writes: what becomes of the rows, and how they reach the native layer."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from ._steps import Work, given

if TYPE_CHECKING:
    from .exception import AppwriteException
    from .service import AsyncService, Service


class BulkProgress(NamedTuple):
    """How far a bulk write is."""

    taken: int
    """Rows that were taken from the source."""
    written: int
    """Rows that were written."""
    failed: int
    """Rows that could not be written."""


class BulkFailure:
    """A row that was not written."""

    def __init__(self, index: int, id: str | None, error: AppwriteException) -> None:
        self.index = index
        """Its place among all rows, from 0."""
        self.id = id
        """Its ID, where it could be read or made."""
        self.error = error
        """Why."""

    def __repr__(self) -> str:
        return f"BulkFailure(index={self.index!r}, id={self.id!r}, error={self.error!r})"


class BulkReport(NamedTuple):
    """What became of the rows: each one that was taken was written, or is among the failures."""

    written: int
    """Rows that were written."""
    failures: list[BulkFailure]
    """Rows that were not, in the order of the source."""
    stopped: bool
    """Whether the write ended before the source did: at the first failure where that was asked for, or at an error that
    every further call would have met too, such as a missing scope."""


class _Write:
    """A bulk write on its way through the native layer."""

    def __init__(
        self, service: Service | AsyncService, operation: str, on_progress: Callable[[BulkProgress], Any] | None
    ) -> None:
        self.work = Work(service.client, operation)
        self._on_progress = on_progress
        self.number = 0
        self.together = 0
        """How many rows cross into the native layer together."""

    def opened(self, record: dict[str, int]) -> None:
        self.number, self.together = record["number"], record["together"]

    def step(self, kind: str) -> Any:
        return self.work.step({kind: {"number": self.number}})

    def push(self, rows: list[Any]) -> Any:
        """The step that hands rows over. Those that JSON cannot write go as their reasons."""
        from .exception import AppwriteException

        record: dict[str, Any] = {"push": {"number": self.number}}
        try:
            return self.work.step(record, {"rows": rows})
        except AppwriteException:
            failed = {place: why for place, row in enumerate(rows) if (why := _unwritable(row)) is not None}
        record = {"push": {"number": self.number, "failed": list(failed.items())}}
        rows = [None if place in failed else row for place, row in enumerate(rows)]
        return self.work.step(record, {"rows": rows})

    def goes_on(self, state: Any) -> bool:
        """Reports how far the write is where that has changed, and returns whether it goes on."""
        progress = state["progress"]
        if self._on_progress is not None and progress is not None:
            self._on_progress(BulkProgress(**progress))
        more: bool = state["more"]
        return more


def _unwritable(row: Any) -> str | None:
    """Why JSON cannot write a row."""
    from ._values import text
    from .exception import AppwriteException

    try:
        text("row", row)
    except AppwriteException as error:
        return error.message
    return None


def _report(record: Any) -> BulkReport:
    from ._error import from_fields

    failures = [BulkFailure(it["index"], it["id"], from_fields(it["error"])) for it in record["failures"]]
    return BulkReport(record["written"], failures, record["stopped"])


def _opened(write: str, limit: int | None, concurrency: int | None, stop_on_error: bool) -> dict[str, Any]:
    options = given(limit=limit, concurrency=concurrency, stopOnError=stop_on_error)
    return {"write": {"name": write, "options": options}}


def write(
    service: Service,
    names: tuple[str, str],
    params: dict[str, Any],
    rows: Iterable[Any],
    on_progress: Callable[[BulkProgress], Any] | None,
    limit: int | None,
    concurrency: int | None,
    stop_on_error: bool,
    options: Any,
) -> BulkReport:
    """Does the bulk write of the first name with the operation of the second."""
    name, operation = names
    it = _Write(service, operation, on_progress)
    run = service.client._run
    with it.work.traced(name):
        it.opened(run(operation, it.work.step(_opened(name, limit, concurrency, stop_on_error), params, options)))
        try:
            source = iter(rows)
            while some := list(islice(source, it.together)):
                if not it.goes_on(run(operation, it.push(some))):
                    break
            while it.goes_on(run(operation, it.step("settle"))):
                pass
            return _report(run(operation, it.step("report")))
        except BaseException:
            run(operation, it.step("forget"))
            raise


async def write_async(
    service: AsyncService,
    names: tuple[str, str],
    params: dict[str, Any],
    rows: Iterable[Any] | AsyncIterable[Any],
    on_progress: Callable[[BulkProgress], Any] | None,
    limit: int | None,
    concurrency: int | None,
    stop_on_error: bool,
    options: Any,
) -> BulkReport:
    """As `write`, from an iterable of either kind."""
    name, operation = names
    it = _Write(service, operation, on_progress)
    run = service.client._run
    with it.work.traced(name):
        opened = it.work.step(_opened(name, limit, concurrency, stop_on_error), params, options)
        it.opened(await run(operation, opened))
        try:
            async for some in _batches(rows, it.together):
                if not it.goes_on(await run(operation, it.push(some))):
                    break
            while it.goes_on(await run(operation, it.step("settle"))):
                pass
            return _report(await run(operation, it.step("report")))
        except BaseException:
            await run(operation, it.step("forget"))
            raise


async def _batches(rows: Iterable[Any] | AsyncIterable[Any], size: int) -> AsyncIterator[list[Any]]:
    if not isinstance(rows, AsyncIterable):
        source: Iterator[Any] = iter(rows)
        while some := list(islice(source, size)):
            yield some
        return
    some = []
    async for row in rows:
        some.append(row)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


if not TYPE_CHECKING:
    __all__ = ["BulkFailure", "BulkProgress", "BulkReport"]

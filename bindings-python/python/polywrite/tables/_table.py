"""One table whose columns have types, and the tables of a database."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .. import _types, models
from ..id import ID
from ..services import TablesDB
from ..services.aio import AsyncTablesDB
from ._operators import Operators, operators
from ._queries import TableQuery

if TYPE_CHECKING:
    from ..async_client import AsyncClient
    from ..bulk import BulkReport
    from ..client import Client

T = TypeVar("T")
New = TypeVar("New", bound=Mapping[str, Any])
Changes = TypeVar("Changes", bound=Mapping[str, Any])
Q = TypeVar("Q")
R = TypeVar("R")


class _Place(Generic[T, Q]):
    """Where a table is, and what its rows become."""

    operator: Operators = operators
    """Makes changes that the server computes."""

    def __init__(self, service: Any, database_id: str, table_id: str, model_type: type[T], query: Q) -> None:
        self.query = query
        """Makes queries about these rows."""
        self._service = service
        self._place = (database_id, table_id)
        self._model_type = model_type


class Table(_Place[T, Q], Generic[T, New, Changes, Q]):
    """One table with the types of its rows, of new rows, of changes and of queries. Every method makes the call of
    `TablesDB` that has its name; what it takes beside the row's own data are the options of that call."""

    _service: TablesDB

    def list_rows(
        self,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        total: bool | None = None,
        ttl: int | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.RowList[T]:
        """Lists the rows that match the queries and that the caller may read."""
        return self._service.list_rows(
            *self._place, queries, transaction_id, total, ttl, model_type=self._model_type, **options
        )

    def iterate_rows(
        self,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        page_size: int | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> _types.Items[models.RowList[T], models.Row[T]]:
        """Lists all rows that match the queries, page after page."""
        return self._service.iterate_rows(
            *self._place, queries, transaction_id, page_size=page_size, model_type=self._model_type, **options
        )

    def get_row(
        self,
        row_id: str,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.Row[T]:
        """Returns one row."""
        return self._service.get_row(
            *self._place, row_id, queries, transaction_id, model_type=self._model_type, **options
        )

    def create_row(
        self,
        data: New,
        *,
        row_id: str | None = None,
        permissions: Sequence[str] | None = None,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.Row[T]:
        """Adds a row. Without an ID it gets a new one."""
        return self._service.create_row(
            *self._place,
            ID.unique() if row_id is None else row_id,
            data,
            permissions,
            transaction_id,
            model_type=self._model_type,
            **options,
        )

    def update_row(
        self,
        row_id: str,
        data: Changes,
        *,
        permissions: Sequence[str] | None = None,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.Row[T]:
        """Changes columns of a row; the others stay as they are."""
        return self._service.update_row(
            *self._place, row_id, data, permissions, transaction_id, model_type=self._model_type, **options
        )

    def upsert_row(
        self,
        row_id: str,
        data: New,
        *,
        permissions: Sequence[str] | None = None,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.Row[T]:
        """Adds a row, or changes the one that has its ID."""
        return self._service.upsert_row(
            *self._place, row_id, data, permissions, transaction_id, model_type=self._model_type, **options
        )

    def delete_row(
        self, row_id: str, *, transaction_id: str | None = None, **options: _types.Unpack[_types.CallOptions]
    ) -> None:
        """Deletes a row."""
        self._service.delete_row(*self._place, row_id, transaction_id, **options)

    def update_rows(
        self,
        data: Changes,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.RowList[T]:
        """Makes the same change to all rows that match the queries."""
        return self._service.update_rows(
            *self._place, data, queries, transaction_id, model_type=self._model_type, **options
        )

    def delete_rows(
        self,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.RowList[T]:
        """Deletes all rows that match the queries, and returns them."""
        return self._service.delete_rows(*self._place, queries, transaction_id, model_type=self._model_type, **options)

    def bulk_create_rows(self, rows: Iterable[New], **options: _types.Unpack[_types.BulkOptions]) -> BulkReport:
        """Creates any number of rows, a few calls at a time, and returns what became of each."""
        return self._service.bulk_create_rows(*self._place, rows, **options)

    def bulk_upsert_rows(
        self, rows: Iterable[tuple[str, New]], **options: _types.Unpack[_types.BulkOptions]
    ) -> BulkReport:
        """Creates or replaces any number of rows, each given with its ID, and returns what became of each."""
        return self._service.bulk_upsert_rows(*self._place, ({"$id": id, **data} for id, data in rows), **options)

    def bulk_update_rows(
        self, data: Changes, ids: Iterable[str], **options: _types.Unpack[_types.BulkOptions]
    ) -> BulkReport:
        """Makes the same change to any number of rows, a few calls at a time, and returns what became of each."""
        return self._service.bulk_update_rows(*self._place, data, ids, **options)

    def bulk_delete_rows(self, ids: Iterable[str], **options: _types.Unpack[_types.BulkOptions]) -> BulkReport:
        """Deletes any number of rows, a few calls at a time, and returns what became of each."""
        return self._service.bulk_delete_rows(*self._place, ids, **options)


class AsyncTable(_Place[T, Q], Generic[T, New, Changes, Q]):
    """As `Table`, for an asynchronous client."""

    _service: AsyncTablesDB

    async def list_rows(
        self,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        total: bool | None = None,
        ttl: int | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.RowList[T]:
        """Lists the rows that match the queries and that the caller may read."""
        return await self._service.list_rows(
            *self._place, queries, transaction_id, total, ttl, model_type=self._model_type, **options
        )

    def iterate_rows(
        self,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        page_size: int | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> _types.AsyncItems[models.RowList[T], models.Row[T]]:
        """Lists all rows that match the queries, page after page."""
        return self._service.iterate_rows(
            *self._place, queries, transaction_id, page_size=page_size, model_type=self._model_type, **options
        )

    async def get_row(
        self,
        row_id: str,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.Row[T]:
        """Returns one row."""
        return await self._service.get_row(
            *self._place, row_id, queries, transaction_id, model_type=self._model_type, **options
        )

    async def create_row(
        self,
        data: New,
        *,
        row_id: str | None = None,
        permissions: Sequence[str] | None = None,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.Row[T]:
        """Adds a row. Without an ID it gets a new one."""
        return await self._service.create_row(
            *self._place,
            ID.unique() if row_id is None else row_id,
            data,
            permissions,
            transaction_id,
            model_type=self._model_type,
            **options,
        )

    async def update_row(
        self,
        row_id: str,
        data: Changes,
        *,
        permissions: Sequence[str] | None = None,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.Row[T]:
        """Changes columns of a row; the others stay as they are."""
        return await self._service.update_row(
            *self._place, row_id, data, permissions, transaction_id, model_type=self._model_type, **options
        )

    async def upsert_row(
        self,
        row_id: str,
        data: New,
        *,
        permissions: Sequence[str] | None = None,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.Row[T]:
        """Adds a row, or changes the one that has its ID."""
        return await self._service.upsert_row(
            *self._place, row_id, data, permissions, transaction_id, model_type=self._model_type, **options
        )

    async def delete_row(
        self, row_id: str, *, transaction_id: str | None = None, **options: _types.Unpack[_types.CallOptions]
    ) -> None:
        """Deletes a row."""
        await self._service.delete_row(*self._place, row_id, transaction_id, **options)

    async def update_rows(
        self,
        data: Changes,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.RowList[T]:
        """Makes the same change to all rows that match the queries."""
        return await self._service.update_rows(
            *self._place, data, queries, transaction_id, model_type=self._model_type, **options
        )

    async def delete_rows(
        self,
        queries: Sequence[TableQuery[T]] | None = None,
        *,
        transaction_id: str | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> models.RowList[T]:
        """Deletes all rows that match the queries, and returns them."""
        return await self._service.delete_rows(
            *self._place, queries, transaction_id, model_type=self._model_type, **options
        )

    async def bulk_create_rows(
        self, rows: Iterable[New] | AsyncIterable[New], **options: _types.Unpack[_types.BulkOptions]
    ) -> BulkReport:
        """Creates any number of rows, a few calls at a time, and returns what became of each."""
        return await self._service.bulk_create_rows(*self._place, rows, **options)

    async def bulk_upsert_rows(
        self, rows: Iterable[tuple[str, New]], **options: _types.Unpack[_types.BulkOptions]
    ) -> BulkReport:
        """Creates or replaces any number of rows, each given with its ID, and returns what became of each."""
        return await self._service.bulk_upsert_rows(*self._place, ({"$id": id, **data} for id, data in rows), **options)

    async def bulk_update_rows(
        self, data: Changes, ids: Iterable[str] | AsyncIterable[str], **options: _types.Unpack[_types.BulkOptions]
    ) -> BulkReport:
        """Makes the same change to any number of rows, a few calls at a time, and returns what became of each."""
        return await self._service.bulk_update_rows(*self._place, data, ids, **options)

    async def bulk_delete_rows(
        self, ids: Iterable[str] | AsyncIterable[str], **options: _types.Unpack[_types.BulkOptions]
    ) -> BulkReport:
        """Deletes any number of rows, a few calls at a time, and returns what became of each."""
        return await self._service.bulk_delete_rows(*self._place, ids, **options)


class Tables:
    """What the database of a file that `polywrite types` wrote is made of."""

    def __init__(self, client: Client | TablesDB) -> None:
        self._service = client if isinstance(client, TablesDB) else TablesDB(client)
        self._open(self._service)

    def _open(self, service: TablesDB) -> None:
        """Makes the tables."""

    @contextmanager
    def transaction(self, *, ttl: int | None = None) -> Iterator[_types.Self]:
        """Tables for `with` whose calls all belong to a transaction; see `TablesDB.transaction`."""
        with self._service.transaction(ttl=ttl) as service:
            yield type(self)(service)

    def run_transaction(
        self, work: Callable[[_types.Self], R], *, attempts: int | None = None, ttl: int | None = None
    ) -> R:
        """Calls `work` with tables whose calls all belong to a transaction; see `TablesDB.run_transaction`."""
        make = type(self)
        return self._service.run_transaction(lambda service: work(make(service)), attempts=attempts, ttl=ttl)


class AsyncTables:
    """As `Tables`, for an asynchronous client."""

    def __init__(self, client: AsyncClient | AsyncTablesDB) -> None:
        self._service = client if isinstance(client, AsyncTablesDB) else AsyncTablesDB(client)
        self._open(self._service)

    def _open(self, service: AsyncTablesDB) -> None:
        """Makes the tables."""

    @asynccontextmanager
    async def transaction(self, *, ttl: int | None = None) -> AsyncIterator[_types.Self]:
        """Tables for `async with` whose calls all belong to a transaction; see `TablesDB.transaction`."""
        async with self._service.transaction(ttl=ttl) as service:
            yield type(self)(service)

    async def run_transaction(
        self, work: Callable[[_types.Self], Awaitable[R]], *, attempts: int | None = None, ttl: int | None = None
    ) -> R:
        """Awaits `work` with tables whose calls all belong to a transaction; see `TablesDB.run_transaction`."""
        make = type(self)
        return await self._service.run_transaction(lambda service: work(make(service)), attempts=attempts, ttl=ttl)

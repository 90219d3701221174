"""Queries that know the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload

if TYPE_CHECKING:
    from datetime import datetime

T = TypeVar("T")
Text = TypeVar("Text", bound=str)
Date = TypeVar("Date", bound=str)
Number = TypeVar("Number", bound=str)
Boolean = TypeVar("Boolean", bound=str)
Shape = TypeVar("Shape", bound=str)
Whole = TypeVar("Whole", bound=str)

if TYPE_CHECKING:
    Result = TypeVar("Result", covariant=True)
    Texts = TypeVar("Texts", contravariant=True)
    Dates = TypeVar("Dates", contravariant=True)
    Numbers = TypeVar("Numbers", contravariant=True)
    Booleans = TypeVar("Booleans", contravariant=True)
    Columns = TypeVar("Columns", contravariant=True)

    class TableQuery(str, Generic[T]):
        """A query about rows of one type. Only the `query` of a table makes one."""

    class Compare(Protocol[Result, Texts, Dates, Numbers, Booleans]):
        """Compares a column with a value, or with several."""

        @overload
        def __call__(self, column: Texts, value: str | Sequence[str]) -> Result: ...
        @overload
        def __call__(self, column: Dates, value: datetime | str | Sequence[datetime | str]) -> Result: ...
        @overload
        def __call__(self, column: Numbers, value: float | Sequence[float]) -> Result: ...
        @overload
        def __call__(self, column: Booleans, value: bool | Sequence[bool]) -> Result: ...

    class Between(Protocol[Result, Texts, Dates, Numbers]):
        """Compares a column with two values."""

        @overload
        def __call__(self, column: Texts, start: str, end: str) -> Result: ...
        @overload
        def __call__(self, column: Dates, start: datetime | str, end: datetime | str) -> Result: ...
        @overload
        def __call__(self, column: Numbers, start: float, end: float) -> Result: ...

    class About(Protocol[Result, Columns]):
        """Is about a column."""

        def __call__(self, column: Columns) -> Result: ...

    class Match(Protocol[Result, Columns]):
        """Looks for a text in a column."""

        def __call__(self, column: Columns, text: str) -> Result: ...

    class Geometry(Protocol[Result, Columns]):
        """Compares a geometry with another one."""

        def __call__(self, column: Columns, values: Sequence[Any]) -> Result: ...

    class Distance(Protocol[Result, Columns]):
        """Compares the distance of a point from a geometry: in metres, or in the unit of the coordinates."""

        def __call__(self, column: Columns, values: Sequence[Any], distance: float, meters: bool = True) -> Result: ...

    class Select(Protocol[Result, Columns]):
        """Asks for these columns only; `*` stands for all, `author.*` for those of a related row."""

        def __call__(self, columns: Sequence[Columns]) -> Result: ...

    class Queries(Generic[T, Text, Date, Number, Boolean, Shape, Whole]):
        """`Query` with the columns of one table, by what they hold: texts, dates, numbers, truth values,
        geometries; and what stands for all columns, such as `*`."""

        equal: Compare[TableQuery[T], Text, Date, Number, Boolean]
        not_equal: Compare[TableQuery[T], Text, Date, Number, Boolean]
        less_than: Compare[TableQuery[T], Text, Date, Number, Boolean]
        less_than_equal: Compare[TableQuery[T], Text, Date, Number, Boolean]
        greater_than: Compare[TableQuery[T], Text, Date, Number, Boolean]
        greater_than_equal: Compare[TableQuery[T], Text, Date, Number, Boolean]
        contains: Compare[TableQuery[T], Text, Date, Number, Boolean]
        not_contains: Compare[TableQuery[T], Text, Date, Number, Boolean]
        contains_any: Compare[TableQuery[T], Text, Date, Number, Boolean]
        contains_all: Compare[TableQuery[T], Text, Date, Number, Boolean]
        between: Between[TableQuery[T], Text, Date, Number]
        not_between: Between[TableQuery[T], Text, Date, Number]
        is_null: About[TableQuery[T], Text | Date | Number | Boolean | Shape]
        is_not_null: About[TableQuery[T], Text | Date | Number | Boolean | Shape]
        order_asc: About[TableQuery[T], Text | Date | Number | Boolean | Shape]
        order_desc: About[TableQuery[T], Text | Date | Number | Boolean | Shape]
        starts_with: Match[TableQuery[T], Text]
        not_starts_with: Match[TableQuery[T], Text]
        ends_with: Match[TableQuery[T], Text]
        not_ends_with: Match[TableQuery[T], Text]
        regex: Match[TableQuery[T], Text]
        search: Match[TableQuery[T], Text]
        not_search: Match[TableQuery[T], Text]
        distance_equal: Distance[TableQuery[T], Shape]
        distance_not_equal: Distance[TableQuery[T], Shape]
        distance_greater_than: Distance[TableQuery[T], Shape]
        distance_less_than: Distance[TableQuery[T], Shape]
        intersects: Geometry[TableQuery[T], Shape]
        not_intersects: Geometry[TableQuery[T], Shape]
        crosses: Geometry[TableQuery[T], Shape]
        not_crosses: Geometry[TableQuery[T], Shape]
        overlaps: Geometry[TableQuery[T], Shape]
        not_overlaps: Geometry[TableQuery[T], Shape]
        touches: Geometry[TableQuery[T], Shape]
        not_touches: Geometry[TableQuery[T], Shape]

        select: Select[TableQuery[T], Text | Date | Number | Boolean | Shape | Whole]

        @staticmethod
        def created_before(value: datetime | str) -> TableQuery[T]: ...
        @staticmethod
        def created_after(value: datetime | str) -> TableQuery[T]: ...
        @staticmethod
        def created_between(start: datetime | str, end: datetime | str) -> TableQuery[T]: ...
        @staticmethod
        def updated_before(value: datetime | str) -> TableQuery[T]: ...
        @staticmethod
        def updated_after(value: datetime | str) -> TableQuery[T]: ...
        @staticmethod
        def updated_between(start: datetime | str, end: datetime | str) -> TableQuery[T]: ...
        @staticmethod
        def order_random() -> TableQuery[T]: ...
        @staticmethod
        def cursor_before(id: str) -> TableQuery[T]: ...
        @staticmethod
        def cursor_after(id: str) -> TableQuery[T]: ...
        @staticmethod
        def limit(limit: int) -> TableQuery[T]: ...
        @staticmethod
        def offset(offset: int) -> TableQuery[T]: ...
        @staticmethod
        def or_queries(queries: Sequence[TableQuery[T]]) -> TableQuery[T]: ...
        @staticmethod
        def and_queries(queries: Sequence[TableQuery[T]]) -> TableQuery[T]: ...
else:
    from ..query import Query

    class TableQuery(str, Generic[T]):
        pass

    class Queries(Generic[T, Text, Date, Number, Boolean, Shape, Whole]):
        def __getattr__(self, name: str) -> Any:
            return getattr(Query, name)

"""Which rows, in which order, how many: each query is a piece of JSON text, as calls take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _types
from ._helpers import query
from .generated.query import QueryHelpers

if TYPE_CHECKING:
    from .query_builder import QueryBuilder


class _LazyBuilder:
    """The class of `Query.builder()`, which needs all of `Query` to be there first."""

    def __get__(self, *owner: object) -> type[QueryBuilder]:
        from .query_builder import QueryBuilder

        return QueryBuilder


class Query(QueryHelpers):
    """Every method makes one query. `str(Query(method, attribute, values))` makes any other.

    A point is `[longitude, latitude]`, a line is a list of points, a polygon a list of lines. Totals such as `sum` are
    called `alias` in the result if that is given.
    """

    Builder = _LazyBuilder()

    def __init__(self, method: str, attribute: str | None = None, values: Any = None) -> None:
        self.method = method
        self.attribute = attribute
        self.values = values

    def __str__(self) -> str:
        return query(self.method, self.attribute, self.values)

    def _to_wire(self) -> str:
        return str(self)

    @staticmethod
    def builder() -> _types.QueryBuilder:
        """Collects queries in a chain: `Query.builder().equal("year", 1999).limit(5).build()`."""
        return Query.Builder()

"""Which rows, in which order, how many: each query is a piece of JSON text, as calls take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _types
from ._query import parsed, query
from .query_aggregate import AggregateQueries
from .query_join import JoinQueries
from .query_shape import ShapeQueries

if TYPE_CHECKING:
    from .query_builder import QueryBuilder


class _LazyBuilder:
    """The class of `Query.builder()`, which needs all of `Query` to be there first."""

    def __get__(self, *owner: object) -> type[QueryBuilder]:
        from .query_builder import QueryBuilder

        return QueryBuilder


class Query(ShapeQueries, AggregateQueries, JoinQueries):
    """Every method makes one query. `str(Query(method, attribute, values))` makes any other."""

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

    @staticmethod
    def equal(attribute: str, value: Any) -> str:
        """The attribute is the value, or one of several."""
        return query("equal", attribute, value)

    @staticmethod
    def not_equal(attribute: str, value: Any) -> str:
        """The attribute is not the value."""
        return query("notEqual", attribute, value)

    @staticmethod
    def regex(attribute: str, pattern: str) -> str:
        """The attribute matches a regular expression."""
        return query("regex", attribute, pattern)

    @staticmethod
    def less_than(attribute: str, value: Any) -> str:
        """The attribute is below the value."""
        return query("lessThan", attribute, value)

    @staticmethod
    def less_than_equal(attribute: str, value: Any) -> str:
        """The attribute is the value or below it."""
        return query("lessThanEqual", attribute, value)

    @staticmethod
    def greater_than(attribute: str, value: Any) -> str:
        """The attribute is above the value."""
        return query("greaterThan", attribute, value)

    @staticmethod
    def greater_than_equal(attribute: str, value: Any) -> str:
        """The attribute is the value or above it."""
        return query("greaterThanEqual", attribute, value)

    @staticmethod
    def is_null(attribute: str) -> str:
        """The attribute has no value."""
        return query("isNull", attribute)

    @staticmethod
    def is_not_null(attribute: str) -> str:
        """The attribute has a value."""
        return query("isNotNull", attribute)

    @staticmethod
    def exists(attributes: str | list[str]) -> str:
        """All of the attributes are there."""
        return query("exists", None, attributes)

    @staticmethod
    def not_exists(attributes: str | list[str]) -> str:
        """None of the attributes is there."""
        return query("notExists", None, attributes)

    @staticmethod
    def between(attribute: str, start: Any, end: Any) -> str:
        """The attribute lies between two values, both included."""
        return query("between", attribute, [start, end])

    @staticmethod
    def starts_with(attribute: str, value: Any) -> str:
        """The text begins with the value."""
        return query("startsWith", attribute, value)

    @staticmethod
    def ends_with(attribute: str, value: Any) -> str:
        """The text ends with the value."""
        return query("endsWith", attribute, value)

    @staticmethod
    def select(attributes: str | list[str]) -> str:
        """Only these attributes are answered."""
        return query("select", None, attributes)

    @staticmethod
    def search(attribute: str, value: Any) -> str:
        """The attribute, which has a full-text index, contains the words."""
        return query("search", attribute, value)

    @staticmethod
    def order_asc(attribute: str) -> str:
        """Smallest first."""
        return query("orderAsc", attribute)

    @staticmethod
    def order_desc(attribute: str) -> str:
        """Largest first."""
        return query("orderDesc", attribute)

    @staticmethod
    def order_random() -> str:
        """In an order that differs from call to call."""
        return query("orderRandom")

    @staticmethod
    def cursor_before(id: str) -> str:
        """The page that ends before the row with this ID."""
        return query("cursorBefore", None, id)

    @staticmethod
    def cursor_after(id: str) -> str:
        """The page that begins after the row with this ID."""
        return query("cursorAfter", None, id)

    @staticmethod
    def limit(limit: int) -> str:
        """At most this many."""
        return query("limit", None, limit)

    @staticmethod
    def offset(offset: int) -> str:
        """Without the first ones."""
        return query("offset", None, offset)

    @staticmethod
    def contains(attribute: str, value: Any) -> str:
        """The text contains the value, or the list one of the values."""
        return query("contains", attribute, value)

    @staticmethod
    def contains_any(attribute: str, value: Any) -> str:
        """The list contains one of the values."""
        return query("containsAny", attribute, value)

    @staticmethod
    def contains_all(attribute: str, value: Any) -> str:
        """The list contains all of the values."""
        return query("containsAll", attribute, value)

    @staticmethod
    def not_contains(attribute: str, value: Any) -> str:
        """The text does not contain the value, nor the list any of the values."""
        return query("notContains", attribute, value)

    @staticmethod
    def not_search(attribute: str, value: Any) -> str:
        """The attribute does not contain the words."""
        return query("notSearch", attribute, value)

    @staticmethod
    def not_between(attribute: str, start: Any, end: Any) -> str:
        """The attribute lies outside of two values."""
        return query("notBetween", attribute, [start, end])

    @staticmethod
    def not_starts_with(attribute: str, value: Any) -> str:
        """The text does not begin with the value."""
        return query("notStartsWith", attribute, value)

    @staticmethod
    def not_ends_with(attribute: str, value: Any) -> str:
        """The text does not end with the value."""
        return query("notEndsWith", attribute, value)

    @staticmethod
    def created_before(value: Any) -> str:
        """Created before a date: `datetime` or ISO 8601 text."""
        return query("lessThan", "$createdAt", value)

    @staticmethod
    def created_after(value: Any) -> str:
        """Created after a date."""
        return query("greaterThan", "$createdAt", value)

    @staticmethod
    def created_between(start: Any, end: Any) -> str:
        """Created between two dates."""
        return query("between", "$createdAt", [start, end])

    @staticmethod
    def updated_before(value: Any) -> str:
        """Updated before a date: `datetime` or ISO 8601 text."""
        return query("lessThan", "$updatedAt", value)

    @staticmethod
    def updated_after(value: Any) -> str:
        """Updated after a date."""
        return query("greaterThan", "$updatedAt", value)

    @staticmethod
    def updated_between(start: Any, end: Any) -> str:
        """Updated between two dates."""
        return query("between", "$updatedAt", [start, end])

    @staticmethod
    def or_queries(queries: list[str]) -> str:
        """At least one of the queries holds."""
        return query("or", None, parsed("Query.or_queries", queries))

    @staticmethod
    def and_queries(queries: list[str]) -> str:
        """All of the queries hold."""
        return query("and", None, parsed("Query.and_queries", queries))

    @staticmethod
    def elem_match(attribute: str, queries: list[str]) -> str:
        """One element of the list fulfils all of the queries."""
        return query("elemMatch", attribute, parsed("Query.elem_match", queries))

    @staticmethod
    def relationship(attribute: str, queries: list[str]) -> str:
        """The related rows fulfil the queries."""
        return query("relationship", attribute, parsed("Query.relationship", queries))

    @staticmethod
    def page(page: int, per_page: int = 25) -> list[str]:
        """The queries for a page of a list, the first being 1."""
        if page < 1:
            raise ValueError(f"page must be 1 or more, got {page}")
        if per_page < 1:
            raise ValueError(f"per_page must be 1 or more, got {per_page}")
        return [Query.limit(per_page), Query.offset((page - 1) * per_page)]

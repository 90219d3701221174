"""Queries collected in a chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .query import Query

if TYPE_CHECKING:
    from typing import ParamSpec, Protocol

    P = ParamSpec("P")

    class Method(Protocol[P]):
        """A method that takes what `P` says. Not every type checker binds a class's attribute that is a `Callable`."""

        def __get__(self, builder: QueryBuilder, owner: Any = None) -> Callable[P, QueryBuilder]: ...


def _adding(make: Callable[P, str]) -> Method[P]:
    def add(self: QueryBuilder, /, *args: P.args, **kwargs: P.kwargs) -> QueryBuilder:
        self._queries.append(make(*args, **kwargs))
        return self

    add.__name__, add.__doc__ = make.__name__, make.__doc__
    # The others are for type checkers only.
    add.__annotations__ = {"return": "QueryBuilder"}
    method: Any = add
    return method


class QueryBuilder:
    """Every method takes what the one of `Query` takes and returns the builder."""

    def __init__(self) -> None:
        self._queries: list[str] = []

    def build(self) -> list[str]:
        """The queries so far."""
        return list(self._queries)

    def _to_wire(self) -> list[str]:
        return self._queries

    def page(self, page: int, per_page: int = 25) -> QueryBuilder:
        """A page of a list, the first being 1."""
        self._queries.extend(Query.page(page, per_page))
        return self

    equal = _adding(Query.equal)
    not_equal = _adding(Query.not_equal)
    regex = _adding(Query.regex)
    less_than = _adding(Query.less_than)
    less_than_equal = _adding(Query.less_than_equal)
    greater_than = _adding(Query.greater_than)
    greater_than_equal = _adding(Query.greater_than_equal)
    is_null = _adding(Query.is_null)
    is_not_null = _adding(Query.is_not_null)
    exists = _adding(Query.exists)
    not_exists = _adding(Query.not_exists)
    between = _adding(Query.between)
    starts_with = _adding(Query.starts_with)
    ends_with = _adding(Query.ends_with)
    select = _adding(Query.select)
    search = _adding(Query.search)
    order_asc = _adding(Query.order_asc)
    order_desc = _adding(Query.order_desc)
    order_random = _adding(Query.order_random)
    cursor_before = _adding(Query.cursor_before)
    cursor_after = _adding(Query.cursor_after)
    limit = _adding(Query.limit)
    offset = _adding(Query.offset)
    contains = _adding(Query.contains)
    contains_any = _adding(Query.contains_any)
    contains_all = _adding(Query.contains_all)
    not_contains = _adding(Query.not_contains)
    not_search = _adding(Query.not_search)
    not_between = _adding(Query.not_between)
    not_starts_with = _adding(Query.not_starts_with)
    not_ends_with = _adding(Query.not_ends_with)
    created_before = _adding(Query.created_before)
    created_after = _adding(Query.created_after)
    created_between = _adding(Query.created_between)
    updated_before = _adding(Query.updated_before)
    updated_after = _adding(Query.updated_after)
    updated_between = _adding(Query.updated_between)
    or_queries = _adding(Query.or_queries)
    and_queries = _adding(Query.and_queries)
    elem_match = _adding(Query.elem_match)
    relationship = _adding(Query.relationship)
    distance_equal = _adding(Query.distance_equal)
    distance_not_equal = _adding(Query.distance_not_equal)
    distance_greater_than = _adding(Query.distance_greater_than)
    distance_less_than = _adding(Query.distance_less_than)
    vector_dot = _adding(Query.vector_dot)
    vector_cosine = _adding(Query.vector_cosine)
    vector_euclidean = _adding(Query.vector_euclidean)
    intersects = _adding(Query.intersects)
    not_intersects = _adding(Query.not_intersects)
    crosses = _adding(Query.crosses)
    not_crosses = _adding(Query.not_crosses)
    overlaps = _adding(Query.overlaps)
    not_overlaps = _adding(Query.not_overlaps)
    touches = _adding(Query.touches)
    not_touches = _adding(Query.not_touches)
    covers = _adding(Query.covers)
    not_covers = _adding(Query.not_covers)
    spatial_equals = _adding(Query.spatial_equals)
    not_spatial_equals = _adding(Query.not_spatial_equals)
    count = _adding(Query.count)
    count_distinct = _adding(Query.count_distinct)
    sum = _adding(Query.sum)
    avg = _adding(Query.avg)
    min = _adding(Query.min)
    max = _adding(Query.max)
    stddev = _adding(Query.stddev)
    stddev_pop = _adding(Query.stddev_pop)
    stddev_samp = _adding(Query.stddev_samp)
    variance = _adding(Query.variance)
    var_pop = _adding(Query.var_pop)
    var_samp = _adding(Query.var_samp)
    bit_and = _adding(Query.bit_and)
    bit_or = _adding(Query.bit_or)
    bit_xor = _adding(Query.bit_xor)
    group_by = _adding(Query.group_by)
    having = _adding(Query.having)
    distinct = _adding(Query.distinct)
    join = _adding(Query.join)
    left_join = _adding(Query.left_join)
    right_join = _adding(Query.right_join)
    full_outer_join = _adding(Query.full_outer_join)
    cross_join = _adding(Query.cross_join)

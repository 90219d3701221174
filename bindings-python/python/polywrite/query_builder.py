"""Queries collected in a chain."""

from __future__ import annotations

from . import _types
from .generated.query_builder import BuilderMethods


class QueryBuilder(BuilderMethods):
    """Every method takes what the one of `Query` takes and returns the builder."""

    def __init__(self) -> None:
        self._queries: list[str] = []

    def build(self) -> list[str]:
        """The queries so far."""
        return list(self._queries)

    def _add(self, *queries: str) -> _types.Self:
        self._queries += queries
        return self

    def _to_wire(self) -> list[str]:
        return self._queries

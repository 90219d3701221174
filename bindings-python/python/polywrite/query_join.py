"""Queries over several tables."""

from __future__ import annotations

from typing import Any

from ._query import parsed, query


class JoinQueries:
    """`left` and `right` are columns; or `left` is a list of queries, `Query.on` among them; or `left` is an alias
    and `right` the list."""

    @staticmethod
    def on(left: str, right: str, operator: str = "=") -> str:
        """Compares columns of two tables."""
        return query("on", None, [left, operator, right])

    @staticmethod
    def join(
        table: str, left: str | list[str], right: str | list[str] = "", operator: str = "=", alias: str = ""
    ) -> str:
        """Only pairs that belong together."""
        return _join("join", table, left, right, operator, alias)

    @staticmethod
    def left_join(
        table: str, left: str | list[str], right: str | list[str] = "", operator: str = "=", alias: str = ""
    ) -> str:
        """All rows of this table, with the other's where they belong together."""
        return _join("leftJoin", table, left, right, operator, alias)

    @staticmethod
    def right_join(
        table: str, left: str | list[str], right: str | list[str] = "", operator: str = "=", alias: str = ""
    ) -> str:
        """All rows of the joined table, with this one's where they belong together."""
        return _join("rightJoin", table, left, right, operator, alias)

    @staticmethod
    def full_outer_join(
        table: str, left: str | list[str], right: str | list[str] = "", operator: str = "=", alias: str = ""
    ) -> str:
        """All rows of both tables, paired where they belong together."""
        return _join("fullOuterJoin", table, left, right, operator, alias)

    @staticmethod
    def cross_join(table: str, alias: str = "") -> str:
        """Every row of this table with every row of the other."""
        return query("crossJoin", table, alias or None)


def _join(method: str, table: str, left: str | list[str], right: str | list[str], operator: str, alias: str) -> str:
    if isinstance(left, str) and isinstance(right, list):
        alias, left = left, right
    name: list[Any] = [alias] if alias else []
    if isinstance(left, str):
        return query(method, table, [left, operator, right, *name])
    return query(method, table, name + parsed(f"Query.{method}", left))

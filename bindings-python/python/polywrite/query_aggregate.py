"""Queries that count and sum up."""

from __future__ import annotations

from ._query import parsed, query


class AggregateQueries:
    """The result carries `alias` as its name."""

    @staticmethod
    def count(attribute: str = "*", alias: str = "") -> str:
        """How many rows there are, under the name `alias`."""
        return query("count", attribute, alias or None)

    @staticmethod
    def count_distinct(attribute: str, alias: str = "") -> str:
        """How many different values there are."""
        return query("countDistinct", attribute, alias or None)

    @staticmethod
    def sum(attribute: str, alias: str = "") -> str:
        """The sum."""
        return query("sum", attribute, alias or None)

    @staticmethod
    def avg(attribute: str, alias: str = "") -> str:
        """The mean."""
        return query("avg", attribute, alias or None)

    @staticmethod
    def min(attribute: str, alias: str = "") -> str:
        """The smallest value."""
        return query("min", attribute, alias or None)

    @staticmethod
    def max(attribute: str, alias: str = "") -> str:
        """The largest value."""
        return query("max", attribute, alias or None)

    @staticmethod
    def stddev(attribute: str, alias: str = "") -> str:
        """The standard deviation."""
        return query("stddev", attribute, alias or None)

    @staticmethod
    def stddev_pop(attribute: str, alias: str = "") -> str:
        """The standard deviation of a population."""
        return query("stddevPop", attribute, alias or None)

    @staticmethod
    def stddev_samp(attribute: str, alias: str = "") -> str:
        """The standard deviation of a sample."""
        return query("stddevSamp", attribute, alias or None)

    @staticmethod
    def variance(attribute: str, alias: str = "") -> str:
        """The variance."""
        return query("variance", attribute, alias or None)

    @staticmethod
    def var_pop(attribute: str, alias: str = "") -> str:
        """The variance of a population."""
        return query("varPop", attribute, alias or None)

    @staticmethod
    def var_samp(attribute: str, alias: str = "") -> str:
        """The variance of a sample."""
        return query("varSamp", attribute, alias or None)

    @staticmethod
    def bit_and(attribute: str, alias: str = "") -> str:
        """All values, bit by bit: and."""
        return query("bitAnd", attribute, alias or None)

    @staticmethod
    def bit_or(attribute: str, alias: str = "") -> str:
        """All values, bit by bit: or."""
        return query("bitOr", attribute, alias or None)

    @staticmethod
    def bit_xor(attribute: str, alias: str = "") -> str:
        """All values, bit by bit: exclusive or."""
        return query("bitXor", attribute, alias or None)

    @staticmethod
    def group_by(attributes: str | list[str]) -> str:
        """One result for each combination of the attributes."""
        return query("groupBy", None, attributes)

    @staticmethod
    def having(queries: list[str]) -> str:
        """Only groups that fulfil the queries."""
        return query("having", None, parsed("Query.having", queries))

    @staticmethod
    def distinct() -> str:
        """Each result once."""
        return query("distinct")

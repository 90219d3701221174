"""Changes that the server makes itself, so that two writers cannot overwrite each other."""

from __future__ import annotations

import math
from typing import Any

from ._enum import WireEnum
from ._values import text


class Condition(WireEnum):
    """What `Operator.array_filter` keeps."""

    EQUAL = "equal"
    NOT_EQUAL = "notEqual"
    GREATER_THAN = "greaterThan"
    GREATER_THAN_EQUAL = "greaterThanEqual"
    LESS_THAN = "lessThan"
    LESS_THAN_EQUAL = "lessThanEqual"
    CONTAINS = "contains"
    IS_NULL = "isNull"
    IS_NOT_NULL = "isNotNull"


class Operator:
    """Each method makes a value for a row's data: `{"views": Operator.increment()}`."""

    def __init__(self, method: str, values: Any = None) -> None:
        self.method = method
        self.values = values

    def __str__(self) -> str:
        values = [] if self.values is None else self.values
        return _operator(self.method, *(values if isinstance(values, (list, tuple)) else [values]))

    @staticmethod
    def increment(value: float = 1, max: float | None = None) -> str:
        """Adds; the result stays at or below `max`."""
        return _arithmetic("increment", value, max)

    @staticmethod
    def decrement(value: float = 1, min: float | None = None) -> str:
        """Subtracts; the result stays at or above `min`."""
        return _arithmetic("decrement", value, min)

    @staticmethod
    def multiply(factor: float, max: float | None = None) -> str:
        """Multiplies; the result stays at or below `max`."""
        return _arithmetic("multiply", factor, max)

    @staticmethod
    def divide(divisor: float, min: float | None = None) -> str:
        """Divides; the result stays at or above `min`."""
        return _arithmetic("divide", _divisor(divisor), min)

    @staticmethod
    def modulo(divisor: float) -> str:
        """Leaves the remainder of a division."""
        return _arithmetic("modulo", _divisor(divisor), None)

    @staticmethod
    def power(exponent: float, max: float | None = None) -> str:
        """Raises to a power; the result stays at or below `max`."""
        return _arithmetic("power", exponent, max)

    @staticmethod
    def array_append(values: list[Any]) -> str:
        """Puts values at the end of a list."""
        return _operator("arrayAppend", *values)

    @staticmethod
    def array_prepend(values: list[Any]) -> str:
        """Puts values at the beginning of a list."""
        return _operator("arrayPrepend", *values)

    @staticmethod
    def array_insert(index: int, value: Any) -> str:
        """Puts a value into a list, at an index that begins at 0."""
        return _operator("arrayInsert", index, value)

    @staticmethod
    def array_remove(value: Any) -> str:
        """Takes a value out of a list."""
        return _operator("arrayRemove", value)

    @staticmethod
    def array_unique() -> str:
        """Leaves each value of a list once."""
        return _operator("arrayUnique")

    @staticmethod
    def array_intersect(values: list[Any]) -> str:
        """Leaves the values of a list that are among these."""
        return _operator("arrayIntersect", *values)

    @staticmethod
    def array_diff(values: list[Any]) -> str:
        """Leaves the values of a list that are not among these."""
        return _operator("arrayDiff", *values)

    @staticmethod
    def array_filter(condition: Condition | str, value: Any = None) -> str:
        """Leaves the values of a list that fulfil the condition."""
        return _operator("arrayFilter", condition, value)

    @staticmethod
    def string_concat(value: Any) -> str:
        """Puts text at the end, or values at the end of a list."""
        return _operator("stringConcat", value)

    @staticmethod
    def string_replace(search: str, replace: str) -> str:
        """Replaces every occurrence of a text."""
        return _operator("stringReplace", search, replace)

    @staticmethod
    def toggle() -> str:
        """Turns true into false, and back."""
        return _operator("toggle")

    @staticmethod
    def date_add_days(days: int) -> str:
        """Moves a date to the future."""
        return _operator("dateAddDays", days)

    @staticmethod
    def date_sub_days(days: int) -> str:
        """Moves a date to the past."""
        return _operator("dateSubDays", days)

    @staticmethod
    def date_set_now() -> str:
        """Sets a date to the server's present."""
        return _operator("dateSetNow")


def _operator(method: str, *values: Any) -> str:
    return text(f"Operator.{method}", {"method": method, "values": list(values)})


def _arithmetic(method: str, value: float, bound: float | None) -> str:
    values = [value] if bound is None else [value, bound]
    if not all(math.isfinite(each) for each in values):
        raise ValueError(f"{method} takes finite numbers only")
    return _operator(method, *values)


def _divisor(divisor: float) -> float:
    if divisor == 0:
        raise ValueError("the divisor must not be 0")
    return divisor

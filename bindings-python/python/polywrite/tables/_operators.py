"""Operators that know what they change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..operator import Operator

if TYPE_CHECKING:

    class NumberChange(str):
        """What the server makes of a number."""

    class ListChange(str):
        """What the server makes of a list."""

    class BooleanChange(str):
        """What the server makes of a truth value."""

    class Operators:
        """`Operator` with the types of what it changes. Changes of texts and dates are texts."""

        @staticmethod
        def increment(value: float = 1, max: float | None = None) -> NumberChange: ...
        @staticmethod
        def decrement(value: float = 1, min: float | None = None) -> NumberChange: ...
        @staticmethod
        def multiply(factor: float, max: float | None = None) -> NumberChange: ...
        @staticmethod
        def divide(divisor: float, min: float | None = None) -> NumberChange: ...
        @staticmethod
        def modulo(divisor: float) -> NumberChange: ...
        @staticmethod
        def power(exponent: float, max: float | None = None) -> NumberChange: ...
        @staticmethod
        def array_append(values: Sequence[Any]) -> ListChange: ...
        @staticmethod
        def array_prepend(values: Sequence[Any]) -> ListChange: ...
        @staticmethod
        def array_insert(index: int, value: Any) -> ListChange: ...
        @staticmethod
        def array_remove(value: Any) -> ListChange: ...
        @staticmethod
        def array_unique() -> ListChange: ...
        @staticmethod
        def array_intersect(values: Sequence[Any]) -> ListChange: ...
        @staticmethod
        def array_diff(values: Sequence[Any]) -> ListChange: ...
        @staticmethod
        def toggle() -> BooleanChange: ...
        @staticmethod
        def string_concat(value: str) -> str: ...
        @staticmethod
        def string_replace(search: str, replace: str) -> str: ...
        @staticmethod
        def date_add_days(days: int) -> str: ...
        @staticmethod
        def date_sub_days(days: int) -> str: ...
        @staticmethod
        def date_set_now() -> str: ...

else:
    NumberChange = ListChange = BooleanChange = str
    Operators = Operator

_operator: Any = Operator
operators: Operators = _operator
"""Makes changes that the server computes."""

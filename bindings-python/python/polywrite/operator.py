"""Changes that the server makes itself, so that two writers cannot overwrite each other."""

from __future__ import annotations

from typing import Any

from ._helpers import operator
from .enums.condition import Condition as Condition
from .generated.operator import OperatorHelpers


class Operator(OperatorHelpers):
    """Each method makes a value for a row's data: `{"views": Operator.increment()}`."""

    def __init__(self, method: str, values: Any = None) -> None:
        self.method = method
        self.values = values

    def __str__(self) -> str:
        values = [] if self.values is None else self.values
        return operator(self.method, values if isinstance(values, (list, tuple)) else [values])

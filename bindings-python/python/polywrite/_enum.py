"""What the enums of the API are made of."""

from __future__ import annotations

from enum import Enum


class WireEnum(str, Enum):
    """Known values of a text. Servers add values: those that are not known here become members without a class
    attribute, so decoding a response never fails."""

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def _missing_(cls, value: object) -> WireEnum | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

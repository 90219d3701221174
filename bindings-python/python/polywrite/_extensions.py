"""What `typing` has not had from the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["Self", "TypedDict", "Unpack"]

if TYPE_CHECKING:
    from typing import TypedDict as TypedDict

    from typing_extensions import Self as Self
    from typing_extensions import Unpack as Unpack
else:
    # pydantic takes only this `TypedDict` before Python 3.12. Users of pydantic have the package.
    try:
        from typing_extensions import Self, TypedDict, Unpack
    except ImportError:
        import typing

        class _Transparent:
            def __class_getitem__(cls, item: Any) -> Any:
                return item

        # Python 3.10 has neither.
        Self = getattr(typing, "Self", Any)
        Unpack = getattr(typing, "Unpack", _Transparent)

"""Marks what should not be used any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(message: str) -> Any:
        """Warns the function's caller, as its filters say."""

        def mark(function: Any) -> Any:
            def call(*args: Any, **kwargs: Any) -> Any:
                from warnings import warn

                warn(f"{function.__qualname__} is deprecated: {message}", DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            for name in ("__name__", "__qualname__", "__doc__", "__module__", "__annotations__"):
                setattr(call, name, getattr(function, name))
            call.__wrapped__ = function
            return call

        return mark

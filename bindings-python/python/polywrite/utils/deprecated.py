"""A mark for functions that should not be called any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

from .._deprecated import deprecated as because

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = TypeVar("Function", bound=Callable[..., Any])


@overload
def deprecated(reason: Function) -> Function: ...


@overload
def deprecated(reason: str | None = None) -> Callable[[Function], Function]: ...


def deprecated(reason: Any = None) -> Any:
    """Warns the function's caller, with the reason; works with and without parentheses."""
    if callable(reason):
        return deprecated()(reason)
    return because(reason or "it may go away")

"""Listeners: who wants to hear how far a transfer, a write or a wait is."""

from __future__ import annotations

from typing import Any


def wanted(on_progress: Any, name: str = "on_progress") -> bool:
    """Whether the caller wants to hear how far something is."""
    if on_progress is not None and not callable(on_progress):
        raise TypeError(f"{name} must be callable, not {type(on_progress).__name__}")
    if on_progress is None:
        return False
    from inspect import iscoroutinefunction

    if iscoroutinefunction(on_progress) or iscoroutinefunction(type(on_progress).__call__):
        raise TypeError(f"{name} must be an ordinary function: it is not awaited")
    return True

"""Logging, through `logging.getLogger("polywrite")`.

`logging` is imported when there is something to say: a program that does not use it need not pay for it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from logging import Logger

_DEBUG = 10
_TRACE = 5
_LEVELS = {"error": 40, "warn": 30, "info": 20, "debug": _DEBUG, "trace": _TRACE}
_logger: Any = None


def debug_logger() -> Logger | None:
    """The logger when someone listens to debug messages."""
    if "logging" not in sys.modules:
        return None
    logger = _get()
    return logger if logger.isEnabledFor(_DEBUG) else None


def level_of(logger: Logger) -> str:
    """How much of a call its log wants: the headers, too, where it wants more than debug messages."""
    return "trace" if logger.isEnabledFor(_TRACE) else "debug"


def say(level: str, line: str) -> None:
    """Logs a line."""
    _get().log(_LEVELS[level], "%s", line)


def warn(warning: str) -> None:
    """Passes on a warning of the server; each different one comes here once in a process."""
    _get().warning("%s", warning)


def _get() -> Logger:
    global _logger
    if _logger is None:
        import logging

        _logger = logging.getLogger("polywrite")
    logger: Logger = _logger
    return logger

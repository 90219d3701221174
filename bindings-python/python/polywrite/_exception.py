"""The exception that all others are."""

from __future__ import annotations

from typing import Any


class AppwriteException(Exception):
    """A call that failed.

    `message` is what happened, in the server's words where it said something; `code` the HTTP status, or 0 when no
    response came; `type` Appwrite's own name for the error, such as `row_not_found`; `response` the response's body.
    `str()` is one line with the operation, the status and a hint where one is known.
    """

    __module__ = "polywrite.exception"
    kind = "api"
    _line = ""
    """What the core says of it on one line. A program's own exceptions have none, and show their message."""

    def __init__(
        self,
        message: str,
        code: int = 0,
        type: str | None = None,
        response: str | None = None,
        *,
        operation: str | None = None,
        attempts: list[dict[str, Any]] | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.type = type
        self.response = response
        self.operation = operation
        """Service and method, such as `tablesDB.listRows`."""
        self.attempts = attempts or []
        """Every attempt that failed, in order, with `kind`, `status`, `message`, `elapsed` and `wait` in ms."""
        self.hint = hint
        """What to do about it, where that is known."""

    def __str__(self) -> str:
        return self._line or str(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore, (self.__class__, self.__dict__))


def _restore(kind: type[AppwriteException], state: dict[str, Any]) -> AppwriteException:
    """Makes an exception again that crossed to another process."""
    error = kind(state["message"])
    error.__dict__.update(state)
    return error

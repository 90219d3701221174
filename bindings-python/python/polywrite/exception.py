"""What goes wrong, one class per kind. All of them are `AppwriteException`."""

from __future__ import annotations

import json
from typing import Any


class AppwriteException(Exception):
    """A call that failed.

    `message` is what happened, in the server's words where it said something; `code` the HTTP status, or 0 when no
    answer came; `type` Appwrite's own name for the error, such as `row_not_found`; `response` the answer's body.
    `str()` is one line with the operation, the status and a hint where one is known.
    """

    kind = "api"

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
        line = f"{self.operation}: " if self.operation else ""
        line += " ".join(part.strip() for part in self.message.splitlines() if part.strip()) or "failed"
        if details := " ".join(str(detail) for detail in (self.code, self.type) if detail):
            line += f" ({details})"
        if len(self.attempts) > 1:
            line += f", after {len(self.attempts)} attempts"
        return f"{line}; {self.hint}" if self.hint else line

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore, (self.__class__, self.__dict__))


class ConfigurationError(AppwriteException):
    """The client's settings cannot work. Nothing was sent."""

    kind = "configuration"


class ArgumentError(AppwriteException, ValueError):
    """An argument was refused: before sending, or by the server."""

    kind = "argument"


class UnauthorizedError(AppwriteException):
    """The credentials are missing, wrong, expired or not enough."""

    kind = "unauthorized"


class MissingScopeError(UnauthorizedError):
    """The API key lacks a scope that this operation needs; the hint names it."""

    kind = "missing_scope"


class NotFoundError(AppwriteException):
    """What was asked for does not exist, or these credentials may not see it."""

    kind = "not_found"


class ConflictError(AppwriteException):
    """It exists already, or changed meanwhile."""

    kind = "conflict"


class RateLimitedError(AppwriteException):
    """Too many requests."""

    kind = "rate_limited"


class RequestTimeoutError(AppwriteException, TimeoutError):
    """No answer in time. The server may have received the request."""

    kind = "timeout"


class NetworkError(AppwriteException, ConnectionError):
    """The connection failed or broke. The server may have received the request."""

    kind = "network"


class DecodeError(AppwriteException):
    """The answer is not what this operation answers with, or does not fit the `model_type`."""

    kind = "decode"


class RequestCancelledError(AppwriteException):
    """The call was given up."""

    kind = "cancelled"


_CLASSES: dict[str, type[AppwriteException]] = {
    each.kind: each
    for each in (
        AppwriteException,
        ConfigurationError,
        ArgumentError,
        UnauthorizedError,
        MissingScopeError,
        NotFoundError,
        ConflictError,
        RateLimitedError,
        RequestTimeoutError,
        NetworkError,
        DecodeError,
        RequestCancelledError,
    )
}


def from_record(text: str) -> AppwriteException:
    """Makes the exception of an error record, JSON text from the native layer."""
    record = json.loads(text)
    return _CLASSES.get(record["kind"], AppwriteException)(
        record["message"],
        record["code"],
        record["type"] or None,
        record["response"] or None,
        operation=record["operation"],
        attempts=record["attempts"],
        hint=record["hint"],
    )


def _restore(kind: type[AppwriteException], state: dict[str, Any]) -> AppwriteException:
    """Makes an exception again that crossed to another process."""
    error = kind(state["message"])
    error.__dict__.update(state)
    return error

"""Hooks: functions of a program that hear of the attempts of its calls."""

from __future__ import annotations

from typing import NamedTuple


class CallEvent(NamedTuple):
    """A moment of a call. It has no parameter, no header and no body."""

    request: int
    """A number that all events of one request and its retries share, and no other request of the process has."""
    operation: str
    """The operation, such as `tablesDB.getRow`."""
    method: str
    """The HTTP method."""
    host: str
    """The server, with its port where the endpoint names one."""
    path: str
    """The path below the endpoint with names in place of values: `/users/{userId}`."""
    attempt: int
    """The number of the attempt, from 1; before a retry that of the attempt that failed."""
    status: int | None
    """HTTP status, after an attempt that had a response."""
    elapsed: float | None
    """How long the attempt took, in seconds."""
    wait: float | None
    """The wait before the next attempt, in seconds."""
    kind: str | None
    """Why the attempt failed: the `kind` of the exception."""
    error: str | None
    """What happened, as the exception's message says it."""

"""The response itself, beside what a call returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


class RateLimit(NamedTuple):
    """A server's limit for calls of one kind."""

    limit: int
    """How many calls the server takes in one period."""
    remaining: int
    """How many of them are left."""
    reset: datetime
    """When the period ends, in UTC."""


class ResponseHeaders(Mapping[str, str]):
    """The headers of a response, by their names in any case. A session's cookie may be among them, so printing them
    shows their names only."""

    def __init__(self, pairs: list[list[str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def get_all(self, name: str) -> list[str]:
        """Every value of a header, as of `set-cookie`; none when it is absent."""
        return list(self._values.get(name.lower(), ()))

    def __getitem__(self, name: str) -> str:
        return ", ".join(self._values[name.lower()])

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<headers {', '.join(self._values)}>"


class ResponseInfo:
    """The response of a call beside its content, and how the call went."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.status: int = record["status"]
        """HTTP status."""
        self.headers = ResponseHeaders(record["headers"])
        """All headers."""
        limit = record["rateLimit"]
        self.rate_limit: RateLimit | None = limit and RateLimit(
            limit["limit"], limit["remaining"], datetime.fromtimestamp(limit["reset"], timezone.utc)
        )
        """The rate limit; `None` for calls that the server does not limit."""
        self.attempts: list[dict[str, Any]] = record["attempts"]
        """The attempts that failed before this response came, as `AppwriteException.attempts` has them; of an upload in
        chunks, those of all chunks."""
        self.duration: float = record["duration"] / 1000
        """How long the call took, in seconds, with all its attempts and waits; of a stream until the response began."""
        self.server_version: str | None = record["serverVersion"]
        """The server's version; `None` where the server does not say it, which Appwrite does in warnings only."""

    def __repr__(self) -> str:
        members = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"ResponseInfo({members})"


class WithResponse(NamedTuple, Generic[T]):
    """What a call returned, with its response: `data, response = tables.with_raw_response.get_row(…)`."""

    data: T
    """What the call alone would return."""
    response: ResponseInfo
    """The response."""

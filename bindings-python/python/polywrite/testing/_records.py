"""What a test gets to see of its project, and what it may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, Literal, TypedDict, Union

Seed = Union[Mapping[str, Any], str, "PathLike[str]"]
"""What a project has from the start: `users`, `teams`, `databases`, `buckets` and `keys`, each as the parameters of the
calls that make them; or the path of a file of JSON or TOML that says so."""

Ids = Literal["random", "counted"]
"""Which IDs the server makes up. `counted` are `00000000000000000001` and those that follow, the same in each run.
`ID.unique()` makes IDs up in the program; the server does it for `unique()`."""


def read_seed(seed: Seed) -> Mapping[str, Any] | str:
    """The seed, or the text of its file."""
    return seed if isinstance(seed, Mapping) else Path(seed).read_text(encoding="utf-8")


class Fault(TypedDict, total=False):
    """What goes wrong with which calls."""

    operation: str
    """The operation, such as `tablesDB.listRows`; without one, every call."""
    delay: int
    """Milliseconds to wait before the call is done."""
    status: int
    """The status to respond with in place of doing the call: 429, or one from 500 on."""
    cut: bool
    """Do the call and break the connection in the middle of the response."""
    times: int
    """How many calls it happens to (default all)."""
    every: int
    """It happens to each call of this number (default every one)."""


@dataclass(frozen=True)
class Mail:
    """A mail that the server would have sent."""

    to: str
    """The address."""
    kind: str
    """What it is for: `verification`, `recovery`, `magic-url`, `email` or `challenge` (codes), or `invitation`."""
    user_id: str
    """The user."""
    secret: str = field(repr=False)
    """The secret in its link, or the code."""
    link: str | None = field(repr=False)
    """The link. None where the call named no page."""
    at: str
    """When it was written."""

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Mail:
        """One as the emulator describes it."""
        return cls(record["to"], record["kind"], record["userId"], record["secret"], record["link"], record["at"])


@dataclass(frozen=True)
class Delivery:
    """A webhook that was sent."""

    at: str
    """When."""
    webhook_id: str
    """The webhook."""
    url: str
    """Where it went."""
    event: str
    """The exact name of what happened, such as `users.ada.create`."""
    signature: str
    """What signs it: the header `x-appwrite-webhook-signature`."""
    status: int | None
    """The status of the response. None without one."""
    problem: str | None
    """What went wrong, if something did."""
    body: str = field(repr=False)
    """The body as it was sent."""

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Delivery:
        """One as the emulator describes it."""
        names = ("at", "webhookId", "url", "event", "signature", "status", "problem", "body")
        return cls(*(record[name] for name in names))


@dataclass(frozen=True)
class ReceivedRequest:
    """A request that the project received."""

    number: int
    """Grows with each request of the emulator."""
    at: str
    """When."""
    method: str
    """The HTTP method."""
    path: str
    """Path and query."""
    operation: str
    """The operation, such as `tablesDB.listRows`. Empty for a path that there is none for."""
    caller: str
    """Who called: `key NAME`, `user ID` or `guest`."""
    params: Any
    """The parameters without those that are secret; a text if they are too long to be kept whole."""
    status: int
    """The HTTP status of the response."""
    error: Mapping[str, str] | None
    """`type` and `message` of what went wrong, if something did."""
    response: str = field(repr=False)
    """The response, if it is text; cut after 16 KiB."""

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> ReceivedRequest:
        """One as the emulator describes it."""
        names = ("number", "at", "method", "path", "operation", "caller", "params", "status", "error", "response")
        return cls(*(record[name] for name in names))

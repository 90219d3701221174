"""Work that takes several commands: what both kinds of clients have in common. The native layer decides everything;
see bridge/src/step.rs."""

from __future__ import annotations

import json
from copy import copy
from typing import TYPE_CHECKING, Any, TypeVar

from ._call import call_of
from ._error import made

if TYPE_CHECKING:
    from ._polywrite import Call
    from ._settings import Settings

S = TypeVar("S", bound="Settings")


def step(
    client: Settings, operation: str, record: dict[str, Any], params: dict[str, Any] | None = None, options: Any = None
) -> Call:
    """A command that is one step of such work, not started."""
    return call_of(client, operation, params or {}, options, json.dumps(record))


def within(client: S, number: int) -> S:
    """A client whose calls belong to a transaction."""
    bound = copy(client)
    bound._native = made(client._native.changed, json.dumps({"transaction": number}))
    return bound


def given(**options: Any) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in options.items() if value is not None}

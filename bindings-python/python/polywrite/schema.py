"""The schema of a project as a file: compared with a server, and pushed to it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ._call import call_of
from ._progress import wanted

if TYPE_CHECKING:
    from typing import Literal

    from . import _types
    from ._polywrite import Call
    from .async_client import AsyncClient
    from .client import Client

_OPERATION = "client.request"
"""What a command is sent as that makes calls of its own."""


class SchemaTarget(NamedTuple):
    """Something that a project has."""

    kind: Literal["database", "table", "column", "index", "bucket", "team"]
    """What it is."""
    place: str
    """The IDs and the key that lead to it: `main.films.year`."""


class SchemaChange(NamedTuple):
    """A field that is to change."""

    field: str
    """Its name, as the API and the files have it."""
    old: Any
    """What the server has."""
    new: Any
    """What it is to have."""


class SchemaStep(NamedTuple):
    """One thing that is to be done."""

    action: Literal["make", "change", "remake", "drop", "await"]
    """What is done: `remake` drops something and makes it anew, `await` waits for what the server is still making."""
    target: SchemaTarget
    """With what."""
    changes: list[SchemaChange]
    """What differs; nothing of what is made or dropped."""
    destroys: bool
    """Whether data is lost."""
    reason: str
    """Why, where the changes do not say it; empty otherwise."""


class SchemaPlan(NamedTuple):
    """What leads a server to a schema."""

    equal: bool
    """Whether server and file are equal, and the plan has no steps."""
    steps: list[SchemaStep]
    """What is to be done; of a push, what it has done."""
    unnamed: list[SchemaTarget]
    """Databases and buckets that the file does not name; they stay as they are."""
    hints: list[str]
    """What may be meant otherwise, in words."""


class Schema:
    """The schema of a project as a file: `polywrite.toml`, or Appwrite's own `appwrite.config.json`.

    The client needs a key with the scopes `databases.read`, `tables.read` and `tables.write`, and those of what the
    file has besides.
    """

    def __init__(self, client: Client, path: _types.Path) -> None:
        self._client = client
        self._path = path

    def plan(self, *, rename: Sequence[str] = ()) -> SchemaPlan:
        """What leads the server to the file. `rename` names columns with a new key, as `TABLE.OLD=NEW` or
        `DATABASE.TABLE.OLD=NEW`: their values stay."""
        return _plan(self._client._run(_OPERATION, _call(self._client, self._path, rename, None)))

    def push(
        self,
        *,
        rename: Sequence[str] = (),
        allow_destroy: bool = False,
        timeout: float | None = None,
        on_step: Callable[[SchemaStep], Any] | None = None,
    ) -> SchemaPlan:
        """Brings the server to the file, and waits until columns and indexes can be used, `timeout` seconds for those
        of a table (default 60). Whatever interrupts it, another push goes on from there. Steps that lose data are
        taken with `allow_destroy` only; without it nothing at all is done. Returns what it did."""
        call = _call(self._client, self._path, rename, _push(allow_destroy, timeout, on_step))
        return _plan(self._client._run(_OPERATION, call, _listener(on_step)))


class AsyncSchema:
    """As `Schema`, with an `AsyncClient`. Cancelling the task ends a push, and another one goes on from there."""

    def __init__(self, client: AsyncClient, path: _types.Path) -> None:
        self._client = client
        self._path = path

    async def plan(self, *, rename: Sequence[str] = ()) -> SchemaPlan:
        """As `Schema.plan`."""
        return _plan(await self._client._run(_OPERATION, _call(self._client, self._path, rename, None)))

    async def push(
        self,
        *,
        rename: Sequence[str] = (),
        allow_destroy: bool = False,
        timeout: float | None = None,
        on_step: Callable[[SchemaStep], Any] | None = None,
    ) -> SchemaPlan:
        """As `Schema.push`."""
        call = _call(self._client, self._path, rename, _push(allow_destroy, timeout, on_step))
        return _plan(await self._client._run(_OPERATION, call, _listener(on_step)))


def _call(client: Client | AsyncClient, path: _types.Path, rename: Sequence[str], push: dict[str, Any] | None) -> Call:
    record = {"path": os.fsdecode(path), "rename": list(rename), "push": push}
    return call_of(client, _OPERATION, {}, None, json.dumps({"schema": record}))


def _push(allow_destroy: bool, timeout: Any, on_step: Any) -> dict[str, Any]:
    millis = timeout * 1000 if isinstance(timeout, (int, float)) else timeout
    return {"allowDestroy": bool(allow_destroy), "timeout": millis, "reports": wanted(on_step, "on_step")}


def _listener(on_step: Callable[[SchemaStep], Any] | None) -> Callable[[dict[str, Any]], Any] | None:
    if on_step is None:
        return None
    return lambda record: on_step(_step(record))


def _plan(record: dict[str, Any]) -> SchemaPlan:
    steps, unnamed = map(_step, record["steps"]), map(_target, record["unnamed"])
    return SchemaPlan(record["equal"], list(steps), list(unnamed), record["hints"])


def _step(record: dict[str, Any]) -> SchemaStep:
    changes = [SchemaChange(it["field"], it["from"], it["to"]) for it in record["changes"]]
    return SchemaStep(record["action"], _target(record["target"]), changes, record["destroys"], record["reason"])


def _target(record: dict[str, Any]) -> SchemaTarget:
    return SchemaTarget(record["kind"], record["place"])


if not TYPE_CHECKING:
    __all__ = ["AsyncSchema", "Schema", "SchemaChange", "SchemaPlan", "SchemaStep", "SchemaTarget"]

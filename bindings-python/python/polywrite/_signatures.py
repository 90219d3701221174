"""What `_types` has: loaded for type checkers, and by programs that read signatures."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

from ._extensions import Self as Self
from ._extensions import Unpack as Unpack
from ._fields import Field as Field
from .async_client import AsyncClient as AsyncClient
from .download import AsyncDownload as AsyncDownload
from .download import Download as Download
from .generated.call_options import CallOptions as CallOptions
from .generated.call_options import PrefixedCallOptions as PrefixedCallOptions
from .generated.client_settings import ClientSettings as ClientSettings
from .input_file import InputFile as InputFile
from .model import Model
from .query_builder import QueryBuilder as QueryBuilder


class SupportsModelDump(Protocol):
    """A pydantic model."""

    def model_dump(self, *, mode: str = ..., by_alias: bool = ...) -> dict[str, Any]: ...


class Dataclass(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class Struct(Protocol):
    """A msgspec struct."""

    __struct_fields__: ClassVar[tuple[str, ...]]


Fields: TypeAlias = Mapping[str, Any] | SupportsModelDump | Dataclass | Struct | Model
"""What can be sent as a JSON object."""

Path: TypeAlias = str | bytes | os.PathLike[str] | os.PathLike[bytes]

CredentialKind: TypeAlias = Literal["key", "session", "jwt", "bearer", "cookie", "devKey", "none"]
<<<<<<< HEAD
=======


class CallOptions(TypedDict, total=False):
    """What may differ from call to call."""

    timeout: float | None
    """Seconds that one attempt may wait for the response to begin."""
    retries: int | None
    """How often a failed attempt is repeated where that is safe; 0 for never."""
    deadline: float | None
    """Seconds that the call may take in all: connecting, every attempt, the waits between them and the whole body, of
    uploads and downloads too."""
    max_response_bytes: int | None
    """The largest response that is read into memory, after decompression. Downloads into files and streams are not
    bounded."""
    headers: Mapping[str, str] | None
    """Headers that win over the client's and the operation's."""


class PrefixedCallOptions(TypedDict, total=False):
    """`CallOptions` of the few methods that have parameters of these names themselves."""

    call_timeout: float | None
    call_retries: int | None
    call_deadline: float | None
    call_max_response_bytes: int | None
    call_headers: Mapping[str, str] | None
>>>>>>> e5db397 (Plain words in Python's and Swift's facades)

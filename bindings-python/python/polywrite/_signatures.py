"""What `_types` has: loaded for type checkers, and by programs that read signatures."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, ClassVar, Literal, ParamSpec, Protocol, TypeAlias, TypeVar

from ._extensions import Self as Self
from ._extensions import Unpack as Unpack
from ._fields import Field as Field
from ._lists import AsyncItems as AsyncItems
from ._lists import Items as Items
from .async_client import AsyncClient as AsyncClient
from .download import AsyncDownload as AsyncDownload
from .download import Download as Download
from .generated.call_options import BulkOptions as BulkOptions
from .generated.call_options import CallOptions as CallOptions
from .generated.call_options import DownloadOptions as DownloadOptions
from .generated.call_options import PrefixedCallOptions as PrefixedCallOptions
from .generated.call_options import PrefixedDownloadOptions as PrefixedDownloadOptions
from .generated.client_settings import ClientSettings as ClientSettings
from .hooks import CallEvent
from .input_file import InputFile as InputFile
from .model import Model
from .query_builder import QueryBuilder as QueryBuilder
from .response import WithResponse

Hook: TypeAlias = Callable[[CallEvent], Any]

P = ParamSpec("P")
R = TypeVar("R")


def raw(method: Callable[P, R]) -> Callable[P, WithResponse[R]]:
    """The type of a method that returns its response beside what it returns."""
    raise NotImplementedError


def async_raw(method: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, WithResponse[R]]]:
    """As `raw`, of a method that is awaited."""
    raise NotImplementedError


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

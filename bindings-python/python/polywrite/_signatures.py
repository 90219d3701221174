"""What `_types` has: loaded for type checkers, and by programs that read signatures."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

from ._extensions import Self as Self
from ._extensions import Unpack as Unpack
from ._fields import Field as Field
from ._lists import AsyncItems as AsyncItems
from ._lists import Items as Items
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

"""Types that signatures share. They are loaded when code reads a signature at run time: importing what
they need would take longer than all else in this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._signatures import AsyncClient as AsyncClient
    from ._signatures import AsyncDownload as AsyncDownload
    from ._signatures import AsyncItems as AsyncItems
    from ._signatures import BulkOptions as BulkOptions
    from ._signatures import CallOptions as CallOptions
    from ._signatures import ClientSettings as ClientSettings
    from ._signatures import Download as Download
    from ._signatures import DownloadOptions as DownloadOptions
    from ._signatures import Field as Field
    from ._signatures import Fields as Fields
    from ._signatures import Hook as Hook
    from ._signatures import InputFile as InputFile
    from ._signatures import Items as Items
    from ._signatures import Path as Path
    from ._signatures import PrefixedCallOptions as PrefixedCallOptions
    from ._signatures import PrefixedDownloadOptions as PrefixedDownloadOptions
    from ._signatures import QueryBuilder as QueryBuilder
    from ._signatures import Self as Self
    from ._signatures import Unpack as Unpack
    from ._signatures import async_raw as async_raw
    from ._signatures import raw as raw
else:

    def __getattr__(name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import _signatures

        return getattr(_signatures, name)

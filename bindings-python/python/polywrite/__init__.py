"""The server SDK for Appwrite: sync and asyncio, typed, over one native core.

    from polywrite import Client, TablesDB, Query

    client = Client.from_env()
    for row in TablesDB(client).list_rows("library", "books", [Query.limit(10)]).rows:
        print(row.id, row.data["title"])

Every name is loaded when it is first used, so importing this package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import error_types as error_types
    from ._lists import AsyncItems as AsyncItems
    from ._lists import Items as Items
    from .async_client import AsyncClient as AsyncClient
    from .bulk import BulkFailure as BulkFailure
    from .bulk import BulkProgress as BulkProgress
    from .bulk import BulkReport as BulkReport
    from .channel import Channel as Channel
    from .client import Client as Client
    from .download import AsyncDownload as AsyncDownload
    from .download import Download as Download
    from .exception import *
    from .hooks import CallEvent as CallEvent
    from .id import ID as ID
    from .input_file import InputFile as InputFile
    from .operator import Condition as Condition
    from .operator import Operator as Operator
    from .permission import Permission as Permission
    from .query import Query as Query
    from .realtime import AsyncRealtime as AsyncRealtime
    from .realtime import AsyncSubscription as AsyncSubscription
    from .realtime import Realtime as Realtime
    from .realtime import RealtimeEvent as RealtimeEvent
    from .realtime import RealtimeGap as RealtimeGap
    from .realtime import Subscription as Subscription
    from .response import RateLimit as RateLimit
    from .response import ResponseInfo as ResponseInfo
    from .response import WithResponse as WithResponse
    from .role import Role as Role
    from .schema import AsyncSchema as AsyncSchema
    from .schema import Schema as Schema
    from .schema import SchemaChange as SchemaChange
    from .schema import SchemaPlan as SchemaPlan
    from .schema import SchemaStep as SchemaStep
    from .schema import SchemaTarget as SchemaTarget
    from .services import *
    from .services.aio import *
    from .topic import Topic as Topic
    from .transfers import AsyncTransfers as AsyncTransfers
    from .transfers import FileDownload as FileDownload
    from .transfers import FileUpload as FileUpload
    from .transfers import Transferred as Transferred
    from .transfers import Transfers as Transfers
    from .transfers import TransfersProgress as TransfersProgress
    from .upload_session import UploadSession as UploadSession
    from .webhook import Webhook as Webhook
    from .webhook import WebhookEvent as WebhookEvent

__version__ = "0.1.0"

_MODULES = {
    "AsyncItems": "_lists",
    "Items": "_lists",
    "AsyncClient": "async_client",
    "BulkFailure": "bulk",
    "BulkProgress": "bulk",
    "BulkReport": "bulk",
    "Channel": "channel",
    "Client": "client",
    "AsyncDownload": "download",
    "Download": "download",
    "CallEvent": "hooks",
    "ID": "id",
    "InputFile": "input_file",
    "Condition": "operator",
    "Operator": "operator",
    "Permission": "permission",
    "Query": "query",
    "AsyncRealtime": "realtime",
    "AsyncSubscription": "realtime",
    "Realtime": "realtime",
    "RealtimeEvent": "realtime",
    "RealtimeGap": "realtime",
    "Subscription": "realtime",
    "RateLimit": "response",
    "ResponseInfo": "response",
    "WithResponse": "response",
    "Role": "role",
    "AsyncSchema": "schema",
    "Schema": "schema",
    "SchemaChange": "schema",
    "SchemaPlan": "schema",
    "SchemaStep": "schema",
    "SchemaTarget": "schema",
    "Topic": "topic",
    "AsyncTransfers": "transfers",
    "FileDownload": "transfers",
    "FileUpload": "transfers",
    "Transferred": "transfers",
    "Transfers": "transfers",
    "TransfersProgress": "transfers",
    "UploadSession": "upload_session",
    "Webhook": "webhook",
    "WebhookEvent": "webhook",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name == "__all__":
            services = import_module(f"{__name__}.services")
            exceptions = import_module(f"{__name__}.generated.exceptions")
            value: Any = [
                *_MODULES,
                "AppwriteException",
                "error_types",
                *exceptions.__all__,
                *services.__all__,
                *services.aio.__all__,
            ]
        elif module := _MODULES.get(name):
            value = getattr(import_module(f"{__name__}.{module}"), name)
        elif name.endswith(("Error", "Exception")):
            value = getattr(import_module(f"{__name__}.exception"), name)
        elif name == "error_types":
            value = import_module(f"{__name__}.{name}")
        elif name.startswith("_") or name in ("services", "models", "enums"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        else:
            folder = "services.aio" if name.startswith("Async") else "services"
            value = getattr(import_module(f"{__name__}.{folder}"), name)
        globals()[name] = value
        return value

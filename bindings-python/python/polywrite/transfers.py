"""Several files by one command, some of them at the same time."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from . import _types
from ._call import call_of
from ._progress import wanted
from .generated.transfers import DOWNLOAD, UPLOAD, SentFile

if TYPE_CHECKING:
    from ._polywrite import Call
    from .async_client import AsyncClient
    from .client import Client
    from .exception import AppwriteException
    from .input_file import InputFile

T = TypeVar("T")


class FileUpload(NamedTuple):
    """A file to send."""

    bucket_id: str
    """ID of the bucket."""
    file_id: str
    """ID that the file gets; `ID.unique()` makes one."""
    file: InputFile
    """The file on disk: `InputFile.from_path`."""
    permissions: Sequence[str] | None = None
    """Who may do what with the file; the bucket's permissions decide without."""


class FileDownload(NamedTuple):
    """A file to fetch."""

    bucket_id: str
    """ID of the bucket."""
    file_id: str
    """ID of the file."""
    to: _types.Path
    """Path of the file. It appears when it is complete; what has that name is replaced."""
    token: str | None = None
    """Secret of a resource token that grants access without a session."""


class TransfersProgress(NamedTuple):
    """How far the transfer of several files is."""

    files_done: int
    """How many files have been transferred or have failed."""
    files_failed: int
    """How many of these have failed."""
    files_total: int
    """How many files there are."""
    size_done: int
    """How many bytes have been transferred, of all files together."""
    size_total: int | None
    """Size of all files together in bytes, once that of each is known."""


class Transferred(Generic[T]):
    """What became of one file."""

    def __init__(self, value: T | None, error: AppwriteException | None) -> None:
        self.value = value
        """The file that was sent, or the size in bytes of the one that was fetched; `None` where `error` says why."""
        self.error = error
        """Why the file has no value."""

    def __repr__(self) -> str:
        return f"Transferred(value={self.value!r}, error={self.error!r})"


class Transfers:
    """Sends and fetches several files, some of them at the same time, with one progress. A file that fails does not end
    the others: each has a result of its own, at its place."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def upload_files(
        self,
        files: Iterable[FileUpload],
        *,
        concurrency: int = 4,
        on_progress: Callable[[TransfersProgress], Any] | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> list[Transferred[SentFile]]:
        """Sends files from disk, `concurrency` at the same time. The results stand in the order of the files."""
        call = _call(self._client, UPLOAD, "uploads", map(_to_send, files), concurrency, on_progress, options)
        return _sent(self._client._run(UPLOAD, call, _listener(on_progress)))

    def download_files(
        self,
        files: Iterable[FileDownload],
        *,
        concurrency: int = 4,
        on_progress: Callable[[TransfersProgress], Any] | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> list[Transferred[int]]:
        """Fetches files to disk, `concurrency` at the same time. The results stand in the order of the files."""
        call = _call(self._client, DOWNLOAD, "downloads", map(_to_fetch, files), concurrency, on_progress, options)
        return _results(self._client._run(DOWNLOAD, call, _listener(on_progress)))


class AsyncTransfers:
    """As `Transfers`, with an `AsyncClient`. Cancelling the task ends all."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def upload_files(
        self,
        files: Iterable[FileUpload],
        *,
        concurrency: int = 4,
        on_progress: Callable[[TransfersProgress], Any] | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> list[Transferred[SentFile]]:
        """As `Transfers.upload_files`."""
        call = _call(self._client, UPLOAD, "uploads", map(_to_send, files), concurrency, on_progress, options)
        return _sent(await self._client._run(UPLOAD, call, _listener(on_progress)))

    async def download_files(
        self,
        files: Iterable[FileDownload],
        *,
        concurrency: int = 4,
        on_progress: Callable[[TransfersProgress], Any] | None = None,
        **options: _types.Unpack[_types.CallOptions],
    ) -> list[Transferred[int]]:
        """As `Transfers.download_files`."""
        call = _call(self._client, DOWNLOAD, "downloads", map(_to_fetch, files), concurrency, on_progress, options)
        return _results(await self._client._run(DOWNLOAD, call, _listener(on_progress)))


def _to_send(upload: FileUpload) -> dict[str, Any]:
    file = upload.file
    if getattr(file, "path", None) is None:
        raise TypeError("several files are sent from disk: use InputFile.from_path")
    params = {"bucketId": upload.bucket_id, "fileId": upload.file_id, "permissions": upload.permissions}
    return _record(params, path=file.path, name=file.filename, mimeType=file.mime_type)


def _to_fetch(download: FileDownload) -> dict[str, Any]:
    params = {"bucketId": download.bucket_id, "fileId": download.file_id, "token": download.token}
    return _record(params, path=os.fsdecode(download.to))


def _record(params: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {"params": {name: value for name, value in params.items() if value is not None}, **others}


def _call(
    client: Client | AsyncClient,
    operation: str,
    kind: str,
    files: Iterable[dict[str, Any]],
    concurrency: int,
    on_progress: Any,
    options: Any,
) -> Call:
    details = {"files": list(files), "concurrency": concurrency, "reports": wanted(on_progress)}
    return call_of(client, operation, {}, options, json.dumps({kind: details}))


def _listener(on_progress: Callable[[TransfersProgress], Any] | None) -> Callable[[dict[str, Any]], Any] | None:
    if on_progress is None:
        return None
    return lambda record: on_progress(TransfersProgress(*record.values()))


def _results(records: list[dict[str, Any]]) -> list[Transferred[Any]]:
    from ._error import from_fields

    return [
        Transferred(None, from_fields(it["error"])) if "error" in it else Transferred(it["value"], None)
        for it in records
    ]


def _sent(records: list[dict[str, Any]]) -> list[Transferred[SentFile]]:
    results = _results(records)
    for result in results:
        if result.error is None:
            result.value = SentFile._of(result.value)
    return results


if not TYPE_CHECKING:
    __all__ = ["AsyncTransfers", "FileDownload", "FileUpload", "Transferred", "Transfers", "TransfersProgress"]

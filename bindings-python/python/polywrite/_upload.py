"""Files that calls send."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from ._call import call_of, wait
from ._polywrite import Pieces, UploadSession
from ._progress import wanted
from .input_file import InputFile

if TYPE_CHECKING:
    from ._polywrite import Call
    from ._settings import Settings


_PIECE = 1024 * 1024
"""How many bytes are asked of a file object at a time."""


class Upload:
    """One upload, to be run by a client of either kind."""

    def __init__(
        self,
        client: Settings,
        operation: str,
        params: dict[str, Any],
        file: InputFile,
        options: Any,
        on_progress: Any,
        to: tuple[str, str] | None = None,
    ) -> None:
        """`to` is the method and the path where no operation was named for them."""
        if not isinstance(file, InputFile):
            hint = "InputFile.from_path, InputFile.from_bytes or InputFile.from_file"
            raise TypeError(f"a file must be an InputFile, not {type(file).__name__}: use {hint}")
        self._file = file
        self._key = (client.endpoint, client.project, operation, to, repr(params))
        # After a failure the same call with the same file sends only what is missing.
        known = file._known if file._known and file._known[0] == self._key else None
        self._session = file.session._native if file.session else known[1] if known else UploadSession()
        origin: Any = file.path if file.path is not None else file.data
        pieces = None
        if origin is None:
            origin = pieces = Pieces(_rest(file.file))
        details = {"name": file.filename, "mimeType": file.mime_type, "reports": wanted(on_progress), "to": to}
        record = json.dumps({"upload": details})
        self.call: Call = call_of(client, operation, params, options, record, origin, self._session)
        if pieces is not None:
            _start_reading(file.file, pieces)

    def __enter__(self) -> Upload:
        self._file._known = (self._key, self._session)
        return self

    def __exit__(self, kind: object, *details: object) -> None:
        if kind is None:
            self._file._known = None


def _rest(file: Any) -> int | None:
    """How many bytes a file object has left, if it knows."""
    try:
        start: int = file.tell()
        end: int = file.seek(0, os.SEEK_END)
        file.seek(start)
    except (AttributeError, OSError, ValueError):
        return None
    return max(end - start, 0)


def _start_reading(file: Any, pieces: Pieces) -> None:
    """Reads a file object in a thread of its own until no more is wanted."""
    from threading import Thread

    Thread(target=_read, args=(file, pieces), name="polywrite-read", daemon=True).start()


def _read(file: Any, pieces: Pieces) -> None:
    try:
        while wait(pieces.put(file.read(_PIECE))):
            pass
    except BaseException as error:
        wait(pieces.fail(f"{type(error).__name__}: {error}"))

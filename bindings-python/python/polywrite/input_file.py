"""Files to upload."""

from __future__ import annotations

import builtins
import os
from typing import TYPE_CHECKING, Any, BinaryIO

from . import _types
from ._call import whole

if TYPE_CHECKING:
    from .upload_session import UploadSession


class InputFile:
    """A file to upload: from a path, from bytes, or from a file object."""

    def __init__(
        self,
        filename: str,
        mime_type: str | None = None,
        *,
        path: str | None = None,
        data: bytes | None = None,
        file: BinaryIO | None = None,
    ) -> None:
        for name, value in (("filename", filename), ("mime_type", mime_type)):
            if not isinstance(value, (str, type(None))):
                raise TypeError(f"{name} must be text, not {type(value).__name__}")
            if value:
                whole(name, value)
        if not filename:
            raise ValueError("a file needs a name")
        self.filename = filename
        self.mime_type = mime_type
        self.path = path
        self.data = data
        self.file = file
        self.source_type = "path" if path is not None else "bytes" if data is not None else "file"
        self.session: UploadSession | None = None
        """Remembers what the server has of the file, so that a second upload of it sends only the rest, in another
        process, too. Without one, this `InputFile` remembers it itself."""
        self._known: Any = None

    @classmethod
    def from_path(cls, path: _types.Path, filename: str | None = None, mime_type: str | None = None) -> InputFile:
        """A file on disk. It is read chunk by chunk while it is sent."""
        path = os.fsdecode(path)
        name = filename or os.path.basename(path)
        return cls(name, mime_type or _guess(name), path=path)

    @classmethod
    def from_bytes(
        cls, bytes: builtins.bytes | bytearray | memoryview, filename: str, mime_type: str | None = None
    ) -> InputFile:
        """Bytes in memory."""
        if not isinstance(bytes, (builtins.bytes, bytearray, memoryview)):
            raise TypeError(f"from_bytes takes bytes, not {type(bytes).__name__}")
        return cls(filename, mime_type, data=builtins.bytes(bytes))

    @classmethod
    def from_file(cls, file: BinaryIO, filename: str | None = None, mime_type: str | None = None) -> InputFile:
        """A file object opened for reading bytes, from where it stands. The name is its own unless given.

        A file that does not know its size, such as a pipe, works too.
        """
        if not callable(getattr(file, "read", None)):
            raise TypeError(f"from_file takes an object with read(), not {type(file).__name__}")
        if getattr(file, "closed", False):
            raise ValueError("the file object is closed")
        if hasattr(file, "encoding"):
            raise TypeError("the file object is opened as text: open it with mode 'rb'")
        own = getattr(file, "name", "")
        name = filename or (os.path.basename(own) if isinstance(own, str) else "")
        if not name:
            raise ValueError("the file object has no name: give a filename")
        return cls(name, mime_type or _guess(name), file=file)

    def __repr__(self) -> str:
        return f"InputFile({self.filename!r}, {self.source_type})"


def _guess(name: str) -> str | None:
    import mimetypes

    return mimetypes.guess_type(name)[0]

"""Uploads that are taken up again."""

from __future__ import annotations

import json

from . import _types
from ._error import made
from ._polywrite import UploadSession as _Native


class UploadSession:
    """Remembers what the server has acknowledged of one upload, so that a second try sends only the rest.

    Put it into `InputFile.session`, and again into that of the file that is sent once more. To go on in another
    process, keep `to_json()`, which holds no secret, and of the file nothing but its size in bytes. It can be pickled.
    """

    def __init__(self) -> None:
        self._native = _Native()

    @classmethod
    def from_json(cls, text: str) -> _types.Self:
        """The session that `to_json` has written, in this process or another; `ArgumentError` for anything else."""
        session = cls()
        session._native = made(_Native, text)
        return session

    def to_json(self) -> str:
        """What the session knows, as JSON text."""
        return self._native.to_json()

    @property
    def id(self) -> str | None:
        """ID of the file or deployment, once one is chosen."""
        id: str | None = json.loads(self.to_json())["id"]
        return id

    @property
    def chunks_acknowledged(self) -> int:
        """How many chunks of 5 MiB the server has acknowledged."""
        return len(json.loads(self.to_json())["acknowledged"])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self).from_json, (self.to_json(),)

"""What goes wrong, one class per kind. All of them are `AppwriteException`."""

from __future__ import annotations

import json as _json
from typing import Any as _Any

from . import _polywrite
from ._exception import AppwriteException as AppwriteException
from .generated import exceptions as _generated
from .generated.exceptions import *


def from_record(text: str) -> AppwriteException:
    """Makes the exception of an error record, JSON text from the native layer."""
    return from_fields(_json.loads(text))


def from_fields(record: dict[str, _Any]) -> AppwriteException:
    """Makes the exception of an error record."""
    error = _generated.CLASSES.get(record["kind"], AppwriteException)(
        record["message"],
        record["code"],
        record["type"] or None,
        record["response"] or None,
        operation=record["operation"],
        attempts=record["attempts"],
        hint=record["hint"],
    )
    error._line = record["line"]
    return error


def refused(operation: str, message: str) -> AppwriteException:
    """The exception for an argument that a Python file refuses."""
    return from_record(_polywrite.refused(operation, message.encode("utf-8", "replace").decode()))

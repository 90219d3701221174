"""Errors of the native layer become exceptions here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._polywrite import Failed, ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._exception import AppwriteException


def made(make: Callable[..., Any], *arguments: Any) -> Any:
    """What a native function makes, or its exception."""
    try:
        return make(*arguments)
    except Failed as failed:
        error = exception(failed)
    # Not above: what is raised there has the other as its context.
    raise error


def exception(failed: BaseException) -> Any:
    """What programs see of an error of the native layer."""
    return from_record(failed.args[0]) if isinstance(failed, Failed) else failed


def from_record(text: str) -> AppwriteException:
    """Makes the exception of an error record, JSON text from the native layer."""
    import json

    return from_fields(json.loads(text))


def from_fields(record: dict[str, Any]) -> AppwriteException:
    """Makes the exception of an error record."""
    from ._exception import AppwriteException
    from .generated.exceptions import CLASSES

    error = CLASSES.get(record["kind"], AppwriteException)(
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
    import json

    asked = {"operation": operation, "message": message.encode("utf-8", "replace").decode(), "inSnakeCase": True}
    return from_fields(ask(json.dumps({"refused": asked}), b""))

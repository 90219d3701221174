"""From Python to the native layer and back.

The native layer runs no Python: a thread that is in it when the interpreter ends could not be ended otherwise. So what
it cannot write is made plain here, what it reports becomes an exception here, and warnings are reported here.
"""

from __future__ import annotations

from sys import modules
from typing import TYPE_CHECKING, Any

from ._log import warn
from ._polywrite import Failed, Foreign, json_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._polywrite import Call


def made(make: Callable[..., Any], *arguments: Any) -> Any:
    """What a native function makes, or its exception."""
    try:
        return make(*arguments)
    except Failed as failed:
        error = exception(failed)
    # Not above: what is raised there has the other as its context.
    raise error


def whole(name: str, text: str) -> str:
    """A text, unless half of a character stands in it."""
    if not text.isascii():
        made(json_text, text, name)
    return text


def call_of(make: Callable[..., Call], operation: str, params: dict[str, Any], *others: Any) -> Call:
    """A call of an operation, not started."""
    try:
        return make(operation, params, *others)
    except Failed as failed:
        error = exception(failed)
    except Foreign:
        error = None
    if error is not None:
        raise error
    from ._values import plain_params

    return call_of(make, operation, plain_params(operation, params), *others)


def wait(call: Call, report: Callable[[Any], Any] | None = None) -> Any:
    """Runs a call on this thread and reports its progress. An exception from `report` ends the call."""
    try:
        if "gevent.monkey" in modules or "eventlet.patcher" in modules:
            from . import _green

            if _green.is_patched():
                return _green.wait(call, report)
        if report is not None:
            try:
                while (event := call.event()) is not None:
                    report(event)
            except BaseException:
                call.close()
                raise
        return call.wait()
    except Failed as failed:
        error = exception(failed)
    finally:
        for warning in call.warnings:
            warn(warning)
    raise error


def exception(failed: BaseException) -> Any:
    """What programs see of an error of the native layer."""
    if not isinstance(failed, Failed):
        return failed
    from .exception import from_record

    return from_record(failed.args[0])

"""From Python to the native layer and back.

The native layer runs no Python: a thread that is in it when the interpreter ends could not be ended otherwise. So what
it cannot write is made plain here, what it reports becomes an exception here, and warnings are reported here.
"""

from __future__ import annotations

from sys import modules
from typing import TYPE_CHECKING, Any

from ._error import exception, made
from ._log import debug_logger, warn
from ._polywrite import Bridge, Call, Failed, Foreign, Nested, json_text, warnings

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._polywrite import Client
    from ._settings import Settings
    from ._watch import Watched

RESULT, ERROR, PROGRESS, WARNING = 0, 1, 2, 3
"""What a bridge hands over of a call; see src/queue.rs."""


def whole(name: str, text: str) -> str:
    """A text, unless half of a character stands in it."""
    if not text.isascii():
        made(json_text, text, name)
    return text


def call_of(
    client: Settings,
    operation: str,
    params: dict[str, Any],
    options: dict[str, Any] | None = None,
    command: str = "",
    *others: Any,
) -> Call:
    """A call of an operation, not started. `command` is the record of what it does beside a call, JSON text, and
    `others` are the file and the session of a transfer."""
    watch = client._watch
    if watch is None:
        if "opentelemetry.trace" not in modules and debug_logger() is None:
            return _command(client._native, operation, params, options, command, *others)
        from ._watch import NOTHING

        watch = NOTHING
    watched = watch.begin(client, operation, command)
    if watched is None:
        return _command(client._native, operation, params, options, command, *others)
    watched.call = _command(client._native, operation, params, options, watched.command, *others)
    return watched  # type: ignore[return-value]  # clients know both


def _command(
    native: Client, operation: str, params: dict[str, Any], options: dict[str, Any] | None, *others: Any
) -> Call:
    try:
        return native.command(operation, params, options, *others)
    except Failed as failed:
        error = exception(failed)
    except Foreign:
        error = None
    if error is not None:
        # Its frame shows no parameters: see `Client._execute`.
        del params
        raise error
    from ._values import plain_params

    options = options and plain_params(operation, options)
    return _command(native, operation, plain_params(operation, params), options, *others)


def wait(call: Call | Watched, report: Callable[[Any], Any] | None = None, reports: list[Any] | None = None) -> Any:
    """Runs a call on this thread and reports its progress. An exception from `report` ends the call. `reports` gets
    what may wait until the call has ended."""
    if not isinstance(call, Call):
        if call.is_live or report is not None:
            with call:
                return wait(call.call, call.hearing(report if reports is None else reports.append))
        if call.has_span:
            with call:
                return _heard_at_its_end(call, reports)
        return _heard_at_its_end(call, reports)
    try:
        if "gevent.monkey" in modules or "eventlet.patcher" in modules:
            from . import _green

            if _green.is_patched():
                return _green.wait(call, report if reports is None else reports.append)
        if report is not None:
            bridge = Bridge(None)
            return follow(bridge, call, report, lambda: bridge.awaits(True))
        return call.wait(reports)
    except Nested as nested:
        return decoded(nested)
    except Failed as failed:
        error = exception(failed)
    finally:
        for warning in warnings():
            warn(warning)
    raise error


def _heard_at_its_end(call: Watched, reports: list[Any] | None) -> Any:
    heard: list[Any] = []
    try:
        return wait(call.call, None, heard)
    finally:
        for progress in heard:
            if isinstance(progress, list):
                call.hear(progress)
            elif reports is not None:
                reports.append(progress)


def decoded(nested: Nested) -> Any:
    """The value of a body that is nested deeper than the native layer decodes. The core has checked it."""
    import json

    return json.loads(nested.args[0])


def follow(bridge: Bridge, call: Call, report: Callable[[Any], Any] | None, arrival: Callable[[], Any]) -> Any:
    """Runs a call by a bridge; `arrival` returns when something has arrived there. Whatever is raised ends the call."""
    number = bridge.start(call)
    try:
        while True:
            arrival()
            for mine, state, value in bridge.drain():
                if state == WARNING:
                    warn(value)
                # A cancelled call may still have reported something.
                elif mine != number:
                    continue
                elif state == RESULT:
                    return value
                elif state == ERROR:
                    raise value
                elif report is not None:
                    report(value)
    except BaseException:
        bridge.cancel(number)
        raise

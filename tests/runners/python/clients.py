"""What clients are configured with, and what comes of it: tasks of tests/vectors/make/clients.py, for our package."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

from planned import Planned
from sdk import Sdk, snake

MILLISECONDS = ("timeout", "connect_timeout", "idle_timeout", "deadline")


class _Kept(logging.Handler):
    """Keeps the warnings of the package."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


class Clients:
    """Makes clients and their calls."""

    def __init__(self, sdk: Sdk, recorder: Planned) -> None:
        self._sdk = sdk
        self._recorder = recorder
        self._warnings = _Kept()
        logging.getLogger("polywrite").addHandler(self._warnings)
        os.environ |= {"APPWRITE_ENDPOINT": recorder.endpoint, "APPWRITE_PROJECT_ID": "demo"}

    def begin(self, task: dict[str, Any]) -> Iterator[Any]:
        """The task's calls, each to be made or awaited before the next."""
        self._recorder.expect(task["response"])
        self._warnings.texts = []
        given = task["given"]
        client = self._client(given)
        for _ in range(given.get("times", 1)):
            yield self._call(client, given)

    def sent(self) -> dict[str, Any]:
        """What crossed the wire, and what was warned of."""
        return {"requests": self._recorder.sent(), "warnings": self._warnings.texts}

    def _client(self, given: dict[str, Any]) -> Any:
        settings = {"endpoint": self._recorder.endpoint, "project": "demo"} | given.get("settings", {})
        settings["retries"] = settings.get("retries", {"max": 0})["max"]
        named = values({snake(name): value for name, value in settings.items()})
        if function := given.get("function"):
            make = (
                self._sdk.client_class.from_function_user if function["user"] else self._sdk.client_class.from_function
            )
            return make(function["headers"], **named)
        client = self._sdk.client_class(**named)
        if credential := given.get("credential"):
            kind, secret = credential
            return client.without_credentials() if kind == "none" else getattr(client, f"with_{snake(kind)}")(secret)
        return client

    def _call(self, client: Any, given: dict[str, Any]) -> Any:
        if raw := given.get("raw"):
            params = self._sdk.values(raw["params"])
            return client.call(raw["method"], raw["path"], raw["headers"], params)
        options = values({snake(name): value for name, value in given.get("options", {}).items()})
        return self._sdk.service("Users")(client).get("u", **options)


def values(given: dict[str, Any]) -> dict[str, Any]:
    """Settings or options with their times in seconds."""
    times = {name: given[name] / 1000 for name in MILLISECONDS if isinstance(given.get(name), int)}
    return given | times

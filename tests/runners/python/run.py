"""Follows a plan of tests/vectors with a Python package: python run.py [--async] PACKAGE PLAN REPORT"""

from __future__ import annotations

import asyncio
import base64
import importlib
import json
import sys
import warnings
from enum import Enum
from pathlib import Path
from typing import Any

from clients import Clients
from planned import Planned
from sdk import Sdk


def main(*given: str) -> None:
    """Writes a line of report for every line of the plan."""
    options = [each for each in given if each.startswith("--")]
    package, plan, output = (each for each in given if each not in options)
    # Old spellings warn each time; the vectors call them on purpose.
    warnings.simplefilter("ignore", DeprecationWarning)
    asynchronous = "--async" in options
    runner = Runner(Sdk(package, "AsyncClient" if asynchronous else "Client"))
    tasks = [exact(json.loads(line)) for line in Path(plan).read_text(encoding="utf-8").split("\n") if line]
    if asynchronous:
        asyncio.run(runner.follow(tasks))
    else:
        runner.follow_sync(tasks)
    runner.recorder.close()
    text = "".join(json.dumps(line, ensure_ascii=False, default=plain) + "\n" for line in runner.report)
    Path(output).write_text(text, encoding="utf-8")


class Runner:
    """Makes the calls against its recorder."""

    def __init__(self, sdk: Sdk) -> None:
        self.sdk = sdk
        self.recorder = Planned()
        self.report: list[dict[str, Any]] = []
        self._clients_told = Clients(sdk, self.recorder)
        self._clients = {hosted: sdk.client(self.recorder.endpoint, hosted) for hosted in (True, False)}

    def follow_sync(self, tasks: list[dict[str, Any]]) -> None:
        """Runs everything one after the other."""
        for task in tasks:
            if task["do"] == "client":
                line = {}
                try:
                    for call in self._clients_told.begin(task):
                        line = seen(call)
                except Exception as error:  # The judge decides about it.
                    line = failure(error)
                self.report.append({"id": task["id"]} | line | self._clients_told.sent())
                continue
            line = self._begin(task)
            if line is None:
                method, given = self._prepared
                try:
                    line = seen(method(**given))
                except Exception as error:  # The judge decides about it.
                    line = failure(error)
                line |= self._sent()
            self.report.append({"id": task["id"]} | line)

    async def follow(self, tasks: list[dict[str, Any]]) -> None:
        """As `follow_sync` with awaited calls."""
        for task in tasks:
            if task["do"] == "client":
                line = {}
                try:
                    for call in self._clients_told.begin(task):
                        line = seen(await call)
                except Exception as error:  # The judge decides about it.
                    line = failure(error)
                self.report.append({"id": task["id"]} | line | self._clients_told.sent())
                continue
            line = self._begin(task)
            if line is None:
                method, given = self._prepared
                try:
                    line = seen(await method(**given))
                except Exception as error:  # The judge decides about it.
                    line = failure(error)
                line |= self._sent()
            self.report.append({"id": task["id"]} | line)

    def _begin(self, task: dict[str, Any]) -> dict[str, Any] | None:
        """The report of a task that is not a call; none for a call, which is then prepared."""
        if task["do"] == "helper":
            return self._helper(task)
        if task["do"] == "webhook":
            return self._webhook(task["given"])
        if task["do"] == "enum":
            return {"values": self.sdk.members(task["enum"])}
        method = self.sdk.method(self._clients[task["selfHosted"]], task)
        if method is None:
            return {"skipped": f"{self.sdk.name} has no {task['operation']}"}
        self.recorder.expect(task["response"])
        self._prepared = method, self.sdk.arguments(method, task)
        return None

    def _sent(self) -> dict[str, Any]:
        requests = self.recorder.sent()
        given = list(self._prepared[1])
        return {"requests": len(requests), "read": given} | ({"request": requests[0]} if requests else {})

    def _webhook(self, given: dict[str, Any]) -> dict[str, Any]:
        webhook = getattr(importlib.import_module(self.sdk.name), "Webhook", None)
        if webhook is None:
            return {"skipped": f"{self.sdk.name} has no webhooks"}
        try:
            event = webhook.parse(**given)
            signature = webhook.sign(**{name: given[name] for name in ("body", "url", "secret")})
        except Exception as error:  # The judge decides about it.
            return failure(error)
        facts = {
            "id": event.id,
            "name": event.name,
            "events": event.events,
            "userId": event.user_id,
            "projectId": event.project_id,
            "model": event.model,
            "payload": event.payload,
            "signature": signature,
        }
        return {"seen": facts}

    def _helper(self, task: dict[str, Any]) -> dict[str, Any]:
        helper = self.sdk.helper(task["helper"])
        if helper is None:
            return {"skipped": f"{self.sdk.name} has no {task['helper']}"}
        try:
            made = helper(*positional(task["arguments"]))
        except ValueError as error:
            return {"refused": True, "message": str(error)}
        except Exception as error:
            return {"refused": type(error).__name__.endswith("ArgumentException"), "message": repr(error)}
        return {"made": [str(each) for each in made] if isinstance(made, list | tuple) else str(made)}


def positional(given: dict[str, Any]) -> list[Any]:
    """Arguments in their order; the conditions of a join replace its columns, after an alias."""
    if "on" in given:
        return [given["table"], *([given["alias"]] if given["alias"] else []), given["on"]]
    return list(given.values())


def seen(result: Any) -> dict[str, Any]:
    """A result, and the class of a model."""
    is_model = hasattr(result, "to_dict")
    return {"seen": result} | ({"model": type(result).__name__} if is_model else {})


def failure(error: Exception) -> dict[str, Any]:
    """The record of an error."""
    if isinstance(error, TypeError):
        return {"skipped": f"Python itself rejects it: {error}"}
    facts = {name: getattr(error, name, None) for name in ("kind", "code", "type")}
    return {"error": facts | {"message": getattr(error, "message", None) or repr(error), "line": str(error)}}


def plain(value: Any) -> Any:
    """JSON of what a call returns."""
    if isinstance(value, bytes | bytearray | memoryview):
        return {"@bytes": base64.b64encode(value).decode()}
    if isinstance(value, Enum):
        return value.value
    fields = getattr(type(value), "_fields", {})
    if fields or hasattr(value, "data"):
        # Attribute by attribute, as a program reads them, and not the dict underneath.
        seen = {field.wire: getattr(value, name) for name, field in fields.items()}
        return seen if "data" in seen else seen | getattr(value, "data", {})
    return value.to_dict() if hasattr(value, "to_dict") else repr(value)


def exact(value: Any) -> Any:
    """Marked integers as integers."""
    if isinstance(value, dict):
        if value.keys() == {"@integer"}:
            return int(value["@integer"])
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    return value


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The plan: one line of JSON for everything that a runner must do, complete in itself."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from ..make.definition import Definition
from . import vectors, webhooks
from .vectors import Entry


def write(path: Path, definition: Definition, recorded: list[Entry]) -> int:
    """Writes the plan and returns its number of lines."""
    samples = vectors.samples()
    lines = [_call(call, definition, samples) for call in vectors.calls() + recorded]
    lines += [
        {"do": "helper"} | {key: case[key] for key in ("id", "helper", "arguments")} for case in vectors.helpers()
    ]
    lines += [
        {"do": "client", "id": case["id"], "given": case["given"], "response": _response(case["response"], samples)}
        for case in vectors.clients()
    ]
    lines += [{"do": "enum", "id": f"enum {name}", "enum": name} for name in vectors.enums()]
    lines += [{"do": "webhook"} | {key: case[key] for key in ("id", "given")} for case in webhooks.cases()]
    return _write(path, lines)


def write_calls(path: Path, definition: Definition, calls: list[Entry]) -> int:
    """As `write`, for these calls alone."""
    samples = vectors.samples()
    return _write(path, [_call(call, definition, samples) for call in calls])


def _write(path: Path, lines: list[Entry]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(vectors.marked(line), ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return len(lines)


def _call(call: Entry, definition: Definition, samples: dict[str, dict[str, Entry]]) -> Entry:
    return {
        "do": "call",
        "id": call["id"],
        "operation": call["operation"],
        "class": definition.classes[call["operation"].split(".")[0]],
        "arguments": call["arguments"],
        "selfHosted": call.get("selfHosted", True),
        "response": _response(call["response"], samples),
    }


def _response(response: Entry, samples: dict[str, dict[str, Entry]]) -> Entry:
    """Status, headers and the body in base64."""
    headers = list(response.get("headers", []))
    body = b""
    kind = response.get("type", "")
    found = json_of(response, samples)
    if "body" in response:
        body = base64.b64decode(response["body"])
    elif found is not None:
        kind, body = kind or "application/json", json.dumps(found, ensure_ascii=False).encode()
    elif "text" in response:
        body = response["text"].encode()
    elif "base64" in response:
        body = base64.b64decode(response["base64"])
    if "location" in response:
        headers.append(["location", response["location"]])
    if kind or response["status"] == 204:
        # The server labels a response without a body as HTML.
        headers.append(["content-type", kind or "text/html"])
    hang = response.get("hang", False)
    return {"status": response["status"], "headers": headers, "body": base64.b64encode(body).decode(), "hang": hang}


def json_of(response: Entry, samples: dict[str, dict[str, Entry]]) -> Any:
    """The response's JSON; none when it is something else."""
    if "model" in response and "body" in response and "json" not in response:
        return json.loads(base64.b64decode(response["body"]))
    if "sample" in response:
        model, kind = response["sample"].split(".")
        return samples[model][kind]
    return response.get("json")

"""The plan: one line of JSON for everything that a runner must do, complete in itself."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from ..make.definition import Definition
from . import vectors
from .vectors import Entry


def write(path: Path, definition: Definition, recorded: list[Entry]) -> int:
    """Writes the plan and returns its number of lines."""
    samples = vectors.samples()
    lines = [_call(call, definition, samples) for call in vectors.calls() + recorded]
    lines += [
        {"do": "helper"} | {key: case[key] for key in ("id", "helper", "arguments")} for case in vectors.helpers()
    ]
    lines += [
        {"do": "client", "id": case["id"], "given": case["given"], "answer": _answer(case["answer"], samples)}
        for case in vectors.clients()
    ]
    lines += [{"do": "enum", "id": f"enum {name}", "enum": name} for name in vectors.enums()]
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
        "answer": _answer(call["answer"], samples),
    }


def _answer(answer: Entry, samples: dict[str, dict[str, Entry]]) -> Entry:
    """Status, headers and the body in base64."""
    headers = list(answer.get("headers", []))
    body = b""
    kind = answer.get("type", "")
    found = json_of(answer, samples)
    if "body" in answer:
        body = base64.b64decode(answer["body"])
    elif found is not None:
        kind, body = kind or "application/json", json.dumps(found, ensure_ascii=False).encode()
    elif "text" in answer:
        body = answer["text"].encode()
    elif "base64" in answer:
        body = base64.b64decode(answer["base64"])
    if "location" in answer:
        headers.append(["location", answer["location"]])
    if kind or answer["status"] == 204:
        # The server labels a response without a body as HTML.
        headers.append(["content-type", kind or "text/html"])
    hang = answer.get("hang", False)
    return {"status": answer["status"], "headers": headers, "body": base64.b64encode(body).decode(), "hang": hang}


def json_of(answer: Entry, samples: dict[str, dict[str, Entry]]) -> Any:
    """The response's JSON; none when it is something else."""
    if "model" in answer and "body" in answer and "json" not in answer:
        return json.loads(base64.b64decode(answer["body"]))
    if "sample" in answer:
        model, kind = answer["sample"].split(".")
        return samples[model][kind]
    return answer.get("json")

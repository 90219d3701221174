"""The calls of every operation: arguments, the request that they must make, the response."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import request
from .definition import Definition, Method
from .samples import Samples
from .values import FLAVOURS, Values

# The sample that the calls with these arguments receive.
SAMPLES = {"required": "minimal", "everything": "full", "awkward": "unknown", "empty": "sparse"}

# No language interprets a response of any JSON: neither a list nor its numbers may change.
ANY_JSON = {
    "required": [],
    "everything": {"data": {"rows": [1, 2**53 + 1, None]}},
    "awkward": {"errors": [{"message": "ü"}]},
    "empty": {},
}
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
# Bytes stay bytes when they happen to be JSON, and when there are none.
FILES = {
    "required": ("application/octet-stream", "AP8NCg=="),
    "everything": ("image/png", PICTURE),
    "awkward": ("application/json", "eyJub3QiOiAicGFyc2VkIn0="),
    "empty": ("text/plain", ""),
}


class Calls:
    """Makes the calls of one definition."""

    def __init__(self, definition: Definition, values: Values, samples: Samples) -> None:
        self._definition = definition
        self._values = values
        self._samples = samples
        self._seen_with_variants: set[str] = set()

    def of(self, method: Method) -> list[dict[str, Any]]:
        """All calls of an operation: at least three, and more where the response may be one of several models."""
        calls = [self._call(method, "required", self._required(method))]
        calls += [self._call(method, flavour, self._all(method, flavour)) for flavour in FLAVOURS]
        if method.returns in self._definition.unions:
            for member in self._definition.unions[method.returns]:
                response = {"status": 200, "sample": f"{member}.full", "model": member}
                calls.append(calls[0] | {"call": f"returns {member}", "response": response})
        calls += [calls[0] | {"call": name, "response": response} for name, response in self._variants(method.returns)]
        if method.self_hosted_path:
            arguments = calls[1]["arguments"]
            calls.append(
                self._call(method, "cloud", arguments)
                | {"selfHosted": False, "request": request.expected(method, arguments, self_hosted=False)}
            )
        return calls

    def _variants(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Responses with every member of a model's unions, at the first operation that returns the model."""
        model = self._definition.models.get(name)
        if model and name not in self._seen_with_variants:
            self._seen_with_variants.add(name)
            for member, sample in self._samples.variants(model):
                yield f"returns {name} with {member}", {"status": 200, "json": sample, "model": name}

    def _call(self, method: Method, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return {
            "call": name,
            "operation": method.id,
            "arguments": arguments,
            "request": request.expected(method, arguments),
            "response": self._response(method, name if name in SAMPLES else "everything"),
        }

    def _required(self, method: Method) -> dict[str, Any]:
        return {
            param.name: self._values.argument(param, "everything")
            for param in method.params
            if param.type.required and not param.from_project
        }

    def _all(self, method: Method, flavour: str) -> dict[str, Any]:
        return {
            # The ID of an upload is also sent as a header: it stays a real ID.
            param.name: self._values.argument(param, "everything" if param.name == method.upload_id else flavour)
            for param in method.params
            if not param.from_project
        }

    def _response(self, method: Method, name: str) -> dict[str, Any]:
        match method.returns:
            case "empty":
                return {"status": 204}
            case "bytes":
                kind, data = FILES[name]
                return {"status": 200, "type": kind, "base64": data}
            case "text":
                return {"status": 200, "type": "text/plain", "text": f"pong {name} ü"}
            case "redirect":
                return {"status": 301, "location": f"https://example.com/sign-in?state={name}&next=%2Fhome"}
            case "json":
                return {"status": 200, "json": ANY_JSON[name]}
        model = method.returns
        if model in self._definition.unions:
            model = self._definition.unions[model][0]
        return {"status": 200, "sample": f"{model}.{SAMPLES[name]}", "model": model}

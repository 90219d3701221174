"""The names of Appwrite's own package, which ours shares: one runner serves both."""

from __future__ import annotations

import base64
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from typing import Any

# Helpers whose names Python reserves.
HELPERS = {"or": "or_queries", "and": "and_queries"}

# Arguments whose names Python reserves.
RENAMED = {"from": "xfrom", "async": "xasync"}


def snake(name: str) -> str:
    """`listRows` becomes `list_rows`, `userMFA` becomes `user_mfa`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return words.lower()


class Sdk:
    """A package of this shape."""

    def __init__(self, name: str, client: str = "Client") -> None:
        self.name = name
        module = "client" if client == "Client" else "async_client"
        self._client = getattr(importlib.import_module(f"{name}.{module}"), client)
        self._input_file = importlib.import_module(f"{name}.input_file").InputFile
        self._services = _classes(f"{name}.services")
        self._enums = _classes(f"{name}.enums")

    @property
    def client_class(self) -> Any:
        """The class of clients."""
        return self._client

    def service(self, name: str) -> Any:
        """The class of a service."""
        return self._services[name]

    def values(self, given: dict[str, Any]) -> dict[str, Any]:
        """Values with their files."""
        return {name: self._value(value) for name, value in given.items()}

    def client(self, endpoint: str, self_hosted: bool) -> Any:
        """A client of the recorder's project."""
        # Appwrite's package does not distinguish them.
        knows = "self_hosted" in inspect.signature(self._client.__init__).parameters
        client = self._client(self_hosted=self_hosted) if knows else self._client()
        client.set_endpoint(endpoint).set_project("demo").set_key("secret")
        # An error response is not retried.
        if hasattr(client, "set_retries"):
            client.set_retries(0)
        return client

    def method(self, client: Any, call: dict[str, Any]) -> Callable[..., Any] | None:
        """The method of a call, bound to its service; none where the package lacks it."""
        service, name = call["operation"].split(".")
        if service == "client":
            return getattr(client, snake(name), None)
        owner = self._services.get(call["class"])
        return getattr(owner(client), snake(name), None) if owner else None

    def arguments(self, method: Callable[..., Any], call: dict[str, Any]) -> dict[str, Any]:
        """Arguments under the names of the package, without those that it lacks."""
        known = inspect.signature(method).parameters
        named = {RENAMED.get(snake(wire), snake(wire)): value for wire, value in call["arguments"].items()}
        return {name: self._value(value) for name, value in named.items() if name in known}

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict) and "@file" in value:
            file = value["@file"]
            return self._input_file.from_bytes(base64.b64decode(file["base64"]), file["name"])
        return value

    def helper(self, name: str) -> Callable[..., Any] | None:
        """A helper such as `Query.equal`; none where the package lacks it."""
        group, method = name.split(".")
        try:
            owner = getattr(importlib.import_module(f"{self.name}.{group.lower()}"), group)
        except ImportError:
            return None
        method = snake(method)
        return getattr(owner, HELPERS.get(method, method), None)

    def members(self, name: str) -> list[str]:
        """The wire values of an enum."""
        return [member.value for member in self._enums.get(name, ())]


def _classes(package: str) -> dict[str, Any]:
    """Every class of every module in a package."""
    found: dict[str, Any] = {}
    parent = importlib.import_module(package)
    for module in pkgutil.iter_modules(parent.__path__):
        path = f"{package}.{module.name}"
        entries = vars(importlib.import_module(path)).items()
        found |= {name: each for name, each in entries if inspect.isclass(each) and each.__module__ == path}
    return found

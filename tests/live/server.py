"""Calls the server that the environment names, without any SDK."""

from __future__ import annotations

import http.client
import json
import os
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

# What demos and scenarios make: where each kind is listed, under which name, and which column names its run.
KINDS = {
    "databases": ("/tablesdb", "databases", "name"),
    "buckets": ("/storage/buckets", "buckets", "name"),
    "users": ("/users", "users", "email"),
    "keys": ("/project/keys", "keys", "name"),
}
NEWEST = [
    ("queries[0]", '{"method":"orderDesc","attribute":"$createdAt"}'),
    ("queries[1]", '{"method":"limit","values":[100]}'),
]


@dataclass
class Response:
    """A response of the server."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = field(repr=False)

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            return {}


class Server:
    """One connection to the server, reopened when the server closes it."""

    def __init__(self) -> None:
        self.endpoint = os.environ["APPWRITE_ENDPOINT"].rstrip("/")
        self.url = urlsplit(self.endpoint)
        self.headers = {
            "x-appwrite-project": os.environ["APPWRITE_PROJECT_ID"],
            "x-appwrite-key": os.environ["APPWRITE_API_KEY"],
        }
        self.connection: http.client.HTTPConnection | None = None

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Response:
        """Sends a request as it is; `path` is the whole path with its query."""
        fresh = self.connection is None
        connection = self.connection = self.connection or self._connect()
        try:
            connection.request(method, path, body, headers if headers is not None else self.headers)
            response = connection.getresponse()
            return Response(response.status, response.getheaders(), response.read())
        except (http.client.HTTPException, OSError):
            connection.close()
            self.connection = None
            if fresh:
                raise
            # The server closed an idle connection.
            return self.send(method, path, body, headers)

    def call(self, method: str, path: str) -> Response:
        return self.send(method, self.url.path + path)

    def lacks(self) -> dict[str, str]:
        """Kinds of things that this server lacks, or our key may not use, with the server's message."""
        responses = {kind: self.call("GET", f"{path}?{urlencode(NEWEST)}") for kind, (path, _, _) in KINDS.items()}
        return {
            kind: response.json().get("message", f"HTTP {response.status}")
            for kind, response in responses.items()
            if response.status >= 400
        }

    def left(self, name: str) -> list[str]:
        """What has the name of a run, of the newest hundred of each kind."""
        found = []
        for kind, (path, field_name, column) in KINDS.items():
            listed = self.call("GET", f"{path}?{urlencode(NEWEST)}").json()
            found += [f"{kind} {it['$id']}" for it in listed.get(field_name, []) if name in it.get(column, "")]
        return found

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self.url.hostname or "", self.url.port
        if self.url.scheme != "https":
            return http.client.HTTPConnection(host, port, timeout=120)
        trust = ssl.create_default_context(cafile=os.environ.get("POLYWRITE_CA_FILE"))
        return http.client.HTTPSConnection(host, port, timeout=120, context=trust)

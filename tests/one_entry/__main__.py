"""python3 -m tests.one_entry PORT COMMAND…: runs a program against a server, and judges what it sent and printed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

QUERY = {"method": "isNearly", "attribute": "age", "values": [3]}


class Handler(BaseHTTPRequestHandler):
    """Keeps the tenant of each request, and responds with an empty list."""

    protocol_version = "HTTP/1.1"
    tenants: list[str | None] = []

    def do_GET(self) -> None:
        """Responds to every path alike."""
        self.tenants.append(self.headers.get("x-tenant"))
        body = b'{"total":0,"pets":[]}'
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Logs nothing."""


def main(port: str, *command: str) -> None:
    """Serves while the program runs."""
    server = ThreadingHTTPServer(("127.0.0.1", int(port)), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=120)
    printed = json.loads(ran.stdout.strip().splitlines()[-1])
    # The client's tenant, that of one call, and none in one call.
    assert Handler.tenants == ["acme", "other", None], Handler.tenants
    assert printed["kind"] in ("too_early", "TooEarlyException", "TooEarlyError"), printed
    assert json.loads(printed["query"]) == QUERY, printed
    print("one entry each: the setting and the option went over the wire, the kind and the query are there")


if __name__ == "__main__":
    main(*sys.argv[1:])

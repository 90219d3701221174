"""An HTTP server that keeps every request and sends the response that it is set to."""

from __future__ import annotations

import base64
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Recorder:
    """Runs in a thread of its own until `stop`."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.response: dict[str, Any] = {"status": 204, "headers": [], "body": ""}
        recorder = self

        class Handler(_Handler):
            def serve(self) -> None:
                self.keep_and_respond(recorder)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}/v1"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def expect(self, response: dict[str, Any]) -> None:
        """Forgets the requests and responds to the next ones like this."""
        self.requests = []
        self.response = response

    def stop(self) -> None:
        """Stops listening."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without it every response waits for the acknowledgement of its head.
    disable_nagle_algorithm = True

    def keep_and_respond(self, recorder: Recorder) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        recorder.requests.append(
            {
                "method": self.command,
                "target": self.path,
                "headers": [list(header) for header in self.headers.items()],
                "body": base64.b64encode(body).decode(),
            }
        )
        response = recorder.response
        if response.get("hang"):
            # Until the client gives up.
            self.rfile.read(1)
            return
        data = base64.b64decode(response["body"])
        self.send_response_only(response["status"])
        for name, value in response["headers"]:
            self.send_header(name, value)
        if response["status"] != 204:
            self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def serve(self) -> None:
        raise NotImplementedError

    def log_message(self, format: str, *args: Any) -> None:
        """Logs nothing."""

    def do_GET(self) -> None:
        self.serve()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815

"""The cleanup proxy notes what is made and deletes what is left; the list of what a run left names only its own."""

from __future__ import annotations

import json
import os
import threading
import unittest
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar

from tests.live.cleanup import CleanupProxy
from tests.live.server import Server

Listening = TypeVar("Listening", bound=ThreadingHTTPServer)


class Upstream(BaseHTTPRequestHandler):
    """A server that makes things, lists them as users, and deletes them."""

    protocol_version = "HTTP/1.1"
    things: dict[str, str] = {}

    def do_POST(self) -> None:
        made = json.loads(self.rfile.read(int(self.headers["content-length"])))
        path = self.path.split("/")
        self.things[f"{'/'.join(path[:3])}/{made['$id']}"] = made.get("email", "")
        self.respond(201, made)

    def do_GET(self) -> None:
        if not self.path.startswith("/v1/users"):
            return self.respond(404, {})
        users = [{"$id": path.split("/")[-1], "email": email} for path, email in self.things.items()]
        return self.respond(200, {"users": users})

    def do_DELETE(self) -> None:
        self.respond(204 if self.things.pop(self.path, None) is not None else 404, {})

    def respond(self, status: int, body: object) -> None:
        text = b"" if status == 204 else json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments: object) -> None:
        """Logs nothing."""


class CleanupTest(unittest.TestCase):
    def setUp(self) -> None:
        upstream = self.serve(ThreadingHTTPServer(("127.0.0.1", 0), Upstream))
        Upstream.things.clear()
        os.environ["APPWRITE_ENDPOINT"] = f"http://127.0.0.1:{upstream.server_port}/v1"
        os.environ.setdefault("APPWRITE_PROJECT_ID", "p")
        os.environ.setdefault("APPWRITE_API_KEY", "k")

    def serve(self, server: Listening) -> Listening:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server

    def send(self, proxy: CleanupProxy, method: str, path: str, body: object = None) -> int:
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(proxy.endpoint + path, data, method=method)) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def test_it_deletes_what_is_left(self) -> None:
        proxy = self.serve(CleanupProxy([]))
        for name in ("kept", "removed"):
            self.assertEqual(self.send(proxy, "POST", "/users", {"$id": name}), 201)
        self.assertEqual(self.send(proxy, "POST", "/account", {"$id": "signed-up"}), 201)
        self.assertEqual(self.send(proxy, "DELETE", "/users/removed"), 204)
        Upstream.things["/v1/users/of-others"] = ""
        # A sign-up makes a user, and the proxy deletes it as one; this small server keeps it elsewhere and returns 404.
        self.assertEqual(proxy.clean(), (["/users/kept"], []))
        self.assertEqual(sorted(Upstream.things), ["/v1/account/signed-up", "/v1/users/of-others"])

    def test_it_pretends_that_the_server_lacks_paths(self) -> None:
        proxy = self.serve(CleanupProxy(["/project/keys"]))
        self.assertEqual(self.send(proxy, "POST", "/project/keys", {"$id": "key"}), 404)
        self.assertEqual(Upstream.things, {})

    def test_a_run_lists_only_its_own(self) -> None:
        proxy = self.serve(CleanupProxy([]))
        for run in ("live-1", "live-2"):
            self.send(proxy, "POST", "/users", {"$id": f"ada-{run}", "email": f"ada@{run}.example.com"})
        with Server() as server:
            self.assertEqual(server.left("live-1"), ["users ada-live-1"])
            self.assertEqual(sorted(server.lacks()), ["buckets", "databases", "keys"])


if __name__ == "__main__":
    unittest.main()

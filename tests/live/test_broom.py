"""The broom notes what is made and takes away what is left; the list of what a run left knows its own."""

from __future__ import annotations

import json
import os
import threading
import unittest
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar

from tests.live.broom import Broom
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
        self.say(201, made)

    def do_GET(self) -> None:
        if not self.path.startswith("/v1/users"):
            return self.say(404, {})
        users = [{"$id": path.split("/")[-1], "email": email} for path, email in self.things.items()]
        return self.say(200, {"users": users})

    def do_DELETE(self) -> None:
        self.say(204 if self.things.pop(self.path, None) is not None else 404, {})

    def say(self, status: int, body: object) -> None:
        text = b"" if status == 204 else json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


class BroomTest(unittest.TestCase):
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

    def send(self, broom: Broom, method: str, path: str, body: object = None) -> int:
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(broom.endpoint + path, data, method=method)) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def test_it_sweeps_what_is_left(self) -> None:
        broom = self.serve(Broom([]))
        for name in ("kept", "removed"):
            self.assertEqual(self.send(broom, "POST", "/users", {"$id": name}), 201)
        self.assertEqual(self.send(broom, "POST", "/account", {"$id": "signed-up"}), 201)
        self.assertEqual(self.send(broom, "DELETE", "/users/removed"), 204)
        Upstream.things["/v1/users/somebody-else"] = ""
        # A sign-up makes a user, which is deleted as one; this simple server keeps it elsewhere, so it is gone.
        self.assertEqual(broom.sweep(), (["/users/kept"], []))
        self.assertEqual(sorted(Upstream.things), ["/v1/account/signed-up", "/v1/users/somebody-else"])

    def test_it_plays_a_lesser_server(self) -> None:
        broom = self.serve(Broom(["/project/keys"]))
        self.assertEqual(self.send(broom, "POST", "/project/keys", {"$id": "key"}), 404)
        self.assertEqual(Upstream.things, {})

    def test_a_run_knows_its_own(self) -> None:
        broom = self.serve(Broom([]))
        for run in ("live-1", "live-2"):
            self.send(broom, "POST", "/users", {"$id": f"ada-{run}", "email": f"ada@{run}.example.com"})
        with Server() as server:
            self.assertEqual(server.left("live-1"), ["users ada-live-1"])
            self.assertEqual(sorted(server.lacks()), ["buckets", "databases", "keys"])


if __name__ == "__main__":
    unittest.main()

"""Under gevent and eventlet, other greenlets run during a call."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from recorder import Recorder, Request, Response

GEVENT = "from gevent import monkey; monkey.patch_all(); import gevent; from gevent import spawn, sleep, Timeout"
EVENTLET = """
import warnings; warnings.simplefilter("ignore")
import eventlet; eventlet.monkey_patch(); from eventlet import spawn, sleep, Timeout
"""

PROGRAM = """
import sys
from polywrite import Client, InputFile, Storage, Users
from polywrite.exception import AppwriteException, NotFoundError

client = Client(endpoint=sys.argv[1], project="p", retries=0)
users, storage = Users(client), Storage(client)
ended = []

# The server responds to these only when all of them have arrived.
def together():
    ended.append(users.get("together").id)

for _ in range(8):
    spawn(together)
while len(ended) < 8:
    sleep(0.01)

try:
    users.get("missing")
except NotFoundError as error:
    ended.append(error.code)

# Exceptions end greenlets, and the package uses what they waited with again.
try:
    with Timeout(0.05):
        users.get("never")
except Timeout:
    ended.append("cancelled")
ended.append(users.get("quick").id)

class Pipe:
    # More pieces than are read ahead.
    left = 8
    def read(self, size):
        sleep(0.001)
        self.left -= 1
        return b"x" * 1000 if self.left >= 0 else b""

events = []
storage.create_file("b", "f", InputFile.from_file(Pipe(), "x"), on_progress=events.append)
ended.append(len(events))
ended.append(sum(map(len, storage.stream_file_download("b", "f"))))
print(ended[8:])
"""


@pytest.mark.parametrize(("library", "patch"), [("gevent", GEVENT), ("eventlet", EVENTLET)])
def test_other_greenlets_run_during_a_call(server: Recorder, library: str, patch: str) -> None:
    pytest.importorskip(library)
    everyone = threading.Barrier(8)
    never = threading.Event()

    def respond(request: Request) -> Response:
        name = request.path.rsplit("/", 1)[-1]
        if name == "together":
            everyone.wait(20)
        if name == "never":
            return Response(wait=never)
        if name == "missing":
            return Response({"message": "No.", "code": 404, "type": "user_not_found"}, 404)
        return Response(b"x" * 100_000 if name == "download" else {"$id": name, "chunksTotal": 1, "chunksUploaded": 1})

    server.respond = respond
    process = subprocess.run(
        [sys.executable, "-c", patch + PROGRAM, server.endpoint], capture_output=True, text=True, timeout=60
    )
    never.set()
    assert process.stdout == "[404, 'cancelled', 'quick', 1, 100000]\n", process.stderr

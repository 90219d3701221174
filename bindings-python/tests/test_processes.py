"""Threads, forks, signals."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from polywrite import AppwriteException, Client, Storage, Users
from recorder import Recorder, Request, Response

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def in_child(work: Any, seconds: float = 20) -> int:
    """Runs work in a forked child and returns its exit code; -1 if it did not end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1


def test_a_child_has_connections_of_its_own(client: Client, server: Recorder) -> None:
    users = Users(client)
    users.get("parent")
    assert server.connections == 1
    assert in_child(lambda: users.get("child")) == 0
    assert server.connections == 2
    users.get("parent")
    assert server.connections == 2
    assert [request.path for request in server.requests] == ["/users/parent", "/users/child", "/users/parent"]


def test_a_fork_while_other_threads_call(client: Client, server: Recorder) -> None:
    users = Users(client)
    stop = threading.Event()

    def pump() -> None:
        while not stop.is_set():
            users.get("u")

    threads = [threading.Thread(target=pump) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        assert [in_child(lambda: users.get("child")) for _ in range(10)] == [0] * 10
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("warm", [False, True])
def test_children_of_one_fork_do_not_wait_alike(server: Recorder, warm: bool) -> None:
    server.says({"message": "busy"}, 503)
    users = Users(Client(endpoint=server.endpoint, project="p", retries=2))

    def waits() -> str:
        with pytest.raises(AppwriteException) as caught:
            users.get("u")
        return json.dumps([attempt["wait"] for attempt in caught.value.attempts[:-1]])

    if warm:
        waits()
    reading, writing = os.pipe()
    children = 6
    assert [in_child(lambda: os.write(writing, f"{waits()}\n".encode())) for _ in range(children)] == [0] * children
    drawn = os.read(reading, 65536).decode().split("\n")[:-1]
    assert len(drawn) == children
    # Two may be equal by chance, to the millisecond.
    assert len(set(drawn)) > children / 2, drawn


def test_asyncio_in_a_child(client: Client, server: Recorder) -> None:
    Users(client).get("parent")

    def work() -> None:
        import asyncio

        from polywrite import AsyncClient, AsyncUsers

        asyncio.run(AsyncUsers(AsyncClient(endpoint=server.endpoint, project="p")).get("child"))

    assert in_child(work) == 0


def test_asyncio_in_a_child_whose_parent_uses_it(server: Recorder) -> None:
    """The parent's thread waits, its stack belongs to other threads in the child."""
    script = """
import asyncio, os, sys, threading, time
from polywrite import AsyncClient, AsyncUsers

def call():
    asyncio.run(AsyncUsers(AsyncClient(endpoint=sys.argv[1], project="p")).get("u"))

call()
# Where the parent's thread waits longest; a shorter time would only show less.
time.sleep(1.5)
child = os.fork()
if child == 0:
    def overwrite(depth):
        return [depth] if depth == 0 else overwrite(depth - 1)
    for _ in range(8):
        threads = [threading.Thread(target=overwrite, args=(200,)) for _ in range(8)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    call()
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, server.endpoint], capture_output=True, text=True
    )
    assert done.stdout == "0\n", done.stdout + done.stderr


def test_a_child_does_not_disturb_its_parents_download(server: Recorder) -> None:
    # More than the system's socket buffers hold.
    server.respond = lambda request: Response(bytes(32 * 1024 * 1024))
    client = Client(endpoint=server.endpoint, project="p", idle_timeout=5, retries=0)
    download = Storage(client).stream_file_download("b", "f")
    pieces = iter(download)
    first = next(pieces)
    assert in_child(download.close) == 0
    assert len(first) + sum(map(len, pieces)) == 32 * 1024 * 1024


def fetch(endpoint: str) -> str:
    return Users(Client(endpoint=endpoint, project="p", key="k")).get("u").id


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_multiprocessing(server: Recorder, method: str) -> None:
    server.says({"$id": "u"})
    assert fetch(server.endpoint) == "u"
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(fetch, [server.endpoint] * 4) == ["u"] * 4


def test_threads_wait_at_the_same_time(client: Client, server: Recorder) -> None:
    everyone = threading.Barrier(16)

    def respond(request: Request) -> Response:
        everyone.wait(10)
        return Response({"$id": "u"})

    server.respond = respond
    # The server responds only once all 16 are there, which needs the GIL to be free.
    with ThreadPoolExecutor(16) as pool:
        users = list(pool.map(lambda _: Users(client).get("u").id, range(16)))
    assert users == ["u"] * 16


SCRIPT = """
import signal, sys
from polywrite import AppwriteException, Client, Storage, Users
# A shell that runs this suite in the background makes its children ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
client = Client(endpoint=sys.argv[1], project="p")
try:
    Users(client).get("u")
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_ctrl_c_ends_a_blocking_call(server: Recorder) -> None:
    never = threading.Event()
    server.respond = lambda request: Response(wait=never)
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, server.endpoint], stdout=subprocess.PIPE, text=True)
    assert server.arrived.acquire(timeout=20)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert server.gone.acquire(timeout=5)
    elapsed = time.monotonic() - started
    output, _ = process.communicate(timeout=10)
    never.set()
    assert output == "interrupted\n"
    # 0.2 s on an idle machine; on a busy one anything shorter than the response.
    assert elapsed < 4


def test_a_signal_handler_may_make_calls(client: Client, server: Recorder) -> None:
    go = threading.Event()
    server.respond = lambda request: Response({"$id": "u"}, wait=None if request.path.endswith("handler") else go)

    def handle(*details: object) -> None:
        Users(client).get("handler")
        go.set()

    def interrupt() -> None:
        server.arrived.acquire()
        os.kill(os.getpid(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, handle)
    interrupter = threading.Thread(target=interrupt)
    interrupter.start()
    try:
        assert Users(client).get("main").id == "u"
    finally:
        signal.signal(signal.SIGUSR1, before)
        interrupter.join()
    assert [request.path for request in server.requests] == ["/users/main", "/users/handler"]


def test_a_process_ends_with_calls_in_flight(server: Recorder) -> None:
    never = threading.Event()
    server.respond = lambda request: Response(wait=never)
    call = "threading.Thread(target=Users(client).get, args=('u',), daemon=True).start(); sys.stdin.read()"
    script = "import threading\n" + SCRIPT.replace('Users(client).get("u")', call)
    process = subprocess.Popen([sys.executable, "-c", script, server.endpoint], stdin=subprocess.PIPE)
    assert server.arrived.acquire(timeout=20)
    process.communicate(timeout=10)
    never.set()
    assert process.returncode == 0


ENDING = """
import sys, threading, time
from polywrite import Client, InputFile, Storage

begun = threading.Event()

class Slow:
    def read(self, size):
        begun.set()
        time.sleep(0.002)
        return b"x"

def report(record):
    begun.set()
    time.sleep(0.002)

class Last:
    def __del__(self):
        # Long enough for the other thread to return to an ending interpreter.
        time.sleep(0.2)

def upload():
    storage = Storage(Client(endpoint=sys.argv[1]))
    while True:
        if sys.argv[2] == "source":
            storage.create_file("b", "f", InputFile.from_file(Slow(), "x"))
        else:
            storage.create_file("b", "f", InputFile.from_bytes(b"x", "x"), on_progress=report)

threading.Thread(target=upload, daemon=True).start()
begun.wait()
sys.modules["last"] = Last()
"""


@pytest.mark.parametrize("busy", ["source", "listener"])
def test_a_process_ends_while_a_call_runs_its_python(server: Recorder, busy: str) -> None:
    server.says({"$id": "f", "chunksTotal": 1, "chunksUploaded": 1})
    command = [sys.executable, "-c", ENDING, server.endpoint, busy]
    process = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert (process.returncode, process.stderr) == (0, "")

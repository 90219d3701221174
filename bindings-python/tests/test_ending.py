"""Programs that end while threads are at work: the exit status says whether one crashed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from recorder import Recorder, Request, Response

EXITS = 6
"""How often a program of each kind ends."""

PROGRAM = """
import asyncio, dataclasses, io, logging, sys, threading, time
from polywrite import AsyncClient, AsyncUsers, Client, InputFile, Storage, TablesDB, Users

client = Client(endpoint=sys.argv[1], project="p", key="k", retries=0)
begun = threading.Event()

def slowly(*details):
    # Python acquires the GIL again after this, perhaps from an interpreter that ends.
    begun.set()
    time.sleep(0.002)

class Slow:
    def read(self, size):
        slowly()
        return b"x"

class Data:
    def model_dump(self, **options):
        slowly()
        return {"a": 1}

class Handler(logging.Handler):
    emit = slowly

class NoPipes(asyncio.SelectorEventLoop):
    def add_reader(self, *details):
        raise NotImplementedError

def wait():
    begun.set()
    Users(client).get("slow")

def responses():
    Users(client).get("quick")
    begun.set()

def failures():
    try:
        Users(client).get("missing")
    except Exception:
        begun.set()

def warnings():
    Users(client).get("warned")

def values():
    TablesDB(client).create_row("d", "t", "r", {"list": [Data()]})

def source():
    Storage(client).create_file("b", "f", InputFile.from_file(Slow(), "x"))

def listener():
    Storage(client).create_file("b", "f", InputFile.from_bytes(b"x", "x"), on_progress=slowly)

def download():
    for piece in Storage(client).stream_file_download("b", "f"):
        slowly()

async def several():
    users = AsyncUsers(AsyncClient(endpoint=sys.argv[1], project="p", retries=0))
    begun.set()
    while True:
        await asyncio.gather(*(users.get(name) for name in ("quick", "warned", "quick")))

def event_loop():
    asyncio.run(several())

def loop_without_pipes():
    NoPipes().run_until_complete(several())

class Last:
    def __del__(self):
        # Long enough for the other threads to return to an ending interpreter.
        time.sleep(0.15)

logging.getLogger("polywrite").addHandler(Handler())
work = globals()[sys.argv[2]]

def again():
    while True:
        work()

for _ in range(2):
    threading.Thread(target=again, daemon=True).start()
begun.wait()
if sys.argv[3] == "late":
    sys.modules["last"] = Last()
"""

KINDS = [
    "wait",
    "responses",
    "failures",
    "warnings",
    "values",
    "source",
    "listener",
    "download",
    "event_loop",
    "loop_without_pipes",
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_program_may_end_whatever_its_threads_do(server: Recorder, kind: str) -> None:
    never = threading.Event()

    def respond(request: Request) -> Response:
        name = request.path.rsplit("/", 1)[-1]
        if name == "slow":
            return Response(wait=never)
        if name == "missing":
            return Response({"message": "No.", "code": 404, "type": "user_not_found"}, 404)
        headers = {"x-appwrite-warning": f"old {len(server.requests)}"} if name == "warned" else {}
        body = b"x" * 100_000 if name == "download" else {"$id": "u", "chunksTotal": 1, "prefs": {"a": [1] * 1000}}
        return Response(body, headers=headers)

    server.respond = respond

    def end(index: int) -> tuple[int, str]:
        moment = "late" if index % 2 else "soon"
        command = [sys.executable, "-c", PROGRAM, server.endpoint, kind, moment]
        process = subprocess.run(command, capture_output=True, text=True, timeout=60)
        return process.returncode, process.stderr

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(end, range(int(os.environ.get("POLYWRITE_EXITS", EXITS)))))
    never.set()
    # A negative status is the signal that ended the process.
    assert ends == [(0, "")] * len(ends)

"""Starts an installed `polywrite emulator`, calls it, stops it: trial.py NAME PROGRAM."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.request

name, program = sys.argv[1:]
started = time.monotonic()
emulator = subprocess.Popen(
    [program, "emulator", "--port", "0", "--key", "k", "--json"], stdout=subprocess.PIPE, text=True
)
assert emulator.stdout
try:
    ready = json.loads(emulator.stdout.readline())
    took = time.monotonic() - started
    headers = {"x-appwrite-project": ready["project"], "x-appwrite-key": "k", "content-type": "application/json"}
    user = json.dumps({"userId": "ada", "email": "ada@example.com", "password": "correct horse"}).encode()
    request = urllib.request.Request(f"{ready['endpoint']}/users", user, headers)
    with urllib.request.urlopen(request) as response:
        assert json.load(response)["$id"] == "ada"
    with urllib.request.urlopen(ready["endpoint"].replace("/v1", "/")) as page:
        assert "Local Appwrite" in page.read().decode()
finally:
    emulator.send_signal(signal.SIGTERM)
    ended = emulator.wait(timeout=10)
assert ended in (0, -signal.SIGTERM), ended
print(f"{name}: ready after {took * 1000:.0f} ms, called, and ended with {ended}")

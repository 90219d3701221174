"""Starts an installed `polywrite emulator`, calls it, stops it: trial.py NAME PROGRAM."""

from __future__ import annotations

import http.client
import json
import signal
import statistics
import subprocess
import sys
import time
import urllib.request

# What a test's project may have from the start.
SEED = {
    "users": [{"userId": f"u{number}", "email": f"u{number}@example.com"} for number in range(5)],
    "databases": [
        {
            "databaseId": "library",
            "tables": [
                {
                    "tableId": "films",
                    "columns": [
                        {"key": "title", "type": "string", "size": 100, "required": True},
                        {"key": "year", "type": "integer", "required": False},
                    ],
                    "rows": [{"$id": f"f{number}", "title": "Film", "year": number} for number in range(20)],
                }
            ],
        }
    ],
}


def projects(endpoint: str, seed: object) -> float:
    """How many milliseconds a project takes, over one connection: the median of 50."""
    connection = http.client.HTTPConnection(endpoint.split("/")[2])
    took = []
    for _ in range(50):
        started = time.perf_counter()
        connection.request("POST", "/_emulator/projects", json.dumps({"seed": seed}))
        response = connection.getresponse()
        assert response.status == 201, response.read()
        response.read()
        took.append(time.perf_counter() - started)
    connection.close()
    return statistics.median(took) * 1000


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
    empty, seeded = projects(ready["endpoint"], {}), projects(ready["endpoint"], SEED)
finally:
    emulator.send_signal(signal.SIGTERM)
    ended = emulator.wait(timeout=10)
assert ended in (0, -signal.SIGTERM), ended
print(f"{name}: a project takes {empty:.1f} ms, one with 5 users and 20 rows {seeded:.1f} ms")
print(f"{name}: ready after {took * 1000:.0f} ms, called, and ended with {ended}")

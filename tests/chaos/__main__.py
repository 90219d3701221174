"""Runs clients against a server that misbehaves with a quarter of the calls, and one that responds to an eighth twice.

usage: python3 -m tests.chaos PROGRAM CALLS CLIENT…

PROGRAM is the compiled test `chaos` of the core, which has the server and the Rust client. Clients: rust, node, python,
swift and, for comparison, undici and aiohttp, which are not judged.
"""

from __future__ import annotations

import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/chaos"
NODE = ROOT / "bindings-node"
PYTHON = ROOT / "bindings-python/.venv/bin/python"
PEER_PYTHON = os.environ.get("CHAOS_PEER_PYTHON", "")
SWIFT = os.environ.get("CHAOS_SWIFT", "")
AT_ONCE = "32"
OURS = ("rust", "node", "python", "swift")
# Swift's programs may need the folder that its toolchain was installed into.
RUN_SWIFT = ["bash", "-c", '. tasks/lib.sh; . tasks/swift.sh; swift_run "$@"', "bash"]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def server(program: str, kinds: str, port: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "CHAOS_KINDS": kinds, "CHAOS_PORT": str(port)}
    command = [program, "--ignored", "--exact", "serve"]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    while not listens(port):
        assert running.poll() is None, "the server has ended"
        time.sleep(0.05)
    return running


def listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def run(program: str, client: str, endpoint: str, calls: str) -> dict:
    environment = {**os.environ, "CHAOS_CALLS": calls, "CHAOS_ENDPOINT": endpoint}
    command, folder = {
        "rust": ([program, "--ignored", "--exact", "call", "--nocapture"], ROOT),
        "node": (["node", str(HERE / "client.mjs"), "ours", endpoint, calls, AT_ONCE], NODE),
        "undici": (["node", str(HERE / "client.mjs"), "undici", endpoint, calls, AT_ONCE], NODE),
        "python": ([str(PYTHON), str(HERE / "ours.py"), endpoint, calls, AT_ONCE], ROOT),
        "swift": ([*RUN_SWIFT, SWIFT, endpoint, calls, AT_ONCE], ROOT),
        "aiohttp": ([PEER_PYTHON, str(HERE / "peer.py"), endpoint, calls, AT_ONCE], ROOT),
    }[client]
    # A call that has not ended after half an hour hangs.
    output = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=1800
    ).stdout
    line = next(line for line in output.splitlines() if line.startswith("result "))
    return json.loads(line.removeprefix("result "))


def main(program: str, calls: str, *clients: str) -> int:
    bad = []
    for kinds in ("all", "twice"):
        wrong = {}
        for client in clients:
            port = free_port()
            running = server(program, kinds, port)
            endpoint = f"http://127.0.0.1:{port}/v1"
            try:
                began = time.monotonic()
                result = run(program, client, endpoint, calls)
                took = time.monotonic() - began
                # The server may break the connection of its report too.
                for attempt in range(100):
                    try:
                        with urllib.request.urlopen(f"{endpoint}/report") as response:
                            seen = json.load(response)
                        break
                    except (OSError, ValueError):
                        if attempt == 99:
                            raise
            finally:
                running.kill()
                running.wait()
            posts = seen["posts"]
            doubled = sum(times > 1 for times in posts.values())
            lost = sum(user not in posts for user in result["good_posts"])
            wrong[client] = result["wrong"]
            print(
                f"{kinds:6}{client:8} {result['done']} calls in {took:.0f} s, {seen['connections']} connections: "
                f"{result['wrong']} wrong, {lost} lost, {doubled} doubled; errors: {json.dumps(result['errors'])}",
                flush=True,
            )
            if client in OURS and (lost or doubled or result["done"] != int(calls)):
                bad.append(f"{client}, {kinds}")
        peers = [count for client, count in wrong.items() if client not in OURS] if kinds == "twice" else []
        allowed = min(peers, default=0 if kinds == "all" else int(calls))
        bad += [f"{client}, {kinds}: wrong" for client in wrong if client in OURS and wrong[client] > allowed]
    for what in bad:
        print(f"not as promised: {what}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

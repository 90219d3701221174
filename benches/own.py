"""Measures what the harness in benches/harness does not: Swift, asyncio, typed access, files, long runs, connections,
events.

usage: python3 -m benches.own RESULTS.json REPETITIONS SCENARIO… -- LANGUAGE…

Works like the harness: the server on core 1, clients on core 0, a fresh process a run, clients interleaved,
medians. Adds its scenarios to RESULTS.json in the harness's shape. BENCH_WORK holds what tasks/bench.sh built.
"""

from __future__ import annotations

import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benches.goals import BY_HAND, NO_HOOKS, ONE_CONNECTION

HERE = pathlib.Path(__file__).parent
WORK = pathlib.Path(os.environ.get("BENCH_WORK", "."))
SWIFT_SCENARIOS = {
    "get": "get",
    "conc64": "conc64",
    "list25": "list25",
    "list5000": "list5000",
    "file": "download256",
    "memory": "memory",
}


# V8 lets its young generation grow to three times 16 MiB in time, whatever a program keeps. With a fixed size memory
# rises only by what the program keeps.
FIXED = ["--min-semi-space-size=4", "--max-semi-space-size=4"]
# Where the packages of Node's peers are.
NODE_FOLDERS = {"appwrite": "node", "ws": "node-ws"}
# Whole lists and bulk writes, and what a program does without them.
FLOWS = ("iterate", "bulk")
BESIDE = {**dict.fromkeys(FLOWS, BY_HAND), "hooks": NO_HOOKS, "parallel": ONE_CONNECTION}
"""What our own client is measured beside: the same client, which does the work in another way."""


def node(scenario: str, endpoint: str, *how: str) -> list[str]:
    flags = ["--expose-gc", *(FIXED if scenario in ("memory", *FLOWS) else [])]
    return ["node", *flags, f"{HERE}/clients/own.mjs", scenario, endpoint, *how]


def python(environment: str, module: str, scenario: str, endpoint: str, *how: str) -> list[str]:
    return [f"{WORK}/{environment}/bin/python", f"{HERE}/clients/own.py", module, scenario, endpoint, *how]


def harness_python(environment: str, kind: str, endpoint: str) -> list[str]:
    arguments = [kind, "conc", "width=64", "n=1500", "warm=200", f"endpoint={endpoint}"]
    return [f"{WORK}/{environment}/bin/python", f"{HERE}/harness/python/bench.py", *arguments]


def rust(*arguments: str) -> list[str]:
    return [f"{WORK}/target/release/polywrite-bench", *arguments]


def swift(client: str, scenario: str, endpoint: str, *how: str) -> list[str]:
    run = '. tasks/lib.sh; . tasks/swift.sh; swift_run .build/bench/release/Bench "$@"'
    return ["bash", "-euc", run, "bash", client, SWIFT_SCENARIOS.get(scenario, scenario), endpoint, *how]


def clients(scenario: str, port: int) -> Iterator[tuple[str, str, list[str]]]:
    """(language, label, command) of all clients in a scenario."""
    endpoint = f"http://127.0.0.1:{port}/v1"
    if scenario == "realtime":
        endpoint = f"http://127.0.0.1:{port + 3}/v1"
        for label in ("polywrite", "ws"):
            yield "node", label, ["node", f"{HERE}/clients/realtime.mjs", endpoint, label]
        for label in ("polywrite", "websockets"):
            interpreter = f"{WORK}/python-{label}/bin/python"
            yield "python", label, [interpreter, f"{HERE}/clients/realtime.py", endpoint, label]
    if scenario == "clients1000":
        yield "rust", "polywrite", rust("ssr", "n=900", "warm=100", f"endpoint={endpoint}")
    if scenario in ("file", "memory"):
        yield "rust", "polywrite", rust(scenario, endpoint)
        yield "node", "polywrite", node(scenario, endpoint)
        yield "python", "polywrite", python("python-polywrite", "polywrite", scenario, endpoint)
    if scenario in BESIDE:
        other = BESIDE[scenario]
        yield "rust", "polywrite", rust(scenario, endpoint)
        yield "rust", other, rust(scenario, endpoint, "by-hand")
        yield "node", "polywrite", node(scenario, endpoint)
        yield "node", other, node(scenario, endpoint, "polywrite", "by-hand")
        yield "python", "polywrite", python("python-polywrite", "polywrite", scenario, endpoint)
        yield "python", other, python("python-polywrite", "polywrite", scenario, endpoint, "by-hand")
        if scenario != "parallel":
            yield "swift", "polywrite", swift("polywrite", scenario, endpoint)
            yield "swift", other, swift("polywrite", scenario, endpoint, "by-hand")
    if scenario == "bulk":
        yield "node", "appwrite", node(scenario, endpoint, "node-appwrite", "by-hand")
        yield "python", "appwrite", python("python/sdk", "appwrite", scenario, endpoint, "by-hand")
    if scenario == "typed5000":
        yield "python", "polywrite", python("python-polywrite", "polywrite", scenario, endpoint)
        yield "python", "appwrite", python("python/sdk", "appwrite", scenario, endpoint)
    if scenario == "asyncio64":
        yield "python", "polywrite", python("python-polywrite", "polywrite", scenario, endpoint)
        yield "python", "aiohttp", harness_python("python/bounds", "aiohttp", endpoint)
        yield "python", "appwrite", harness_python("python/sdk", "sdk", endpoint)
    if scenario in SWIFT_SCENARIOS:
        yield "swift", "polywrite", swift("polywrite", scenario, endpoint)
        yield "swift", "urlsession", swift("urlsession", scenario, endpoint)


@contextmanager
def server() -> Iterator[int]:
    """The canned server on four free ports in a row: plain, TLS (unused), its counters, and realtime."""
    port, process = started()
    while process.poll() is not None:
        # One of the ports behind the first was taken.
        port, process = started()
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


def started() -> tuple[int, subprocess.Popen[bytes]]:
    """The canned server at a port that was free, once it answers or has ended."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    process = subprocess.Popen(["taskset", "-c", "1", f"{WORK}/target/release/bench-server", str(port)])
    for _ in range(200):
        try:
            counters(port, "reset")
            break
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    return port, process


def counters(port: int, what: str = "stats") -> Any:
    return json.load(urllib.request.urlopen(f"http://127.0.0.1:{port + 2}/{what}"))


def run(port: int, language: str, label: str, command: list[str]) -> dict[str, float]:
    counters(port, "reset")
    environment = {**os.environ, "SDK_PYTHON": "appwrite"}
    folder = HERE.parent
    if language == "node":
        folder = WORK / NODE_FOLDERS.get(label, "node-polywrite")
    done = subprocess.run(["taskset", "-c", "0", *command], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{language} {label}: {' '.join(command)}: {done.stderr[-2000:]}")
    result = json.loads(done.stdout.splitlines()[-1])
    stats = counters(port)
    result["connsPer1000"] = stats["accepts"] * 1000 / max(stats["requests"], 1)
    return result


def summary(runs: list[dict[str, float]]) -> dict[str, Any]:
    names = [name for name, value in runs[0].items() if isinstance(value, (int, float))]
    return {**{name: statistics.median(run[name] for run in runs) for name in names}, "runs": runs}


def main(target: str, repetitions: str, *rest: str) -> None:
    scenarios, languages = rest[: rest.index("--")], rest[rest.index("--") + 1 :]
    path = pathlib.Path(target)
    results = json.loads(path.read_text()) if path.exists() else {}
    with server() as port:
        for scenario in scenarios:
            print(scenario, end=" ", file=sys.stderr, flush=True)
            todo = [it for it in clients(scenario, port) if it[0] in languages]
            collected: dict[tuple[str, str], list[dict[str, float]]] = {}
            for _ in range(int(repetitions)):
                for language, label, command in todo:
                    collected.setdefault((language, label), []).append(run(port, language, label, command))
            for (language, label), runs in collected.items():
                results.setdefault(scenario, {}).setdefault(language, {})[label] = summary(runs)
    print(file=sys.stderr)
    path.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])

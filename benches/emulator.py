"""How many calls of rows the emulator serves, client and emulator on the same two cores, data in a folder.

usage: python3 -m benches.emulator RESULTS.json PROGRAM     adds to RESULTS.json in the harness's shape
"""

from __future__ import annotations

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
RUNS = 3


def run(program: str, cores: list[int]) -> dict[str, float]:
    """Microseconds per call, and the emulator's peak of memory."""
    pinned = ["taskset", "-c", ",".join(map(str, cores))]
    with tempfile.TemporaryDirectory() as data:
        command = [*pinned, program, "emulator", "--port", "0", "--json", "--no-rate-limits", "--data", data]
        emulator = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert emulator.stdout
            ready = json.loads(emulator.stdout.readline())
            client = [
                *pinned,
                "node",
                f"{HERE}/clients/emulator.mjs",
                ready["endpoint"],
                ready["project"],
                ready["key"],
            ]
            measured = json.loads(subprocess.run(client, check=True, capture_output=True, text=True).stdout)
            status = pathlib.Path(f"/proc/{emulator.pid}/status").read_text()
            peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
            return {**measured, "peak": int(peak.split()[1]) / 1024}
        finally:
            emulator.terminate()
            emulator.wait()


def main(target: str, program: str) -> None:
    path = pathlib.Path(target)
    results = json.loads(path.read_text()) if path.exists() else {}
    cores = sorted(os.sched_getaffinity(0))[:2]
    runs = [run(program, cores) for _ in range(RUNS)]
    for name in runs[0]:
        column = "rssPeakMiB" if name == "peak" else "callMicros"
        figures = [{column: one[name]} for one in runs]
        row = {column: statistics.median(one[column] for one in figures), "runs": figures}
        results[f"emulator, {name}"] = {"emulator": {"polywrite": row}}
    path.write_text(json.dumps(results, indent=1))


main(*sys.argv[1:])

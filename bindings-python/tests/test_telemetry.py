"""Traces and metrics, in a process of their own: the SDK of OpenTelemetry changes the process that loads it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_traces_and_metrics() -> None:
    cases = Path(__file__).with_name("telemetry_cases.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(cases)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

"""What the tests share: clients of a recorder, and the emulator."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import polywrite
import pytest
from recorder import Recorder

ROOT = Path(__file__).resolve().parents[2]

# CI must run all tests: with CI=true a skip is a failure. A foreign server may lack things.
ALL_MUST_RUN = bool(os.environ.get("CI")) and not os.environ.get("POLYWRITE_LIVE")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fails a test that is skipped."""
    report = yield
    if ALL_MUST_RUN and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fails a module that is skipped as a whole."""
    report = yield
    if ALL_MUST_RUN and report.skipped:
        report.outcome = "failed"
    return report


@pytest.fixture
def server() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    recorder.close()


@pytest.fixture
def client(server: Recorder) -> polywrite.Client:
    return polywrite.Client(endpoint=server.endpoint, project="shop", key="secret-key")


@pytest.fixture
def async_client(server: Recorder) -> polywrite.AsyncClient:
    return polywrite.AsyncClient(endpoint=server.endpoint, project="shop", key="secret-key")


@dataclass(frozen=True)
class Emulator:
    endpoint: str
    project: str
    key: str

    @property
    def environment(self) -> dict[str, str]:
        variables = {
            "APPWRITE_ENDPOINT": self.endpoint,
            "APPWRITE_PROJECT_ID": self.project,
            "APPWRITE_API_KEY": self.key,
        }
        return {**os.environ, **variables}

    def client(self) -> polywrite.Client:
        return polywrite.Client(endpoint=self.endpoint, project=self.project, key=self.key)

    def async_client(self) -> polywrite.AsyncClient:
        return polywrite.AsyncClient(endpoint=self.endpoint, project=self.project, key=self.key)


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    yield from _emulator_like("newest")


@pytest.fixture(scope="session")
def older_emulator() -> Iterator[Emulator]:
    """One that accepts chunks as servers before 1.9.5 do."""
    yield from _emulator_like("1.8")


def _emulator_like(version: str) -> Iterator[Emulator]:
    if os.environ.get("POLYWRITE_LIVE"):
        # With ./dev test --live the tests call the server that the environment names.
        names = ("APPWRITE_ENDPOINT", "APPWRITE_PROJECT_ID", "APPWRITE_API_KEY")
        yield Emulator(*(os.environ[name] for name in names))
        return
    binary = ROOT / "target/debug/polywrite-emulator"
    if not binary.exists():
        pytest.skip("the emulator is not built: cargo build -p polywrite-emulator")
    process = subprocess.Popen(
        [binary, "--project", "demo", "--port", "0", "--json", "--like", version], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    yield Emulator(ready["endpoint"], ready["project"], ready["key"])
    process.terminate()
    process.wait()
    process.stdout.close()

"""What the tests share: clients of a recorder, and the emulator."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import polywrite
import pytest
from polywrite import testing
from recorder import Recorder

ROOT = Path(__file__).resolve().parents[2]

# pytest finds the plugin of a package that is installed.
pytest_plugins = ["polywrite.pytest_plugin"]
os.environ.setdefault("POLYWRITE_CLI", str(ROOT / "target/debug/polywrite"))

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
def emulator(request: pytest.FixtureRequest) -> Emulator:
    """A project that tests share; with ./dev test --live it is one of the server that the environment names."""
    if os.environ.get("POLYWRITE_LIVE"):
        names = ("APPWRITE_ENDPOINT", "APPWRITE_PROJECT_ID", "APPWRITE_API_KEY")
        return Emulator(*(os.environ[name] for name in names))
    return _project_of(request.getfixturevalue("appwrite_emulator"))


@pytest.fixture(scope="session")
def older_emulator(emulator: Emulator) -> Iterator[Emulator]:
    """One that accepts chunks as servers before 1.9.5 do."""
    if os.environ.get("POLYWRITE_LIVE"):
        yield emulator
        return
    with testing.emulator(like="1.8") as older:
        yield _project_of(older)


def _project_of(emulator: testing.Emulator) -> Emulator:
    project = emulator.project()
    return Emulator(project.endpoint, project.project_id, project.key)

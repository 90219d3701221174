"""Fixtures for pytest: `appwrite` is a project of a test's own on a local Appwrite, `async_appwrite` one for asyncio.

pytest loads this module by itself where the package is installed. `@pytest.mark.appwrite(seed=…, ids="counted", now=…)`
says how the project of a test, class or module is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .testing import AsyncProject, Emulator, Project, Seed

# What is imported for a fixture is imported when a test uses it.


def pytest_configure(config: pytest.Config) -> None:
    """Describes the marker."""
    config.addinivalue_line("markers", "appwrite(id, key, seed, ids, now): how the project of a test is made")


@pytest.fixture(scope="session")
def appwrite_emulator() -> Emulator:
    """The local Appwrite: the one that POLYWRITE_EMULATOR names, or one that starts now and ends with this process."""
    from .testing import shared

    return shared()


@pytest.fixture(scope="session")
def appwrite_seed() -> Seed | None:
    """What each project has from the start, unless its marker says otherwise. A fixture of this name replaces it."""
    return None


def _options(request: pytest.FixtureRequest, seed: Seed | None) -> dict[str, Any]:
    options: dict[str, Any] = {"seed": seed}
    for marker in reversed(list(request.node.iter_markers("appwrite"))):
        options.update(marker.kwargs)
    return options


@pytest.fixture
def appwrite(
    request: pytest.FixtureRequest, appwrite_emulator: Emulator, appwrite_seed: Seed | None
) -> Iterator[Project]:
    """A project of the test's own."""
    with appwrite_emulator.project(**_options(request, appwrite_seed)) as project:
        yield project


@pytest.fixture
def async_appwrite(
    request: pytest.FixtureRequest, appwrite_emulator: Emulator, appwrite_seed: Seed | None
) -> Iterator[AsyncProject]:
    """A project of the test's own whose methods are awaited. It needs no plugin for asyncio."""
    project = appwrite_emulator.async_project(**_options(request, appwrite_seed))
    yield project
    project.delete_now()

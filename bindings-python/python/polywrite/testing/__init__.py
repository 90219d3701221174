"""Tests against a local Appwrite: one emulator, and a project of its own for each test.

    from polywrite import testing

    with testing.emulator() as emulator, emulator.project(seed="seed.toml") as project:
        print(Users(project.client).list().total)

In pytest the fixture `appwrite` is such a project, `async_appwrite` one for asyncio, without an import. The package
`polywrite-cli` has the program that is the local Appwrite.
"""

from __future__ import annotations

from ._project import AsyncProject as AsyncProject
from ._project import Project as Project
from ._records import Delivery as Delivery
from ._records import Fault as Fault
from ._records import Ids as Ids
from ._records import Mail as Mail
from ._records import ReceivedRequest as ReceivedRequest
from ._records import Seed as Seed
from ._running import Emulator as Emulator
from ._running import emulator as emulator
from ._running import shared as shared

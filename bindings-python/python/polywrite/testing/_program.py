"""Where the program is that is the local Appwrite."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path

from ..exception import ConfigurationError


def program() -> str:
    """The path of `polywrite`: of the environment, of the package `polywrite-cli`, or among the commands."""
    if named := os.environ.get("POLYWRITE_CLI"):
        return named
    name = "polywrite.exe" if sys.platform == "win32" else "polywrite"
    for folder in (sysconfig.get_path("scripts"), str(Path(sys.executable).parent)):
        file = Path(folder, name)
        if file.is_file():
            return str(file)
    if found := shutil.which("polywrite"):
        return found
    raise ConfigurationError(
        "polywrite.testing: the program that is the local Appwrite is not installed; run: pip install polywrite-cli. "
        "POLYWRITE_CLI may name it, and POLYWRITE_EMULATOR the address of one that runs, such as http://127.0.0.1:8090"
    )

"""Does what README says of the first call, in a folder where the packages are installed, and measures it.

python3 -m tests.cli.newcomer LANGUAGE FOLDER STARTED: when the installation began, in seconds since 1970.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.guides.__main__ import programs

language, place, started = sys.argv[1:]
folder = Path(place)
COMMANDS = {
    "node": ("node_modules/.bin/polywrite-cli", "first.mjs", ["node", "--env-file=.env", "first.mjs"]),
    "python": ("bin/polywrite", "first.py", ["bin/python", "first.py"]),
}
tool, file, command = COMMANDS[language]
(folder / file).write_text(next(text for _, text in programs(language) if "is one of" in text))
emulator = subprocess.Popen([folder / tool, "emulator", "--port", "0"], stdout=subprocess.PIPE, text=True)
assert emulator.stdout
try:
    lines = [emulator.stdout.readline() for _ in range(3)]
    (folder / ".env").write_text("".join(lines))
    environment = {**os.environ, **dict(line.strip().split("=", 1) for line in lines)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
finally:
    emulator.send_signal(signal.SIGTERM)
    emulator.wait(timeout=10)
assert done.stdout == "ada is one of 1\n", done
print(f"    {language}: from the installation to the first call {time.time() - float(started):.1f} s")

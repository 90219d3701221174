"""Help for `./dev test --live`; APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY name the server.

usage: python3 -m tests.live lacks                          names what the server lacks, a kind a line
       python3 -m tests.live left NAME                      fails when something of the run of that name is still there
       python3 -m tests.live swept [--without PATH]… COMMAND…   runs a command through the broom, then sweeps
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from tests.live.broom import Broom
from tests.live.server import Server


def swept(arguments: list[str]) -> int:
    without = []
    while arguments[0] == "--without":
        without.append(arguments[1])
        arguments = arguments[2:]
    broom = Broom(without)
    threading.Thread(target=broom.serve_forever, daemon=True).start()
    # The broom speaks plain http on this machine, whatever the server speaks.
    environment = {name: value for name, value in os.environ.items() if name != "POLYWRITE_CA_FILE"}
    try:
        status = subprocess.run(arguments, env={**environment, "APPWRITE_ENDPOINT": broom.endpoint}).returncode
    finally:
        removed, kept = broom.sweep()
    print(f"  swept: {len(broom.made)} things were made, {len(removed)} of them removed just now")
    for path in kept:
        print(f"  could not be removed: {path}")
    return status or bool(kept)


def main(task: str, *arguments: str) -> int:
    match task:
        case "lacks":
            with Server() as server:
                for kind, reason in server.lacks().items():
                    print(f"{kind}: {reason}")
            return 0
        case "left":
            with Server() as server:
                left = server.left(arguments[0])
            for what in left:
                print(f"  left behind: {what}")
            return bool(left)
        case "swept":
            return swept(list(arguments))
    sys.exit(__doc__)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except OSError as error:
        sys.exit(f"{os.environ['APPWRITE_ENDPOINT']} cannot be reached: {error}")

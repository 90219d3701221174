"""Help for `./dev test --live`; APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY name the server.

usage: python3 -m tests.live lacks                                prints what the server lacks, a kind a line
       python3 -m tests.live left NAME                            fails when something of the run of that name is left
       python3 -m tests.live cleaned [--without PATH]… COMMAND…   runs a command through the proxy, then cleans up
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from tests.live.cleanup import CleanupProxy
from tests.live.server import Server


def cleaned(arguments: list[str]) -> int:
    without = []
    while arguments[0] == "--without":
        without.append(arguments[1])
        arguments = arguments[2:]
    proxy = CleanupProxy(without)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    # The proxy speaks plain HTTP on this machine, whatever the server speaks.
    environment = {name: value for name, value in os.environ.items() if name != "POLYWRITE_CA_FILE"}
    try:
        status = subprocess.run(arguments, env={**environment, "APPWRITE_ENDPOINT": proxy.endpoint}).returncode
    finally:
        removed, kept = proxy.clean()
    print(f"  cleaned: the tests made {len(proxy.made)} things; {len(removed)} were left and are removed now")
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
        case "cleaned":
            return cleaned(list(arguments))
    sys.exit(__doc__)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except OSError as error:
        sys.exit(f"{os.environ['APPWRITE_ENDPOINT']} cannot be reached: {error}")

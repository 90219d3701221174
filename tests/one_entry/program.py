"""python3 program.py PACKAGE: makes three calls with the setting and the option, and prints the kind and the query."""

from __future__ import annotations

import json
import sys
from typing import Any


def main(place: str, *_: str) -> None:
    """Makes the calls."""
    sys.path.insert(0, place)
    polywrite: Any = __import__("polywrite")
    errors: Any = __import__("polywrite.exception", fromlist=["TooEarlyError"])
    pets = polywrite.Pets(polywrite.Client(project="demo", tenant="acme"))
    pets.list()
    for tenant in ("other", ""):
        pets.list(tenant=tenant)
    kind = errors.TooEarlyError
    assert issubclass(kind, errors.ConflictError)
    print(json.dumps({"kind": kind.__name__, "query": polywrite.Query.is_nearly("age", 3)}))


if __name__ == "__main__":
    main(*sys.argv[1:])

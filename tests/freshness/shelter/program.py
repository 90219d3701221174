"""python3 program.py PACKAGE FOLDER: calls the shelter with the package that its document makes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def main(place: str, folder: str) -> None:
    """Makes the calls and prints their outcomes."""
    sys.path.insert(0, place)
    polywrite: Any = __import__("polywrite")
    enums: Any = __import__("polywrite.enums", fromlist=["PetKind"])
    client = polywrite.Client(project="demo")
    pets = polywrite.Pets(client)
    pet = pets.create("p1", "Rex", enums.PetKind.GOLDFISH, None, 3)
    pets.update_phone("p1", "+15550100", "secret")
    listed = pets.list(2)
    photos = polywrite.Photos(client)
    photo = photos.get_latest()
    streamed = sum(len(piece) for piece in photos.stream_latest())
    saved = Path(folder, "python.png")
    photos.stream_latest().save(str(saved))
    home = polywrite.Links(client).home()
    data = polywrite.InputFile.from_bytes(b"\1" * (2 * 1_048_576 + 5), "a.bin")
    file = polywrite.Files(client).create("f1", data)
    printed = {
        "kind": pet.kind, "weight": pet.weight, "total": listed.total, "shadow": listed.pets[0].shadow.radius,
        "home": home, "photo": len(photo), "streamed": streamed, "saved": saved.stat().st_size, "file": file.id,
    }  # fmt: skip
    print(json.dumps(printed))


if __name__ == "__main__":
    main(*sys.argv[1:])

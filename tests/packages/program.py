"""Calls the shelter with the package that its document makes, and Appwrite's own operations beside it."""

from __future__ import annotations

import asyncio
import json

import polywrite
from acme import AppwriteException, AsyncClient, AsyncPets, Client, Files, InputFile, Links, Pets, Photos
from acme.enums import PetKind
from acme.models import Pet


async def awaited() -> str:
    """The same service of an asynchronous client, made by either class."""
    client = AsyncClient(project="demo")
    pet = await AsyncPets(client).update_phone("p1", "+15550100", "secret")
    return pet.name


def main() -> None:
    """Makes the calls and prints their outcomes."""
    client = Client(project="demo")
    pets = Pets(client)
    pet: Pet = pets.create("p1", "Rex", PetKind.GOLDFISH, None, 3)
    pets.update_phone("p1", "+15550100", "secret")
    listed = pets.list(2)
    assert listed.pets[0].shadow is not None
    file = Files(client).create("f1", InputFile.from_bytes(b"abc", "a.bin"))
    try:
        pets.update_phone("p1", "+15550100", None)  # type: ignore[arg-type]
        refused = ""
    except AppwriteException as error:
        refused = f"{error.operation}: {error.message}"
    # Both packages are in one process, and each knows its own operations.
    try:
        polywrite.Users(polywrite.Client(endpoint=client.endpoint)).get("")
        appwrite = None
    except AppwriteException as error:
        appwrite = error.operation
    printed = {
        "kind": pet.kind, "total": listed.total, "shadow": listed.pets[0].shadow.radius,  # type: ignore[union-attr]
        "photo": len(Photos(client).get_latest()), "home": Links(client).home(), "file": file.id,
        "model": type(listed.pets[0]).__module__, "awaited": asyncio.run(awaited()),
        "refused": refused, "named": Client.from_env(project="demo").endpoint, "appwrite": appwrite,
    }  # fmt: skip
    print(json.dumps(printed))


if __name__ == "__main__":
    main()

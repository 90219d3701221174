"""Makes many calls at the same time, with asyncio.

Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY.
"""

from __future__ import annotations

import asyncio

from polywrite import ID, AsyncClient, AsyncUsers


async def main() -> None:
    async with AsyncClient.from_env() as client:
        users = AsyncUsers(client)
        made = await asyncio.gather(*(users.create(ID.unique(), name=name) for name in ("Ada", "Grace", "Mary")))
        print("created", ", ".join(sorted(user.name for user in made)))
        await asyncio.gather(*(users.delete(user.id) for user in made))


asyncio.run(main())

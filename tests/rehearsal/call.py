"""A program that a user would write: one call, to the server that the environment names."""

import asyncio
import platform

from polywrite import ID, AsyncClient, AsyncUsers, Client, Query, Users


async def later() -> int:
    """The same with asyncio."""
    return (await AsyncUsers(AsyncClient.from_env()).list(queries=[Query.equal("name", "Ada")])).total


made = Users(Client.from_env()).create(user_id=ID.unique(), name="Ada")
if made.name != "Ada" or asyncio.run(later()) < 1:
    raise SystemExit("the response is wrong")
print(f"called with Python {platform.python_version()}")

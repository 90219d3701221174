"""Our Python client of the chaos run: ours.py ENDPOINT CALLS AT_ONCE"""

from __future__ import annotations

import asyncio
import sys

from polywrite import AsyncClient, AsyncUsers
from report import Report


async def main(endpoint: str, calls: int, at_once: int) -> None:
    users = AsyncUsers(AsyncClient(endpoint=endpoint, project="p", key="k", timeout=5))
    numbers, report = iter(range(calls)), Report()

    async def work() -> None:
        for number in numbers:
            user, post = f"python{number}", number % 2 == 1
            try:
                found = await (users.create(user) if post else users.get(user))
            except Exception as error:
                report.failed(post, error)
            else:
                report.succeeded(post, user, found.id)

    await asyncio.gather(*(work() for _ in range(at_once)))
    report.print()


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))

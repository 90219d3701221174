"""aiohttp in the chaos run, for comparison: peer.py ENDPOINT CALLS AT_ONCE"""

from __future__ import annotations

import asyncio
import sys

import aiohttp
from report import Report


async def main(endpoint: str, calls: int, at_once: int) -> None:
    numbers, report = iter(range(calls)), Report()
    limit = aiohttp.ClientTimeout(total=20)

    async def work(session: aiohttp.ClientSession) -> None:
        for number in numbers:
            user, post = f"aiohttp{number}", number % 2 == 1
            try:
                if post:
                    request = session.post(f"{endpoint}/users", json={"userId": user})
                else:
                    request = session.get(f"{endpoint}/users/{user}")
                async with request as response:
                    response.raise_for_status()
                    found = await response.json()
            except Exception as error:
                report.failed(post, error)
            else:
                report.succeeded(post, user, found["$id"])

    async with aiohttp.ClientSession(timeout=limit) as session:
        await asyncio.gather(*(work(session) for _ in range(at_once)))
    report.print()


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))

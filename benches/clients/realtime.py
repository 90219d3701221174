"""10,000 events of realtime, whose rows the program reads: realtime.py ENDPOINT polywrite|websockets

`websockets` is what a program does without ours: a WebSocket of asyncio, and json.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from collections.abc import Awaitable, Callable
from typing import Any

endpoint, name = sys.argv[1:]
EVENTS = 10_000
seen = 0


def read(row: dict[str, Any]) -> None:
    global seen
    if row["title"] and row["price"] > 0:
        seen += 1


def channel(count: int) -> str:
    """The table's name says how many events come."""
    return f"tablesdb.bench.tables.{count}.rows"


def cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def measured(hear: Callable[[int], Awaitable[None]]) -> None:
    await hear(EVENTS // 5)
    start = cpu()
    await hear(EVENTS)
    used = cpu() - start
    assert seen == EVENTS + EVENTS // 5, seen
    print(json.dumps({"cpuSeconds": used, "cpuMicros": used / EVENTS * 1e6}), flush=True)
    os._exit(0)


async def polywrite() -> None:
    from polywrite import AsyncClient, AsyncRealtime, RealtimeEvent

    realtime = AsyncRealtime(AsyncClient(endpoint=endpoint, project="bench", session="secret"))

    async def hear(count: int) -> None:
        left = count
        async with realtime.subscribe(channel(count), buffer=count) as subscription:
            async for message in subscription:
                assert isinstance(message, RealtimeEvent), message
                read(message.payload.data)
                left -= 1
                if left == 0:
                    return

    await measured(hear)


async def websockets() -> None:
    from websockets.asyncio.client import connect

    url = f"{endpoint.replace('http', 'ws')}/realtime?project=bench"
    async with connect(url, additional_headers={"x-appwrite-session": "secret"}) as socket:

        async def hear(count: int) -> None:
            items = [{"subscriptionId": f"s{count}", "channels": [channel(count)]}]
            await socket.send(json.dumps({"type": "subscribe", "data": items}))
            left = count
            async for text in socket:
                message = json.loads(text)
                if message["type"] == "event":
                    read(message["data"]["payload"])
                    left -= 1
                    if left == 0:
                        return

        await measured(hear)


asyncio.run({"polywrite": polywrite, "websockets": websockets}[name]())

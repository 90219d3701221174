"""What benches/harness does not measure, for Python: own.py MODULE SCENARIO ENDPOINT [by-hand]

file        downloads 256 MiB to a file
parallel    downloads 128 MiB to a file over four connections of 32 MiB/s each; by hand over one
memory      120,000 calls; the memory after the first 20,000 and at the end
typed5000   5,000 rows, reading five attributes of each
asyncio64   calls of the asyncio client, 64 in flight
iterate     reads 100,000 rows; by hand with the same calls
bulk        creates 100,000 rows; by hand in batches of 100
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

module, scenario, endpoint = sys.argv[1:4]
by_hand = sys.argv[4:] == ["by-hand"]
USER = "67a1b2c3d4e5f6071829"
ROWS = 100_000


def part(path: str) -> Any:
    return importlib.import_module(f"{module}.{path}")


def client() -> Any:
    return part("client").Client().set_endpoint(endpoint).set_project("bench").set_key("secret")


def status(name: str) -> float:
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measured(calls: int, work: Callable[[], object]) -> dict[str, float]:
    start = cpu()
    work()
    used = cpu() - start
    return {"cpuSeconds": used, "cpuMicros": used / calls * 1e6}


def file() -> dict[str, float]:
    storage = part("services.storage").Storage(client())
    with tempfile.TemporaryDirectory() as folder:
        part("services.users").Users(client()).get(USER)
        before = status("VmRSS")
        result = measured(1, lambda: storage.stream_file_download("bench", "256").save(f"{folder}/file"))
    return {**result, "rssBeforeMiB": before}


def parallel() -> dict[str, float]:
    storage = part("services.storage").Storage(client())
    with tempfile.TemporaryDirectory() as folder:
        part("services.users").Users(client()).get(USER)
        start = time.monotonic()
        download = storage.stream_file_download("at32", "128")
        download.save(f"{folder}/file", parallel=1 if by_hand else 4)
        return {"seconds": time.monotonic() - start}


def memory() -> dict[str, float]:
    users = part("services.users").Users(client())

    def calls(count: int) -> None:
        for _ in range(count):
            users.get(USER)

    calls(20_000)
    before = status("VmRSS")
    result = measured(100_000, lambda: calls(100_000))
    return {**result, "rssBeforeMiB": before, "rssAfterMiB": status("VmRSS")}


def typed5000() -> dict[str, float]:
    tables = part("services.tables_db").TablesDB(client())

    def read() -> int:
        seen = 0
        for row in tables.list_rows("bench", "rows5000").rows:
            seen += len(row.id) + len(row.createdat) + len(row.permissions)
            seen += len(row.data["title"]) + int(row.data["price"])
        return seen

    calls = 8
    read()
    read()
    return measured(calls, lambda: [read() for _ in range(calls)])


def asyncio64() -> dict[str, float]:
    polywrite = importlib.import_module(module)
    users = polywrite.AsyncUsers(polywrite.AsyncClient(endpoint=endpoint, project="bench", key="secret"))

    async def pump(calls: int) -> None:
        left = iter(range(calls))

        async def worker() -> None:
            for _ in left:
                await users.get(USER)

        await asyncio.gather(*(worker() for _ in range(64)))

    loop = asyncio.new_event_loop()
    loop.run_until_complete(pump(200))
    calls = 1500
    return measured(calls, lambda: loop.run_until_complete(pump(calls)))


def iterate() -> dict[str, float]:
    tables = part("services.tables_db").TablesDB(client())
    query = part("query").Query

    def pages(table: str) -> Iterator[Any]:
        """What a program does without `iterate_rows`."""
        queries = [query.limit(100)]
        while rows := tables.list_rows("bench", table, queries).rows:
            yield from rows
            queries = [query.limit(100), query.cursor_after(rows[-1].id)]

    def read(count: int) -> None:
        table = f"all{count}"
        rows = pages(table) if by_hand else tables.iterate_rows("bench", table)
        assert sum(1 for _ in rows) == count

    read(5_000)
    before = status("VmRSS")
    return {**measured(1, lambda: read(ROWS)), "rssBeforeMiB": before}


def bulk() -> dict[str, float]:
    tables = part("services.tables_db").TablesDB(client())

    def rows(count: int) -> Iterator[dict[str, Any]]:
        for number in range(count):
            given = {"price": 12.5, "quantity": 7, "active": True, "tags": ["a", "b"]}
            yield {"$id": f"row{number}", "title": f"A new row {number}", **given}

    def write(count: int) -> None:
        if not by_hand:
            assert tables.bulk_create_rows("bench", "rows", rows(count)).written == count
            return
        source = rows(count)
        while batch := list(islice(source, 100)):
            assert len(tables.create_rows("bench", "rows", batch).rows) == len(batch)

    write(5_000)
    before = status("VmRSS")
    return {**measured(1, lambda: write(ROWS)), "rssBeforeMiB": before}


def hooks() -> dict[str, float]:
    """Calls one after the other, of a client with hooks that do nothing; by hand without hooks."""
    made = client()
    if not by_hand:
        made.set_hooks(before_attempt=_hook, after_attempt=_hook, before_retry=_hook)
    users = part("services.users").Users(made)

    def work(count: int) -> None:
        for _ in range(count):
            users.get(USER)

    work(1_000)
    return measured(10_000, lambda: work(10_000))


def _hook(event: Any) -> None:
    pass


result = {
    "file": file,
    "parallel": parallel,
    "memory": memory,
    "typed5000": typed5000,
    "asyncio64": asyncio64,
    "iterate": iterate,
    "bulk": bulk,
    "hooks": hooks,
}[scenario]()
print(json.dumps({**result, "rssPeakMiB": status("VmHWM")}), flush=True)
os._exit(0)

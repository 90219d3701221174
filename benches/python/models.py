"""The cost of 5,000 rows as different kinds of models: `python benches/python/models.py`, with polywrite (a release
build), msgspec and pydantic installed. Prints the CPU ms of decoding a body of 2 MB and of reading four attributes and
one column of every row, without the network, as the least and the median of 15 turns.

Why models are thin views of what jiter decodes (Python 3.11, two shared cores, min / median):

    polywrite                                     18 / 23
    jiter's dicts, read by their keys             14 / 15
    msgspec's dicts under our models              18 / 22
    msgspec structs, the user data lost            5 / 6
    msgspec structs and a second pass for data    25 / 30
    pydantic models                               31 / 36

A struct keeps the columns that it declares and no others, so rows, whose columns are the user's, need a second pass
over the body; msgspec's dicts cost what jiter's do, and every program would carry the dependency. Where the columns are
known, a struct is a quick `model_type`.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import pydantic
from polywrite import Client, TablesDB, models

ROWS = 5000
TURNS = 15


def body() -> bytes:
    """A page of rows as Appwrite sends it."""
    rows = [
        {
            "$id": f"row{number:017}",
            "$sequence": str(number),
            "$tableId": "books",
            "$databaseId": "library",
            "$createdAt": "2026-01-02T03:04:05.678+00:00",
            "$updatedAt": "2026-01-02T03:04:05.678+00:00",
            "$permissions": ['read("any")', f'update("user:u{number % 50}")'],
            "title": f"Book number {number}",
            "about": f"A plain text of some eighty characters that says what the book number {number} is about.",
            "price": number / 4,
            "copies": number,
            "tags": ["new", "sale", f"t{number % 9}"],
            "sold": False,
            "author": None,
        }
        for number in range(ROWS)
    ]
    return json.dumps({"total": ROWS, "rows": rows}).encode()


class StructRow(msgspec.Struct):
    id: str = msgspec.field(name="$id")
    createdat: str = msgspec.field(name="$createdAt")
    updatedat: str = msgspec.field(name="$updatedAt")
    tableid: str = msgspec.field(name="$tableId")
    permissions: list[str] = msgspec.field(name="$permissions")
    title: str | None = None


class StructList(msgspec.Struct):
    total: int
    rows: list[StructRow]


class PydanticRow(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow")
    id: str = pydantic.Field(alias="$id")
    createdat: str = pydantic.Field(alias="$createdAt")
    updatedat: str = pydantic.Field(alias="$updatedAt")
    tableid: str = pydantic.Field(alias="$tableId")
    permissions: list[str] = pydantic.Field(alias="$permissions")


class PydanticList(pydantic.BaseModel):
    total: int
    rows: list[PydanticRow]


def read(rows: Iterable[Any], title: Callable[[Any], str]) -> int:
    return sum(
        len(row.id) + len(row.createdat) + len(row.updatedat) + len(row.tableid) + len(title(row)) for row in rows
    )


def split(decoded: dict[str, Any]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key[0] != "$"} for row in decoded["rows"]]


def cases(text: bytes, port: int) -> dict[str, Callable[[], Any]]:
    tables = TablesDB(Client(endpoint=f"http://127.0.0.1:{port}/v1", project="bench"))
    decode, structs = msgspec.json.Decoder(), msgspec.json.Decoder(StructList)

    def jiter() -> int:
        rows = tables.list_rows("library", "books")._raw["rows"]
        return sum(
            len(row["$id"]) + len(row["$createdAt"]) + len(row["$updatedAt"]) + len(row["$tableId"]) + len(row["title"])
            for row in rows
        )

    def structs_twice() -> int:
        rows = structs.decode(text).rows
        columns = split(decode.decode(text))
        return read(rows, lambda row: "") + sum(len(each["title"]) for each in columns)

    column = lambda row: row.data["title"]  # noqa: E731
    return {
        "polywrite": lambda: read(tables.list_rows("library", "books").rows, column),
        "jiter's dicts, read by their keys": jiter,
        "msgspec's dicts under our models": lambda: read(models.RowList._of(decode.decode(text)).rows, column),
        "msgspec structs, the user data lost": lambda: read(structs.decode(text).rows, lambda row: row.title),
        "msgspec structs and a second pass for data": structs_twice,
        "pydantic models": lambda: read(PydanticList.model_validate_json(text).rows, lambda row: row.title),
    }


SERVER = """
import http.server, sys
text = sys.stdin.buffer.read()
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "application/octet-stream" if "raw" in self.path else "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
    def log_message(self, *about): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
"""


def main() -> None:
    text = body()
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None and server.stdout is not None
    try:
        server.stdin.write(text)
        server.stdin.close()
        port = int(server.stdout.readline())
        client = Client(endpoint=f"http://127.0.0.1:{port}/v1", project="bench")
        wire = measured(lambda: client.call("get", "/raw"))
        runs = {name: measured(case) for name, case in cases(text, port).items()}
        for name, times in runs.items():
            # Only our client's case crosses the wire.
            over = wire if name.startswith(("polywrite", "jiter")) else [0.0]
            least, median = (
                min(times) - min(over),
                statistics.median(times) - statistics.median(over),
            )
            print(f"{name:44} {least:3.0f} / {median:.0f}")
    finally:
        server.kill()
        server.wait()


def measured(case: Callable[[], Any]) -> list[float]:
    times = []
    for _ in range(TURNS):
        started = time.process_time()
        case()
        times.append((time.process_time() - started) * 1000)
    return times


if __name__ == "__main__":
    main()

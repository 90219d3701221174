"""Parts of files, and what crosses the wire for them."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Any

import pytest
from polywrite import ArgumentError, AsyncClient, AsyncStorage, Client, Storage, Users
from recorder import Recorder, Request, Response

CONTENT = bytes((place * 31 ^ place >> 8) & 0xFF for place in range(100_000))


def part_of(content: bytes, request: Request) -> Response:
    """The response to a request for a file, with Appwrite's rules: a part of one byte is refused, and so is what goes
    beyond the end of the file."""
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
    if found is None:
        return Response(content)
    first, end = int(found[1]), int(found[2]) + 1 if found[2] else len(content)
    if first + 1 >= end or end > len(content):
        body = {"message": "The requested range is not satisfiable.", "type": "storage_invalid_range"}
        return Response(body, 416)
    return Response(content[first:end], 206, {"content-range": f"bytes {first}-{end - 1}/{len(content)}"})


@pytest.fixture
def files(server: Recorder) -> Recorder:
    server.respond = lambda request: part_of(CONTENT, request)
    return server


def ranges(server: Recorder) -> list[str | None]:
    return [request.headers.get("range") for request in server.requests]


def test_a_part_comes_into_memory_as_a_stream_and_into_a_file(client: Client, files: Recorder, tmp_path: Path) -> None:
    storage, part = Storage(client), CONTENT[500:1500]
    assert storage.get_file_download("films", "f", range="500-1499") == part
    download = storage.stream_file_download("films", "f", range="500-1499")
    assert b"".join(download) == part
    assert download.size == 1000
    seen: list[dict[str, Any]] = []
    saved = storage.stream_file_download("films", "f", range="500-1499").save(tmp_path / "part", seen.append)
    assert saved == 1000
    assert (tmp_path / "part").read_bytes() == part
    assert seen[-1] == {"progress": 100.0, "sizeDownloaded": 1000, "sizeTotal": 1000}
    assert ranges(files) == ["bytes=500-1499"] * 3


def test_a_part_is_awaited(async_client: AsyncClient, files: Recorder, tmp_path: Path) -> None:
    async def main() -> None:
        storage, part = AsyncStorage(async_client), CONTENT[500:1500]
        assert await storage.get_file_download("films", "f", range="500-1499") == part
        pieces = [piece async for piece in storage.stream_file_download("films", "f", range="500-1499")]
        assert b"".join(pieces) == part
        saved = await storage.stream_file_download("films", "f", range="500-1499").save(tmp_path / "part")
        assert saved == 1000
        assert (tmp_path / "part").read_bytes() == part

    asyncio.run(main())
    assert ranges(files) == ["bytes=500-1499"] * 3


def test_a_part_may_go_to_the_end_of_the_file_and_beyond(client: Client, files: Recorder) -> None:
    storage = Storage(client)
    assert storage.get_file_download("films", "f", range="99000-") == CONTENT[99_000:]
    assert storage.get_file_download("films", "f", range="99000-199999") == CONTENT[99_000:]
    # Appwrite refuses the second one.
    assert ranges(files) == ["bytes=99000-", "bytes=99000-199999", "bytes=99000-"]


def test_a_part_behind_the_end_says_what_to_do(client: Client, files: Recorder) -> None:
    with pytest.raises(ArgumentError) as caught:
        Storage(client).get_file_download("films", "f", range="100000-")
    assert (caught.value.code, caught.value.hint) == (416, "begin `range` before the end of the file")


@pytest.mark.parametrize("wrong", ["", "-500", "9-5", "5", "1-2,4-5", 5, (0, 5)])
def test_what_cannot_be_a_part_fails_before_anything_is_sent(
    client: Client, files: Recorder, tmp_path: Path, wrong: Any
) -> None:
    with pytest.raises(ArgumentError, match="`range` must be a first and a last byte"):
        Storage(client).stream_file_download("films", "f", range=wrong).save(tmp_path / "none")
    assert (files.requests, os.listdir(tmp_path)) == ([], [])


def test_only_calls_that_return_a_file_have_parts(client: Client, files: Recorder) -> None:
    with pytest.raises(ArgumentError, match="is for calls that return a file"):
        Users(client).get("u", range="0-9")  # type: ignore[call-arg]
    assert files.requests == []


def test_a_range_in_a_header_is_answered_as_it_comes(client: Client, files: Recorder) -> None:
    part = Storage(client).get_file_download("films", "f", headers={"Range": "bytes=5-9"})
    assert part == CONTENT[5:10]
    assert ranges(files) == ["bytes=5-9"]
    assert files.last.headers["accept-encoding"] == "identity"

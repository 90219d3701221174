"""Downloads into a file over several connections, and what crosses the wire for them."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from polywrite import ArgumentError, AsyncClient, AsyncStorage, Client, NotFoundError, Storage
from recorder import Recorder, Request, Response
from test_ranges import part_of

PART = 10 * 1024 * 1024


@pytest.fixture(scope="module")
def content() -> bytes:
    return os.urandom(2 * PART + 17)


@pytest.fixture
def files(server: Recorder, content: bytes) -> Recorder:
    """Sends the file, of which the first response stops in its middle until the other parts were asked for."""
    others = threading.Event()

    def respond(request: Request) -> Response:
        response = part_of(content, request)
        if request.headers["range"] == "bytes=0-":
            response.hold = (PART // 2, others)
        if len(server.requests) == 3:
            others.set()
        return response

    server.respond = respond
    return server


def parts(server: Recorder) -> list[str | None]:
    first, *others = [request.headers.get("range") for request in server.requests]
    assert first == "bytes=0-", "its response says how large the file is"
    return sorted(others, key=str)


def test_parts_come_over_several_connections_with_one_progress(
    client: Client, files: Recorder, content: bytes, tmp_path: Path
) -> None:
    seen: list[dict[str, Any]] = []
    saved = Storage(client).stream_file_download("b", "f").save(tmp_path / "film", seen.append, parallel=3)
    assert saved == len(content)
    assert (tmp_path / "film").read_bytes() == content
    assert parts(files) == [f"bytes={PART}-{2 * PART - 1}", f"bytes={2 * PART}-{2 * PART + 16}"]
    assert seen[-1] == {"progress": 100.0, "sizeDownloaded": len(content), "sizeTotal": len(content)}


def test_they_are_awaited(async_client: AsyncClient, files: Recorder, content: bytes, tmp_path: Path) -> None:
    async def main() -> int:
        return await AsyncStorage(async_client).stream_file_download("b", "f").save(tmp_path / "film", parallel=2)

    assert asyncio.run(main()) == len(content)
    assert (tmp_path / "film").read_bytes() == content
    assert len(parts(files)) == 2


def test_a_part_that_fails_ends_the_download_and_leaves_nothing(
    client: Client, files: Recorder, tmp_path: Path
) -> None:
    respond = files.respond

    def failing(request: Request) -> Response:
        gone = {"message": "gone", "type": "storage_file_not_found"}
        is_second = request.headers.get("range", "").startswith(f"bytes={PART}-")
        return Response(gone, 404) if is_second else respond(request)

    files.respond = failing
    with pytest.raises(NotFoundError):
        Storage(client).stream_file_download("b", "f").save(tmp_path / "film", parallel=2)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("wrong", [0, -1, 1.5, "two", True])
def test_a_number_of_connections_that_cannot_be(client: Client, server: Recorder, tmp_path: Path, wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="`parallel` must be a whole number, more than 0"):
        Storage(client).stream_file_download("b", "f").save(tmp_path / "film", parallel=wrong)
    assert (server.requests, os.listdir(tmp_path)) == ([], [])

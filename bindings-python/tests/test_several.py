"""Several files by one command, and what crosses the wire for them."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from polywrite import (
    ArgumentError,
    AsyncClient,
    AsyncTransfers,
    Client,
    FileDownload,
    FileUpload,
    InputFile,
    NotFoundError,
    Transfers,
    TransfersProgress,
)
from recorder import Recorder, Request, Response

IDS = ["one", "no", "three", "four", "fifth"]


def served(request: Request) -> Response:
    """The content of a file is its ID; one of them is not there."""
    name = request.path.split("/")[5]
    if name == "no":
        return Response({"message": "gone", "type": "storage_file_not_found"}, 404)
    return Response(name.encode(), headers={"content-type": "text/plain"})


def sent(request: Request) -> Response:
    found = re.search(rb'name="fileId"\r\n\r\n(\w+)', request.body)
    assert found is not None
    return Response({"$id": found[1].decode()}, 201)


def test_files_are_fetched_each_with_its_own_result(client: Client, server: Recorder, tmp_path: Path) -> None:
    server.respond = served
    seen: list[TransfersProgress] = []
    files = [FileDownload("films", name, tmp_path / name) for name in IDS]
    results = Transfers(client).download_files(files, on_progress=seen.append)
    assert [result.value for result in results] == [3, None, 5, 4, 5]
    assert isinstance(results[1].error, NotFoundError)
    assert sorted(os.listdir(tmp_path)) == ["fifth", "four", "one", "three"]
    assert (tmp_path / "three").read_text() == "three"
    assert seen[-1] == TransfersProgress(files_done=5, files_failed=1, files_total=5, size_done=17, size_total=17)
    assert sorted(request.path for request in server.requests) == sorted(
        f"/storage/buckets/films/files/{name}/download" for name in IDS
    )


def test_they_are_awaited(async_client: AsyncClient, server: Recorder, tmp_path: Path) -> None:
    server.respond = served
    files = [FileDownload("films", name, tmp_path / name) for name in IDS]
    results = asyncio.run(AsyncTransfers(async_client).download_files(files, concurrency=2))
    assert [result.value for result in results] == [3, None, 5, 4, 5]
    path = tmp_path / "note.txt"
    path.write_text("content")
    server.respond = sent
    uploads = [FileUpload("films", name, InputFile.from_path(path)) for name in "ab"]
    uploaded = asyncio.run(AsyncTransfers(async_client).upload_files(uploads))
    assert [result.value and result.value.id for result in uploaded] == ["a", "b"]


def test_files_are_sent_with_what_belongs_to_each(client: Client, server: Recorder, tmp_path: Path) -> None:
    server.respond = sent
    path = tmp_path / "note.txt"
    path.write_text("content")
    files = [
        FileUpload("films", name, InputFile.from_path(path, f"{name}.txt"), permissions=['read("any")'])
        for name in "ab"
    ]
    results = Transfers(client).upload_files(files, concurrency=1, headers={"x-trace": "7"})
    assert [result.value and result.value.id for result in results] == ["a", "b"]
    for name, request in zip("ab", server.requests, strict=True):
        assert f'filename="{name}.txt"'.encode() in request.body
        assert b"content" in request.body
        assert b'read("any")' in request.body
        assert request.headers["x-trace"] == "7"


def test_a_file_that_is_not_there_is_its_own_error(client: Client, server: Recorder, tmp_path: Path) -> None:
    server.respond = sent
    (tmp_path / "note.txt").write_text("content")
    files = [FileUpload("films", "f", InputFile.from_path(tmp_path / name)) for name in ("nothing", "note.txt")]
    results = Transfers(client).upload_files(files)
    assert isinstance(results[0].error, ArgumentError)
    assert "nothing" in results[0].error.message
    assert results[1].value is not None
    assert len(server.requests) == 1


def test_a_task_that_is_cancelled_ends_all(async_client: AsyncClient, server: Recorder, tmp_path: Path) -> None:
    silence = threading.Event()
    server.respond = lambda request: Response(wait=silence)

    async def main() -> None:
        files = [FileDownload("films", f"x{number}", tmp_path / f"x{number}") for number in range(9)]
        task = asyncio.ensure_future(AsyncTransfers(async_client).download_files(files))
        for _ in range(4):
            await asyncio.to_thread(server.arrived.acquire)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    for _ in range(4):
        server.gone.acquire()
    silence.set()
    assert len(server.requests) == 4


@pytest.mark.parametrize("wrong", [0, -1, 1.5, "two", True])
def test_a_number_of_files_that_cannot_be(client: Client, server: Recorder, wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="`concurrency` must be a whole number, more than 0"):
        Transfers(client).download_files([], concurrency=wrong)


def test_what_is_not_on_disk_is_refused(client: Client, server: Recorder) -> None:
    file: Any = InputFile.from_bytes(b"text", "a.txt")
    with pytest.raises(TypeError, match="from_path"):
        Transfers(client).upload_files([FileUpload("films", "f", file)])
    assert Transfers(client).download_files([]) == []
    assert server.requests == []

"""Uploads and downloads, against the emulator and a server that checks every byte."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Emulator
from polywrite import (
    ID,
    ArgumentError,
    AsyncClient,
    AsyncStorage,
    Client,
    FileError,
    InputFile,
    NotFoundError,
    Storage,
    UploadSession,
)
from recorder import Recorder, Request, Response

CHUNK = 5 * 1024 * 1024
LARGE = 2 * CHUNK + 12_345


@pytest.fixture(scope="module", params=["emulator", "older_emulator"])
def bucket(request: pytest.FixtureRequest) -> Iterator[tuple[Storage, str]]:
    emulator: Emulator = request.getfixturevalue(request.param)
    storage = Storage(emulator.client())
    yield storage, storage.create_bucket(ID.unique(), "Files").id


@pytest.fixture(scope="module")
def content() -> bytes:
    return os.urandom(LARGE)


class Pipe(io.RawIOBase):
    """A file object of unknown size."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._content.read(min(size, 100_000))


@pytest.mark.parametrize("source", ["path", "bytes", "file", "pipe"])
def test_an_upload_comes_back_unchanged(
    bucket: tuple[Storage, str], content: bytes, tmp_path: Path, source: str
) -> None:
    storage, bucket_id = bucket
    path = tmp_path / "data.bin"
    path.write_bytes(content)
    progress: list[dict[str, Any]] = []
    threads: set[int] = set()

    def report(record: dict[str, Any]) -> None:
        progress.append(record)
        threads.add(threading.get_ident())

    with path.open("rb") as opened:
        sources = {
            "path": lambda: InputFile.from_path(path),
            "bytes": lambda: InputFile.from_bytes(content, "data.bin"),
            "file": lambda: InputFile.from_file(opened),
            "pipe": lambda: InputFile.from_file(Pipe(content), "data.bin"),  # type: ignore[arg-type]
        }
        file = storage.create_file(bucket_id, ID.unique(), sources[source](), on_progress=report)
    assert (file.size_original, file.chunks_total, file.name) == (LARGE, 3, "data.bin")
    assert progress[-1]["$id"] == file.id
    assert progress[-1]["progress"] == 100.0
    assert progress[-1]["sizeUploaded"] == LARGE
    assert progress[-1]["chunksTotal"] == progress[-1]["chunksUploaded"] == 3
    assert threads == {threading.get_ident()}
    assert storage.get_file_download(bucket_id, file.id) == content


def test_a_file_is_read_from_its_position(bucket: tuple[Storage, str]) -> None:
    storage, bucket_id = bucket
    opened = io.BytesIO(b"0123456789")
    opened.seek(4)
    file = storage.create_file(bucket_id, ID.unique(), InputFile.from_file(opened, "rest.txt"))
    assert storage.get_file_view(bucket_id, file.id) == b"456789"


def test_downloads(bucket: tuple[Storage, str], content: bytes, tmp_path: Path) -> None:
    storage, bucket_id = bucket
    file = storage.create_file(bucket_id, ID.unique(), InputFile.from_bytes(content, "data.bin"))
    expected = hashlib.sha256(content).hexdigest()
    with storage.stream_file_download(bucket_id, file.id) as download:
        assert download.size == LARGE
        found = hashlib.sha256()
        for piece in download:
            found.update(piece)
    assert found.hexdigest() == expected
    seen: list[dict[str, Any]] = []
    target = tmp_path / "copy.bin"
    assert storage.stream_file_download(bucket_id, file.id).save(target, seen.append) == LARGE
    assert hashlib.sha256(target.read_bytes()).hexdigest() == expected
    assert seen[-1] == {"progress": 100.0, "sizeDownloaded": LARGE, "sizeTotal": LARGE}
    assert os.listdir(tmp_path) == ["copy.bin"]
    with pytest.raises(NotFoundError):
        storage.stream_file_download(bucket_id, "nothing").save(tmp_path / "nothing")
    assert os.listdir(tmp_path) == ["copy.bin"]


def test_a_failing_callback_ends_the_upload(client: Client, server: Recorder) -> None:
    server.says({"$id": "f", "chunksTotal": 3, "chunksUploaded": 1})

    def report(record: dict[str, Any]) -> None:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        Storage(client).create_file("b", "f", InputFile.from_bytes(bytes(LARGE), "f"), on_progress=report)


def test_a_callback_may_make_calls(client: Client, server: Recorder) -> None:
    server.says({"$id": "f", "chunksTotal": 1, "chunksUploaded": 1})
    seen: list[str] = []

    def report(record: dict[str, Any]) -> None:
        seen.append(Storage(client).get_file("b", record["$id"]).id)

    Storage(client).create_file("b", "f", InputFile.from_bytes(b"x", "f"), on_progress=report)
    assert seen == ["f"]


def test_a_second_upload_sends_only_what_is_missing(server: Recorder) -> None:
    client = Client(endpoint=server.endpoint, project="p", key="k", retries=0)
    file = InputFile.from_bytes(bytes(LARGE), "f")
    accepted: set[str] = set()
    acknowledged = threading.Event()
    broken = True

    def respond(request: Request) -> Response:
        part = request.headers["content-range"]
        if broken and not part.startswith("bytes 0-"):
            # Only once the client has the response to the first chunk.
            return Response({"message": "Later.", "type": "general_unknown", "code": 500}, 500, wait=acknowledged)
        accepted.add(part)
        whole = len(accepted) == 3
        return Response({"$id": "f", "chunksTotal": 3, "chunksUploaded": len(accepted), "signature": "s" * whole})

    server.respond = respond
    with pytest.raises(Exception, match="Later"):
        Storage(client).create_file("b", "f", file, on_progress=lambda record: acknowledged.set())
    done = len(server.requests)
    broken = False
    Storage(client).create_file("b", "f", file)
    again = [request.headers["content-range"] for request in server.requests[done:]]
    assert not any(part.startswith("bytes 0-") for part in again)
    assert len(accepted) == 3


def test_an_upload_goes_on_in_another_process(server: Recorder) -> None:
    # Two chunks: of more, some would be under way when one is refused.
    size = CHUNK + 17
    taken: set[str] = set()
    broken = True

    def respond(request: Request) -> Response:
        part = request.headers["content-range"]
        if broken and not part.startswith("bytes 0-"):
            return Response({"message": "no", "type": "general_argument_invalid", "code": 400}, 400)
        taken.add(part)
        signature = "s" * (len(taken) == 2)
        chunks = {"chunksTotal": 2, "chunksUploaded": len(taken)}
        return Response({"$id": request.headers["x-appwrite-id"], "signature": signature} | chunks)

    server.respond = respond
    file = InputFile.from_bytes(bytes(size), "f")
    file.session = UploadSession()
    with pytest.raises(ArgumentError, match="no"):
        Storage(Client(endpoint=server.endpoint, project="p", key="k", retries=0)).create_file("b", "unique()", file)
    assert file.session.chunks_acknowledged == 1
    assert pickle.loads(pickle.dumps(file.session)).to_json() == file.session.to_json()
    done = len(server.requests)
    broken = False
    program = """
import sys
from polywrite import Client, InputFile, Storage, UploadSession
endpoint, session, size = sys.argv[1:]
file = InputFile.from_bytes(bytes(int(size)), "f")
file.session = UploadSession.from_json(session)
print(Storage(Client(endpoint=endpoint, project="p", key="k")).create_file("b", "unique()", file).id)
"""
    given = [server.endpoint, file.session.to_json(), str(size)]
    run = subprocess.run([sys.executable, "-c", program, *given], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == file.session.id
    again = [request.headers["content-range"] for request in server.requests[done:]]
    assert again == [f"bytes {CHUNK}-{size - 1}/{size}"]
    for wrong in ("", "{}", "[]"):
        with pytest.raises(ArgumentError, match="not an upload session"):
            UploadSession.from_json(wrong)


def test_bad_files(client: Client, server: Recorder, tmp_path: Path) -> None:
    storage: Any = Storage(client)
    with pytest.raises(ArgumentError, match=r"missing\.txt"):
        storage.create_file("b", "f", InputFile.from_path(tmp_path / "missing.txt"))
    with pytest.raises(ArgumentError):
        storage.create_file("b", "f", InputFile.from_path(tmp_path, "folder"))
    with pytest.raises(TypeError, match=r"InputFile\.from_path"):
        storage.create_file("b", "f", "path.txt")
    with pytest.raises(TypeError):
        InputFile.from_bytes("text", "f")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="name"):
        InputFile.from_file(io.BytesIO())

    class Broken:
        def read(self, size: int) -> bytes:
            raise OSError("no disk")

    with pytest.raises(FileError, match="no disk"):
        storage.create_file("b", "f", InputFile.from_file(Broken(), "f"))  # type: ignore[arg-type]
    assert not server.requests


def test_json_files_stay_bytes(client: Client, server: Recorder) -> None:
    server.says(b'{"a": 1}')
    assert Storage(client).get_file_download("b", "f") == b'{"a": 1}'


def test_wrong_files_are_errors_at_once(client: Client, server: Recorder, tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("x")
    with open(path) as text, pytest.raises(TypeError, match="opened as text: open it with mode 'rb'"):
        InputFile.from_file(text)  # type: ignore[arg-type]
    with open(path, "rb") as closed:
        pass
    with pytest.raises(ValueError, match="the file object is closed"):
        InputFile.from_file(closed)
    file = InputFile.from_bytes(b"x", "x")
    with pytest.raises(TypeError, match="on_progress must be callable, not int"):
        Storage(client).create_file("b", "f", file, on_progress=5)  # type: ignore[arg-type]
    assert not server.requests


def test_what_is_known_of_a_download_stays_known(client: Client, async_client: AsyncClient, server: Recorder) -> None:
    server.says(b"x" * 1000, content_type="image/png")
    with Storage(client).stream_file_download("b", "f") as download:
        pass
    assert (download.size, download.content_type) == (1000, "image/png")
    download = Storage(client).stream_file_download("b", "f")
    assert sum(len(piece) for piece in download) == download.size == 1000

    async def main() -> None:
        download = AsyncStorage(async_client).stream_file_download("b", "f")
        assert sum([len(piece) async for piece in download]) == download.size == 1000
        assert download.content_type == "image/png"

    asyncio.run(main())
    assert len(server.requests) == 3


def test_paths_may_be_bytes(client: Client, server: Recorder, tmp_path: Path) -> None:
    server.says(b"content", content_type="text/plain")
    path = tmp_path / "note.txt"
    assert Storage(client).stream_file_download("b", "f").save(os.fsencode(path)) == 7
    server.says({"$id": "f", "chunksTotal": 1, "chunksUploaded": 1})
    Storage(client).create_file("b", "f", InputFile.from_path(os.fsencode(path)))
    assert b'filename="note.txt"' in server.last.body
    assert b"content" in server.last.body


def test_a_file_positioned_after_its_end_is_empty(client: Client, server: Recorder) -> None:
    server.says({"$id": "f", "chunksTotal": 1, "chunksUploaded": 1})
    file = io.BytesIO(b"content")
    file.seek(10)
    Storage(client).create_file("b", "f", InputFile.from_file(file, "note.txt"))
    assert b"content" not in server.last.body.partition(b'filename="note.txt"')[2]


def test_names_of_files_are_text() -> None:
    with pytest.raises(TypeError, match="filename must be text, not int"):
        InputFile.from_bytes(b"x", 5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="mime_type must be text, not int"):
        InputFile.from_bytes(b"x", "x", 5)  # type: ignore[arg-type]


def test_another_server_gets_the_whole_file(server: Recorder) -> None:
    file = InputFile.from_bytes(bytes(LARGE), "f")
    acknowledged = threading.Event()

    def fails(request: Request) -> Response:
        if request.headers["content-range"].startswith("bytes 0-"):
            return Response({"$id": "f", "chunksTotal": 3, "chunksUploaded": 1})
        return Response({"message": "Later.", "type": "general_unknown", "code": 500}, 500, wait=acknowledged)

    server.respond = fails
    first = Client(endpoint=server.endpoint, project="p", key="k", retries=0)
    with pytest.raises(Exception, match="Later"):
        Storage(first).create_file("b", "f", file, on_progress=lambda record: acknowledged.set())
    done = len(server.requests)
    server.says({"$id": "f", "chunksTotal": 3, "chunksUploaded": 3, "signature": "s"})
    Storage(Client(endpoint=server.endpoint, project="other", key="k")).create_file("b", "f", file)
    parts = [request.headers["content-range"] for request in server.requests[done:] if request.method == "POST"]
    assert any(part.startswith("bytes 0-") for part in parts)

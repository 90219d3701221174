"""The limits of a call: bytes that are read into memory, and the time for all of it."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from pathlib import Path

import pytest
from polywrite import AsyncClient, AsyncUsers, Client, DecodeError, RequestTimeoutError, Storage, Users
from recorder import Recorder, Response

LIMIT = 100_000


@pytest.fixture
def limited(server: Recorder) -> Client:
    return Client(endpoint=server.endpoint, project="p", max_response_bytes=LIMIT)


def test_a_response_that_is_larger_after_decompression_is_an_error(server: Recorder, limited: Client) -> None:
    body = gzip.compress(json.dumps({"name": "0" * 50_000_000}).encode())
    server.respond = lambda request: Response(body, headers={"content-encoding": "gzip"})
    calls = (
        lambda: Users(limited).get("u"),
        lambda: limited.call("get", "/users/u"),
        lambda: Storage(limited).get_file_download("b", "f"),
        lambda: Storage(limited).stream_file_download("b", "f").read(),
    )
    for call in calls:
        with pytest.raises(DecodeError, match=f"at most {LIMIT} are read into memory") as caught:
            call()
        assert "max_response_bytes" in str(caught.value)
    assert len(server.requests) == len(calls)


def test_files_and_streams_of_any_size_are_read(server: Recorder, limited: Client, tmp_path: Path) -> None:
    size = 5_000_000
    server.respond = lambda request: Response(b"1" * size)
    storage = Storage(limited)
    storage.stream_file_download("b", "f").save(tmp_path / "large")
    assert (tmp_path / "large").stat().st_size == size
    assert sum(len(piece) for piece in storage.stream_file_download("b", "f")) == size
    with pytest.raises(DecodeError):
        storage.get_file_download("b", "f")
    assert len(storage.get_file_download("b", "f", max_response_bytes=size)) == size
    with pytest.raises(DecodeError):
        storage.get_file_download("b", "f", max_response_bytes=size - 1)


def test_a_call_ends_with_its_deadline(server: Recorder, tmp_path: Path) -> None:
    never = threading.Event()
    server.respond = lambda request: Response(wait=never)
    hasty = Client(endpoint=server.endpoint, project="p", deadline=0.3)
    patient = Client(endpoint=server.endpoint, project="p")
    for call in (
        lambda: Users(hasty).list(),
        lambda: Users(patient).list(deadline=0.3),
        lambda: hasty.call("get", "/users"),
        lambda: Storage(hasty).stream_file_download("b", "f").save(tmp_path / "late"),
    ):
        with pytest.raises(RequestTimeoutError, match=r"deadline of 0\.3 s has passed"):
            call()
    never.set()


def test_an_awaited_call_ends_with_its_deadline(server: Recorder) -> None:
    never = threading.Event()
    server.respond = lambda request: Response(wait=never)

    async def list_users() -> None:
        async with AsyncClient(endpoint=server.endpoint, project="p", deadline=0.3) as client:
            await AsyncUsers(client).list()

    with pytest.raises(RequestTimeoutError, match=r"deadline of 0\.3 s has passed"):
        asyncio.run(list_users())
    never.set()

"""Realtime against the local Appwrite."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from conftest import Emulator
from polywrite import (
    ID,
    AsyncClient,
    AsyncRealtime,
    Client,
    ConfigurationError,
    Query,
    Realtime,
    RealtimeEvent,
    TablesDB,
    Users,
)


@pytest.fixture(scope="module")
def films(emulator: Emulator) -> tuple[TablesDB, str, str]:
    """A table's service, its database, and the secret of a session of a user who may read it."""
    admin = Client(endpoint=emulator.endpoint, project=emulator.project, key=emulator.key)
    tables, database_id, user_id = TablesDB(admin), ID.unique(), ID.unique()
    tables.create(database_id, "Films")
    columns = [{"key": "year", "type": "integer", "required": False}]
    tables.create_table(database_id, "films", "Films", ['read("users")'], columns=columns)
    Users(admin).create(user_id, f"{user_id}@example.com", password="password-1")
    return tables, database_id, Users(admin).create_session(user_id).secret


@contextmanager
def happening(films: tuple[TablesDB, str, str]) -> Iterator[None]:
    """Makes rows until the block ends."""
    tables, database_id, _ = films
    over = Event()

    def make() -> None:
        number = 0
        while not over.wait(0.02):
            tables.create_row(database_id, "films", ID.unique(), {"year": 1999 if number % 2 else 1971})
            number += 1

    thread = Thread(target=make)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_loop_gets_the_events_of_its_channels_and_queries(
    emulator: Emulator, films: tuple[TablesDB, str, str]
) -> None:
    _, database_id, secret = films
    realtime = Realtime(Client(endpoint=emulator.endpoint, project=emulator.project).with_session(secret))
    channel = f"tablesdb.{database_id}.tables.films.rows"
    years = []
    with realtime.subscribe(channel, queries=[Query.less_than("year", 1990)]) as subscription, happening(films):
        for message in subscription:
            assert isinstance(message, RealtimeEvent)
            assert message.model == "Row"
            assert channel in message.channels
            years.append(message.payload.data["year"])
            if len(years) == 3:
                break
    assert years == [1971] * 3
    assert list(subscription) == []


def test_a_callback_gets_events_until_the_subscription_is_closed(
    emulator: Emulator, films: tuple[TablesDB, str, str]
) -> None:
    secret = films[2]
    realtime = Realtime(Client(endpoint=emulator.endpoint, project=emulator.project).with_session(secret))
    heard = Event()
    subscription = realtime.subscribe("rows", lambda message: heard.set())
    with happening(films):
        assert heard.wait(30)
    subscription.close()


def test_asyncio(emulator: Emulator, films: tuple[TablesDB, str, str]) -> None:
    secret = films[2]

    async def run() -> list[int]:
        client = AsyncClient(endpoint=emulator.endpoint, project=emulator.project).with_session(secret)
        years: list[int] = []
        async with AsyncRealtime(client).subscribe(["rows.create"]) as subscription:
            async for message in subscription:
                assert isinstance(message, RealtimeEvent)
                years.append(message.payload.data["year"])
                if len(set(years)) == 2:
                    break
        return years

    with happening(films):
        assert set(asyncio.run(run())) == {1971, 1999}


def test_a_client_with_a_key_is_refused_before_anything_is_sent() -> None:
    client = Client(endpoint="http://127.0.0.1:1/v1", project="p", key="s3cret")
    with pytest.raises(ConfigurationError, match="take this client for a guest"):
        Realtime(client).subscribe("rows")

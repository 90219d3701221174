"""Realtime against the local Appwrite."""

from __future__ import annotations

import asyncio
import os
import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count, cycle
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
    RealtimeGap,
    TablesDB,
    Users,
)
from test_processes import in_child


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
def happening(films: tuple[TablesDB, str, str], years: Iterable[int] = ()) -> Iterator[None]:
    """Makes rows until the block ends, of these years or of two."""
    tables, database_id, _ = films
    over = Event()
    others = iter(years or cycle([1971, 1999]))

    def make() -> None:
        while not over.wait(0.02):
            tables.create_row(database_id, "films", ID.unique(), {"year": next(others)})

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
    assert not subscription.closed(timeout=0)
    subscription.close()
    assert subscription.closed()


def test_a_loop_goes_on_where_another_stopped(emulator: Emulator, films: tuple[TablesDB, str, str]) -> None:
    tables, database_id, secret = films
    realtime = Realtime(Client(endpoint=emulator.endpoint, project=emulator.project).with_session(secret))
    numbers: list[int] = []
    with realtime.subscribe(f"tablesdb.{database_id}.tables.films.rows") as subscription:
        made = count()
        with happening(films, made):
            next(subscription)
        while len(numbers) < 3:
            tables.create_row(database_id, "films", ID.unique(), {"year": next(made)})
            for message in subscription:
                assert isinstance(message, RealtimeEvent)
                numbers.append(message.payload.data["year"])
                break
    assert numbers == list(range(numbers[0], numbers[0] + 3))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_callback_that_fails_ends_its_subscription(emulator: Emulator, films: tuple[TablesDB, str, str]) -> None:
    realtime = Realtime(Client(endpoint=emulator.endpoint, project=emulator.project).with_session(films[2]))

    def fail(message: object) -> None:
        raise LookupError("of the callback")

    subscription = realtime.subscribe("rows", fail)
    with happening(films), pytest.raises(LookupError, match="of the callback"):
        subscription.closed()
    assert list(subscription) == []


def test_a_gap_stands_behind_the_events_before_it(emulator: Emulator, films: tuple[TablesDB, str, str]) -> None:
    tables, database_id, secret = films
    realtime = Realtime(Client(endpoint=emulator.endpoint, project=emulator.project).with_session(secret))
    channel = f"tablesdb.{database_id}.tables.films.rows"
    with realtime.subscribe(channel, buffer=1) as slow, realtime.subscribe(channel, buffer=100) as quick:
        with happening(films):
            # Both hear by now.
            next(slow)
            next(quick)
        *ids, last = [ID.unique() for _ in range(4)]
        for row_id in [*ids, last]:
            tables.create_row(database_id, "films", row_id, {"year": 1971})
        for event in quick:
            assert isinstance(event, RealtimeEvent)
            if event.payload.id == last:
                break
        assert isinstance(next(slow), RealtimeEvent)
        gap = next(slow)
    assert isinstance(gap, RealtimeGap)
    assert gap.dropped is not None and gap.dropped >= 2


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


def test_a_cancelled_read_loses_nothing_and_brings_nothing_twice(
    emulator: Emulator, films: tuple[TablesDB, str, str]
) -> None:
    database_id, secret = films[1:]

    async def run() -> list[int]:
        client = AsyncClient(endpoint=emulator.endpoint, project=emulator.project).with_session(secret)
        years: list[int] = []
        async with AsyncRealtime(client).subscribe(f"tablesdb.{database_id}.tables.films.rows") as subscription:
            with happening(films, count()):
                for attempt in count():
                    if len(years) >= 50:
                        break
                    # Some are cancelled before something has arrived, some when it is on its way.
                    reads = [asyncio.ensure_future(anext(subscription)) for _ in range(3)]
                    await asyncio.sleep(0.001 * (attempt % 30))
                    for read in reads:
                        read.cancel()
                    for message in await asyncio.gather(*reads, return_exceptions=True):
                        if isinstance(message, RealtimeEvent):
                            years.append(message.payload.data["year"])
                        else:
                            assert isinstance(message, asyncio.CancelledError)
        return years

    years = asyncio.run(run())
    assert sorted(years) == list(range(min(years), min(years) + len(years)))


def test_asyncio_passes_messages_to_a_function(emulator: Emulator, films: tuple[TablesDB, str, str]) -> None:
    async def run() -> None:
        client = AsyncClient(endpoint=emulator.endpoint, project=emulator.project).with_session(films[2])
        heard: asyncio.Queue[object] = asyncio.Queue()
        realtime = AsyncRealtime(client)
        for callback in (heard.put_nowait, heard.put):
            subscription = realtime.subscribe("rows", callback)
            assert isinstance(await heard.get(), RealtimeEvent)
            await subscription.close()
            await subscription.closed()

        async def fail(message: object) -> None:
            raise LookupError("of the callback")

        subscription = realtime.subscribe("rows", fail)
        with pytest.raises(LookupError, match="of the callback"):
            await subscription.closed()
        assert [message async for message in subscription] == []

    with happening(films):
        asyncio.run(run())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_has_a_connection_of_its_own(emulator: Emulator, films: tuple[TablesDB, str, str]) -> None:
    realtime = Realtime(Client(endpoint=emulator.endpoint, project=emulator.project).with_session(films[2]))
    with realtime.subscribe("rows") as subscription, happening(films):
        assert isinstance(next(subscription), RealtimeEvent)

        def work() -> None:
            with pytest.raises(ConfigurationError, match="made before the process forked"):
                list(subscription)
            subscription.close()
            with realtime.subscribe("rows") as own:
                assert isinstance(next(own), RealtimeEvent)

        assert in_child(work) == 0
        # What the parent has is as it was: more than what had arrived already comes.
        for _ in range(20):
            assert isinstance(next(subscription), RealtimeEvent)


def test_an_event_shows_what_it_is_and_no_secret(emulator: Emulator) -> None:
    admin = Client(endpoint=emulator.endpoint, project=emulator.project, key=emulator.key)
    user_id = ID.unique()
    Users(admin).create(user_id, f"{user_id}@example.com", password="password-1")
    secret = Users(admin).create_session(user_id).secret
    realtime = Realtime(Client(endpoint=emulator.endpoint, project=emulator.project).with_session(secret))
    with realtime.subscribe("account") as subscription:
        over = Event()

        def make() -> None:
            while not over.wait(0.02):
                Users(admin).create_session(user_id)

        thread = Thread(target=make)
        thread.start()
        message = next(subscription)
        over.set()
        thread.join()
    assert isinstance(message, RealtimeEvent)
    assert message.payload.secret
    assert message.payload.secret not in repr(message)
    assert f"events=['users.{user_id}.sessions." in repr(message)
    assert repr(pickle.loads(pickle.dumps(message))) == repr(message)


def test_a_client_with_a_key_is_refused_before_anything_is_sent() -> None:
    client = Client(endpoint="http://127.0.0.1:1/v1", project="p", key="s3cret")
    with pytest.raises(ConfigurationError, match="take this client for a guest"):
        Realtime(client).subscribe("rows")

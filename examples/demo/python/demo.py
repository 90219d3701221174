"""Shows Polywrite: a key with few rights, a table of films, a large file, and a visitor who sees only their own rows.
`./dev demo python` runs it against a local Appwrite."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from polywrite import (
    ID,
    Account,
    AppwriteException,
    Client,
    Functions,
    InputFile,
    MissingScopeError,
    NotFoundError,
    Permission,
    Project,
    Query,
    Role,
    Storage,
    TablesDB,
    Users,
)
from polywrite.enums import ProjectKeyScopes as Scope
from tidy import NAME, Tidying, mail_of, step

ROWS = 1000
SIZE = 64 * 1024 * 1024
SCOPES = [
    Scope.DATABASES_WRITE,
    Scope.TABLES_READ,
    Scope.TABLES_WRITE,
    Scope.COLUMNS_READ,
    Scope.COLUMNS_WRITE,
    Scope.ROWS_READ,
    Scope.ROWS_WRITE,
    Scope.BUCKETS_WRITE,
    Scope.FILES_READ,
    Scope.FILES_WRITE,
    Scope.USERS_WRITE,
    Scope.SESSIONS_WRITE,
]


@dataclass
class Visitor:
    """A user who can sign in."""

    id: str
    name: str
    email: str
    password: str


class Film(TypedDict):
    """A row's own columns."""

    title: str
    year: int


def main() -> None:
    admin = Client.from_env()
    if certificates := os.environ.get("POLYWRITE_CA_FILE"):
        admin.set_ca_file(certificates)
    print(f"Connected to {admin.endpoint}: {admin.ping()}")

    with Tidying() as made:
        run(admin, made)
    print("\nThe end. All that it made is deleted; every call used one connection pool.")


def run(admin: Client, made: Tidying) -> None:
    narrow, server, visitors, database = None, admin, [], ""
    with step("A key of our own"):
        narrow = server = narrow_key(admin, made)
    with step("Two visitors"):
        visitors = [sign_up(server, name, made) for name in ("Ada", "Grace")]
    with step("A table"):
        films = create_table(server, made)
        write_rows(server, films, visitors)
        read_rows(server, films)
        database = films
    with step("A large file"):
        round_trip(server, made)
    if database and visitors:
        with step("Acting as a visitor"):
            act_as(server, database, visitors[0])
    with step("What goes wrong, and what the errors say"):
        if narrow:
            beyond_the_scopes(narrow)
        if database:
            wrong_rows(server, database)


def narrow_key(admin: Client, made: Tidying) -> Client:
    """Makes a key that can do what this program does and nothing else."""
    project, key_id = Project(admin), ID.unique()
    made.later(project.delete_key, key_id)
    key = project.create_key(key_id, NAME, SCOPES)
    print(f'  made "{key.name}" with {len(SCOPES)} scopes; its secret stays in memory')
    client = admin.with_key(key.secret)
    assert key.secret not in f"{client!r} {key!r}"
    return client


def sign_up(server: Client, name: str, made: Tidying) -> Visitor:
    users, visitor_id = Users(server), ID.unique()
    visitor = Visitor(visitor_id, name, mail_of(visitor_id), ID.unique())
    made.later(users.delete, visitor_id)
    users.create(visitor.id, email=visitor.email, password=visitor.password, name=name)
    print(f"  {name} has an account")
    return visitor


def create_table(server: Client, made: Tidying) -> str:
    """Creates database, table and columns, and waits until the columns can be used."""
    tables, database = TablesDB(server), ID.unique()
    made.later(tables.delete, database)
    tables.create(database, NAME)
    tables.create_table(database, "films", "Films", row_security=True)
    tables.create_varchar_column(database, "films", "title", 200, True)
    tables.create_integer_column(database, "films", "year", True, min=1888)
    tables.wait_for_table(database, "films")
    print('  "films" has its columns: title, year')
    return database


def write_rows(server: Client, database: str, visitors: list[Visitor]) -> None:
    """Writes the rows; each visitor may read every second one."""
    rows = (
        {
            "$id": f"film-{number:04}",
            "$permissions": [Permission.read(Role.user(visitors[number % len(visitors)].id))] if visitors else [],
            "title": f"Film number {number}",
            "year": 1925 + number % 100,
        }
        for number in range(ROWS)
    )
    report = TablesDB(server).bulk_create_rows(database, "films", rows, stop_on_error=True)
    for failure in report.failures:
        raise failure.error
    assert report.written == ROWS
    print(f"  wrote {report.written} rows")


def read_rows(server: Client, database: str) -> None:
    """Reads all rows back, page by page."""
    rows = TablesDB(server).iterate_rows(database, "films", page_size=250, model_type=Film)
    films = [row.data for row in rows]
    assert len(films) == ROWS
    newest = max(film["year"] for film in films)
    print(f"  read {len(films)} rows back; the newest film is of {newest}")


def round_trip(server: Client, made: Tidying) -> None:
    """Uploads 64 MiB, or what the server allows, with a progress bar, downloads them and compares the hashes."""
    storage, bucket_id = Storage(server), ID.unique()
    made.later(storage.delete_bucket, bucket_id)
    bucket = storage.create_bucket(bucket_id, NAME)
    size = min(SIZE, bucket.maximum_file_size)
    if size < SIZE:
        print(f"  this server takes {size} bytes at most")
    with tempfile.TemporaryDirectory() as folder:
        original, copy = Path(folder, "film.bin"), Path(folder, "copy.bin")
        original.write_bytes(os.urandom(size))
        file = storage.create_file(
            bucket.id, ID.unique(), InputFile.from_path(original), on_progress=lambda record: bar(record["progress"])
        )
        print(f"  uploaded {file.size_original >> 20} MiB in {file.chunks_total} chunks")
        storage.stream_file_download(bucket.id, file.id).save(copy)
        sent, received = (hashlib.sha256(path.read_bytes()).hexdigest() for path in (original, copy))
    assert sent == received
    print(f"  downloaded to a file; SHA-256 of both: {received[:16]}…")


def bar(percent: float) -> None:
    if not sys.stdout.isatty():
        return
    done = int(percent * 0.4)
    end = "\n" if percent == 100 else ""
    print(f"\r  uploading {'█' * done}{'░' * (40 - done)} {percent:3.0f} %", end=end, flush=True)


def act_as(server: Client, database: str, visitor: Visitor) -> None:
    """Signs a visitor in, as a web server would, and reads the table with the visitor's own session."""
    session = Account(server).create_email_password_session(visitor.email, visitor.password)
    client = server.with_session(session.secret)
    print(f"  signed in: the session client is {Account(client).get().name}")
    rows = TablesDB(client).list_rows(database, "films", [Query.limit(1)])
    print(f"  {visitor.name} may read {rows.total} of the rows; the key reads all of them")
    assert rows.total == ROWS // 2
    Account(client).delete_session("current")
    print("  signed out")


def beyond_the_scopes(client: Client) -> None:
    """Shows the error of a key that lacks a scope."""
    try:
        Functions(client).list()
    except MissingScopeError as error:
        print(f"  without the scope: {error}")


def wrong_rows(server: Client, database: str) -> None:
    """Shows the errors of wrong IDs; the hostile one is never sent."""
    tables: Any = TablesDB(server)
    try:
        tables.get_row(database, "films", "no-such-film")
    except NotFoundError as error:
        print(f"  a wrong ID:        {error}")
    try:
        tables.get_row(database, "films", "..")
    except AppwriteException as error:
        print(f"  a hostile ID:      {error}")


if __name__ == "__main__":
    main()

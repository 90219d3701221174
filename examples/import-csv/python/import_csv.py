"""Imports films from a CSV file with a progress bar: `python import_csv.py FILE`.

The file has the columns `title` and `year`. The program makes a database with a table for them. Needs
APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY (with `databases.write`, `tables.read`, `tables.write`,
`columns.read`, `columns.write`, `rows.read` and `rows.write`).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from typing import Any

from polywrite import ID, BulkProgress, Client, TablesDB

WIDTH = 40


def films(path: str) -> Iterator[dict[str, Any]]:
    """The rows, one at a time: the file is never whole in memory. The server refuses a year that is not a number."""
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            year = row["year"]
            yield {"title": row["title"], "year": int(year) if year.isdecimal() else year}


def make_table(tables: TablesDB) -> tuple[str, str]:
    """Makes a database and a table, and waits until the columns can be used."""
    database = tables.create(ID.unique(), "Library").id
    table = tables.create_table(database, ID.unique(), "Films").id
    tables.create_varchar_column(database, table, "title", 200, True)
    tables.create_integer_column(database, table, "year", True)
    tables.wait_for_table(database, table)
    return database, table


def main(path: str) -> None:
    total = sum(1 for _ in films(path))

    def show(progress: BulkProgress) -> None:
        done = WIDTH * (progress.written + progress.failed) // total
        print(f"\r{'█' * done}{'░' * (WIDTH - done)} {progress.written} rows", end="", file=sys.stderr, flush=True)

    tables = TablesDB(Client.from_env())
    database, table = make_table(tables)
    report = tables.bulk_create_rows(database, table, films(path), on_progress=show)
    print(file=sys.stderr)
    for failure in report.failures:
        # The first line names the columns, and lines are counted from 1.
        print(f"line {failure.index + 2}: {failure.error}", file=sys.stderr)
    print(f"{report.written} of {total} rows in database {database}, table {table}")
    if report.failures or report.stopped:
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])

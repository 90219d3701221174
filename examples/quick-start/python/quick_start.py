"""Makes a table and a row and reads it back.

Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY.
"""

from __future__ import annotations

import time

from polywrite import ID, Client, Query, TablesDB

tables = TablesDB(Client.from_env())

database = tables.create(ID.unique(), "Library")
tables.create_table(database.id, "books", "Books")
tables.create_varchar_column(database.id, "books", "title", 200, required=True)
tables.create_integer_column(database.id, "books", "copies", required=False, default=1)
while any(column.status != "available" for column in tables.list_columns(database.id, "books").columns):
    time.sleep(0.1)

tables.create_row(database.id, "books", ID.unique(), {"title": "Momo", "copies": 3})
tables.create_row(database.id, "books", ID.unique(), {"title": "Jim Button"})

for row in tables.list_rows(database.id, "books", [Query.greater_than("copies", 1)]).rows:
    print(row.data["title"], row.data["copies"])

tables.delete(database.id)

"""Uses of the types that mypy and pyright accept."""

from __future__ import annotations

from datetime import datetime

from cinema import AsyncCinema, Cinema, Movie, MovieGenre
from polywrite import AsyncClient, Client, Permission, Query, Role, TablesDB


def handles(client: Client) -> list[str]:
    cinema = Cinema(client)
    query, operator = cinema.movies.query, cinema.movies.operator

    found = cinema.movies.list_rows(
        [
            query.equal("year", 1984),
            query.equal("genre", ["drama", "comedy"]),
            query.contains("tags", "a"),
            query.or_queries([query.is_null("plot"), query.between("rating", 1, 2.5)]),
            query.distance_less_than("location", [12.5, 41.9], 1000),
            query.greater_than("released", datetime(1984, 1, 1)),
            query.equal("author.name", "Ada"),
            query.select(["*", "author.*"]),
            query.order_desc("$createdAt"),
            query.limit(5),
        ]
    )
    titles: list[str] = []
    for row in found.rows:
        titles += [row.id, row.data.title, *row.data.tags]
        year: int | None = row.data.year
        released: datetime | None = row.data.released
        genre: MovieGenre | None = row.data.genre
        location: tuple[float, float] | None = row.data.location
        if row.data.author is not None:
            titles.append(row.data.author.data.name)
        print(year, released, genre, location)

    cinema.movies.create_row({"title": "New", "released": datetime.now(), "author": {"name": "New"}})
    cinema.movies.create_row(
        {"title": "New", "author": "a1", "genre": None}, row_id="m9", permissions=[Permission.read(Role.any())]
    )
    cinema.movies.update_row(
        "m9",
        {"year": operator.increment(1), "tags": operator.array_append(["x"]), "seen": operator.toggle(), "plot": None},
    )
    cinema.halls.upsert_row(
        "h1",
        {
            "note": "",
            "count": 1,
            "ratio": 0.5,
            "is-open": True,
            "class": "first",
            "opened": "2026-01-01",
            "neighbours": ["h2"],
        },
    )
    print(cinema.halls.get_row("h1").data.is_open, cinema.halls.get_row("h1").data.xclass)
    cinema.movies.bulk_create_rows([{"title": "a"}, {"title": "b"}], limit=1, on_progress=print)
    cinema.movies.bulk_update_rows({"seen": True}, ["b"])
    cinema.movies.update_rows({"seen": False}, [query.equal("seen", True)])
    cinema.movies.delete_row("m9")
    with cinema.transaction() as staged:
        staged.movies.delete_row("b")
    done: str = cinema.run_transaction(lambda staged: staged.movies.get_row("b").data.title)
    titles += [row.data.title for row in cinema.movies.iterate_rows([query.is_not_null("year")])]
    return [*titles, done]


async def asynchronous(client: AsyncClient) -> list[str]:
    cinema = AsyncCinema(client)
    found = await cinema.movies.list_rows([cinema.movies.query.equal("year", 1984)])
    async with cinema.transaction() as staged:
        await staged.movies.delete_row("b")
    return [row.data.title for row in found.rows]


def calls(tables: TablesDB) -> str:
    """The calls as they are."""
    found = tables.list_rows("cinema", "movies", [Query.equal("year", 1984)], model_type=Movie)
    return found.rows[0].data.title

# Made by `polywrite types` from the tables of a project: change them, not this file.

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NoReturn, TypeAlias, TypedDict

from polywrite.tables import (
    AsyncTable,
    AsyncTables,
    AsyncTablesDB,
    BooleanChange,
    Line,
    ListChange,
    NumberChange,
    Point,
    Polygon,
    Queries,
    Record,
    Row,
    Table,
    Tables,
    TablesDB,
)

MovieGenre: TypeAlias = Literal["drama", "comedy", "scifi"]
"""What `genre` of `movies` can be."""


@dataclass(kw_only=True)
class Movie(Record):
    """A row of the table `movies`."""

    title: str
    code: str | None
    plot: str | None
    year: int | None
    big: int | None
    rating: float | None
    seen: bool | None
    released: datetime | None
    contact: str | None
    link: str | None
    addr: str | None
    genre: MovieGenre | None
    tags: list[str]
    location: Point | None
    author: Row[Author] | None = None


class MovieRequired(TypedDict):
    """What a new row of `movies` must have."""

    title: str


class NewMovie(MovieRequired, total=False):
    """What a new row of `movies` is made of."""

    code: str | None
    plot: str | None
    year: int | None
    big: int | None
    rating: float | None
    seen: bool | None
    released: datetime | str | None
    contact: str | None
    link: str | None
    addr: str | None
    genre: MovieGenre | None
    tags: list[str]
    location: Point | None
    author: str | NewAuthor | None


class MovieChanges(TypedDict, total=False):
    """What can change in a row of `movies`."""

    title: str
    code: str | None
    plot: str | None
    year: int | NumberChange | None
    big: int | NumberChange | None
    rating: float | NumberChange | None
    seen: bool | BooleanChange | None
    released: datetime | str | None
    contact: str | None
    link: str | None
    addr: str | None
    genre: MovieGenre | None
    tags: list[str] | ListChange
    location: Point | None
    author: str | NewAuthor | None


MovieQueries: TypeAlias = Queries[
    Movie,
    Literal[
        "$id",
        "$sequence",
        "title",
        "code",
        "plot",
        "contact",
        "link",
        "addr",
        "genre",
        "tags",
        "author.$id",
        "author.name",
    ],
    Literal["$createdAt", "$updatedAt", "released"],
    Literal["year", "big", "rating"],
    Literal["seen"],
    Literal["location"],
    Literal["*", "author.*"],
]
"""What queries about `movies` can name."""

MovieTable: TypeAlias = Table[Movie, NewMovie, MovieChanges, MovieQueries]
"""The table `movies`."""

AsyncMovieTable: TypeAlias = AsyncTable[Movie, NewMovie, MovieChanges, MovieQueries]
"""The table `movies`, for an asynchronous client."""


@dataclass(kw_only=True)
class Author(Record):
    """A row of the table `authors`."""

    name: str
    movies: list[Row[Movie]] | None = None


class AuthorRequired(TypedDict):
    """What a new row of `authors` must have."""

    name: str


class NewAuthor(AuthorRequired, total=False):
    """What a new row of `authors` is made of."""

    movies: list[str | NewMovie]


class AuthorChanges(TypedDict, total=False):
    """What can change in a row of `authors`."""

    name: str
    movies: list[str | NewMovie]


AuthorQueries: TypeAlias = Queries[
    Author,
    Literal[
        "$id",
        "$sequence",
        "name",
        "movies.$id",
        "movies.title",
        "movies.code",
        "movies.plot",
        "movies.contact",
        "movies.link",
        "movies.addr",
        "movies.genre",
        "movies.tags",
    ],
    Literal["$createdAt", "$updatedAt", "movies.released"],
    Literal["movies.year", "movies.big", "movies.rating"],
    Literal["movies.seen"],
    Literal["movies.location"],
    Literal["*", "movies.*"],
]
"""What queries about `authors` can name."""

AuthorTable: TypeAlias = Table[Author, NewAuthor, AuthorChanges, AuthorQueries]
"""The table `authors`."""

AsyncAuthorTable: TypeAlias = AsyncTable[
    Author, NewAuthor, AuthorChanges, AuthorQueries
]
"""The table `authors`, for an asynchronous client."""

HallClass: TypeAlias = Literal["first", "second class"]
"""What `class` of `halls` can be."""

HallMood: TypeAlias = Literal["sad", "very happy"]
"""What `moods` of `halls` can be."""


@dataclass(kw_only=True)
class Hall(Record):
    """A row of the table `halls`."""

    note: str
    script: str | None
    count: int
    counts: list[int]
    huge: list[int]
    ratio: float
    ratios: list[float]
    is_open: bool = field(metadata={"column": "is-open"})
    xclass: HallClass = field(metadata={"column": "class"})
    moods: list[HallMood]
    times: list[datetime]
    opened: datetime
    route: Line | None
    area: Polygon | None
    mails: list[str]
    favourite: Row[Movie] | None = None
    neighbours: list[Row[Hall]] | None = None


HallRequired = TypedDict(
    "HallRequired",
    {
        "note": "str",
        "count": "int",
        "ratio": "float",
        "is-open": "bool",
        "class": "HallClass",
        "opened": "datetime | str",
    },
)
"""What a new row of `halls` must have."""


class NewHall(HallRequired, total=False):
    """What a new row of `halls` is made of."""

    script: str | None
    counts: list[int]
    huge: list[int]
    ratios: list[float]
    moods: list[HallMood]
    times: list[datetime | str]
    route: Line | None
    area: Polygon | None
    mails: list[str]
    favourite: str | NewMovie | None
    neighbours: list[str | NewHall]


HallChanges = TypedDict(
    "HallChanges",
    {
        "note": "str",
        "script": "str | None",
        "count": "int | NumberChange",
        "counts": "list[int] | ListChange",
        "huge": "list[int] | ListChange",
        "ratio": "float | NumberChange",
        "ratios": "list[float] | ListChange",
        "is-open": "bool | BooleanChange",
        "class": "HallClass",
        "moods": "list[HallMood] | ListChange",
        "times": "list[datetime | str] | ListChange",
        "opened": "datetime | str",
        "route": "Line | None",
        "area": "Polygon | None",
        "mails": "list[str] | ListChange",
        "favourite": "str | NewMovie | None",
        "neighbours": "list[str | NewHall]",
    },
    total=False,
)
"""What can change in a row of `halls`."""


HallQueries: TypeAlias = Queries[
    Hall,
    Literal[
        "$id",
        "$sequence",
        "note",
        "script",
        "class",
        "moods",
        "mails",
        "favourite.$id",
        "favourite.title",
        "favourite.code",
        "favourite.plot",
        "favourite.contact",
        "favourite.link",
        "favourite.addr",
        "favourite.genre",
        "favourite.tags",
        "neighbours.$id",
        "neighbours.note",
        "neighbours.script",
        "neighbours.class",
        "neighbours.moods",
        "neighbours.mails",
    ],
    Literal[
        "$createdAt",
        "$updatedAt",
        "times",
        "opened",
        "favourite.released",
        "neighbours.times",
        "neighbours.opened",
    ],
    Literal[
        "count",
        "counts",
        "huge",
        "ratio",
        "ratios",
        "favourite.year",
        "favourite.big",
        "favourite.rating",
        "neighbours.count",
        "neighbours.counts",
        "neighbours.huge",
        "neighbours.ratio",
        "neighbours.ratios",
    ],
    Literal["is-open", "favourite.seen", "neighbours.is-open"],
    Literal[
        "route", "area", "favourite.location", "neighbours.route", "neighbours.area"
    ],
    Literal["*", "favourite.*", "neighbours.*"],
]
"""What queries about `halls` can name."""

HallTable: TypeAlias = Table[Hall, NewHall, HallChanges, HallQueries]
"""The table `halls`."""

AsyncHallTable: TypeAlias = AsyncTable[Hall, NewHall, HallChanges, HallQueries]
"""The table `halls`, for an asynchronous client."""


@dataclass(kw_only=True)
class Empty(Record):
    """A row of the table `empty`."""


class NewEmpty(TypedDict, total=False):
    """What a new row of `empty` is made of."""


class EmptyChanges(TypedDict, total=False):
    """What can change in a row of `empty`."""


EmptyQueries: TypeAlias = Queries[
    Empty,
    Literal["$id", "$sequence"],
    Literal["$createdAt", "$updatedAt"],
    NoReturn,
    NoReturn,
    NoReturn,
    Literal["*"],
]
"""What queries about `empty` can name."""

EmptyTable: TypeAlias = Table[Empty, NewEmpty, EmptyChanges, EmptyQueries]
"""The table `empty`."""

AsyncEmptyTable: TypeAlias = AsyncTable[Empty, NewEmpty, EmptyChanges, EmptyQueries]
"""The table `empty`, for an asynchronous client."""


class Cinema(Tables):
    """The database `cinema`."""

    movies: MovieTable
    authors: AuthorTable
    halls: HallTable
    empty: EmptyTable

    def _open(self, service: TablesDB) -> None:
        self.movies = Table(service, "cinema", "movies", Movie, Queries())
        self.authors = Table(service, "cinema", "authors", Author, Queries())
        self.halls = Table(service, "cinema", "halls", Hall, Queries())
        self.empty = Table(service, "cinema", "empty", Empty, Queries())


class AsyncCinema(AsyncTables):
    """The database `cinema`, for an asynchronous client."""

    movies: AsyncMovieTable
    authors: AsyncAuthorTable
    halls: AsyncHallTable
    empty: AsyncEmptyTable

    def _open(self, service: AsyncTablesDB) -> None:
        self.movies = AsyncTable(service, "cinema", "movies", Movie, Queries())
        self.authors = AsyncTable(service, "cinema", "authors", Author, Queries())
        self.halls = AsyncTable(service, "cinema", "halls", Hall, Queries())
        self.empty = AsyncTable(service, "cinema", "empty", Empty, Queries())

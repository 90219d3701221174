"""Mistakes. A comment says what mypy, and then what pyright, says of the line below it."""

from cinema import Cinema, Movie
from polywrite import Query, TablesDB


def wrong(cinema: Cinema, tables: TablesDB) -> None:
    movies = cinema.movies
    query, operator = movies.query, movies.operator
    # error: No overload variant / "Literal['yeer']" cannot be assigned
    movies.list_rows([query.equal("yeer", 1)])
    # error: No overload variant / "Literal['1984']" cannot be assigned
    movies.list_rows([query.equal("year", "1984")])
    # error: incompatible type "str"; expected "TableQuery[Movie]" / "str" is not assignable to "TableQuery[Movie]"
    movies.list_rows([Query.equal("yeer", 1)])
    # error: incompatible type "TableQuery[Author]" / "TableQuery[Author]" is not assignable to "TableQuery[Movie]"
    movies.list_rows([cinema.authors.query.equal("name", "Ada")])
    # error: incompatible type "Literal['titel']" / "Literal['titel']" cannot be assigned
    movies.list_rows([query.order_asc("titel")])
    # error: incompatible type "Literal['titel']" / "list[str]" cannot be assigned
    movies.list_rows([query.select(["titel"])])
    # error: Missing key "title" / "title" is required in "NewMovie"
    movies.create_row({"year": 1984})
    # error: expression has type "int", TypedDict item "title" has type "str" / is not assignable to "str"
    movies.create_row({"title": 1984})
    # error: Extra key "yeer" / "yeer" is an undefined item in type "NewMovie"
    movies.create_row({"title": "New", "yeer": 1984})
    # error: expression has type "Literal['horror']" / "Literal['horror']" is not assignable
    movies.create_row({"title": "New", "genre": "horror"})
    # error: expression has type "None", TypedDict item "title" / "None" is not assignable to "str"
    movies.update_row("m1", {"title": None})
    # error: expression has type "BooleanChange" / "BooleanChange" is not assignable
    movies.update_row("m1", {"year": operator.toggle()})
    # error: Unexpected keyword argument "limmit" / No parameter named "limmit"
    movies.bulk_create_rows([{"title": "New"}], limmit=1)
    movie = movies.get_row("m1").data
    # error: has no attribute "yeer" / Cannot access attribute "yeer"
    print(movie.yeer)
    # error: Unsupported operand types for + / Operator "+" not supported for "None"
    print(movie.year + 1)
    # error: Item "None" of / "data" is not a known attribute of "None"
    print(movie.author.data)
    plain = tables.get_row("cinema", "movies", "m1", model_type=Movie)
    # error: has no attribute "yeer" / Cannot access attribute "yeer"
    print(plain.data.yeer)

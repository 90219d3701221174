from cinema import Cinema
from polywrite import Client

cinema = Cinema(Client.from_env())

cinema.movies.create_row({"title": "New", "yeer": 1984})

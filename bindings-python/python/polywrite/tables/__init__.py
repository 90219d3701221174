"""Tables with types: what a file that `polywrite types` wrote is made of.

    from library import Library

    library = Library(Client.from_env())
    films = library.films.list_rows([library.films.query.equal("year", 1984)])
    print(films.rows[0].data.title)

mypy and pyright find names of columns, values and missing columns that do not fit.
"""

from __future__ import annotations

from ..models import Row as Row
from ..services import TablesDB as TablesDB
from ..services.aio import AsyncTablesDB as AsyncTablesDB
from ._operators import BooleanChange as BooleanChange
from ._operators import ListChange as ListChange
from ._operators import NumberChange as NumberChange
from ._operators import Operators as Operators
from ._queries import Queries as Queries
from ._queries import TableQuery as TableQuery
from ._record import Line as Line
from ._record import Point as Point
from ._record import Polygon as Polygon
from ._record import Record as Record
from ._table import AsyncTable as AsyncTable
from ._table import AsyncTables as AsyncTables
from ._table import Table as Table
from ._table import Tables as Tables

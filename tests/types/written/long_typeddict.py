# Made by `polywrite types` from the tables of a project: change them, not this file.

from __future__ import annotations

from datetime import datetime
from typing import Literal, NoReturn, TypeAlias, TypedDict

from polywrite.tables import (
    AsyncTable,
    AsyncTables,
    AsyncTablesDB,
    BooleanChange,
    ListChange,
    NumberChange,
    Polygon,
    Queries,
    Table,
    Tables,
    TablesDB,
)

ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier: TypeAlias = Literal[
    "the first of quite a lot of values",
    'it\'s the "second"',
    "the third of quite a lot of values",
]
"""What `an_enumeration_with_a_long_identifier` of `a_table_with_a_quite_long_identifiers` can be."""

ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray: TypeAlias = Literal["x"]
"""What `an_enumeration_with_a_long_id_array` of `a_table_with_a_quite_long_identifiers` can be."""


class ATableWithAQuiteLongIdentifierColumns(TypedDict):
    """What each row of `a_table_with_a_quite_long_identifiers` has."""

    an_enumeration_with_a_long_identifier: (
        ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier | None
    )
    an_enumeration_with_a_long_id_array: list[
        ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray
    ]
    a_big_integer_with_a_long_identifier: list[int]
    a_polygon_with_a_very_long_identifier: list[list[list[float]]] | None
    dates_with_a_quite_long_identifier: list[str]


class ATableWithAQuiteLongIdentifier(
    ATableWithAQuiteLongIdentifierColumns, total=False
):
    """A row of the table `a_table_with_a_quite_long_identifiers`."""

    the_others_with_a_long_identifier: list[AnotherTableWithALongIdentifier]
    the_parent_with_a_long_identifier: AnotherTableWithALongIdentifier | None


class NewATableWithAQuiteLongIdentifier(TypedDict, total=False):
    """What a new row of `a_table_with_a_quite_long_identifiers` is made of."""

    an_enumeration_with_a_long_identifier: (
        ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier | None
    )
    an_enumeration_with_a_long_id_array: list[
        ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray
    ]
    a_big_integer_with_a_long_identifier: list[int]
    a_polygon_with_a_very_long_identifier: Polygon | None
    dates_with_a_quite_long_identifier: list[datetime | str]
    the_others_with_a_long_identifier: list[str | NewAnotherTableWithALongIdentifier]
    the_parent_with_a_long_identifier: str | NewAnotherTableWithALongIdentifier | None


class ATableWithAQuiteLongIdentifierChanges(TypedDict, total=False):
    """What can change in a row of `a_table_with_a_quite_long_identifiers`."""

    an_enumeration_with_a_long_identifier: (
        ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier | None
    )
    an_enumeration_with_a_long_id_array: (
        list[ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray] | ListChange
    )
    a_big_integer_with_a_long_identifier: list[int] | ListChange
    a_polygon_with_a_very_long_identifier: Polygon | None
    dates_with_a_quite_long_identifier: list[datetime | str] | ListChange
    the_others_with_a_long_identifier: list[str | NewAnotherTableWithALongIdentifier]
    the_parent_with_a_long_identifier: str | NewAnotherTableWithALongIdentifier | None


ATableWithAQuiteLongIdentifierQueries: TypeAlias = Queries[
    ATableWithAQuiteLongIdentifier,
    Literal[
        "$id",
        "$sequence",
        "an_enumeration_with_a_long_identifier",
        "an_enumeration_with_a_long_id_array",
        "the_others_with_a_long_identifier.$id",
        "the_parent_with_a_long_identifier.$id",
    ],
    Literal["$createdAt", "$updatedAt", "dates_with_a_quite_long_identifier"],
    Literal[
        "a_big_integer_with_a_long_identifier",
        "the_others_with_a_long_identifier.1st",
        "the_parent_with_a_long_identifier.1st",
    ],
    NoReturn,
    Literal["a_polygon_with_a_very_long_identifier"],
    Literal[
        "*",
        "the_others_with_a_long_identifier.*",
        "the_parent_with_a_long_identifier.*",
    ],
]
"""What queries about `a_table_with_a_quite_long_identifiers` can name."""

ATableWithAQuiteLongIdentifierTable: TypeAlias = Table[
    ATableWithAQuiteLongIdentifier,
    NewATableWithAQuiteLongIdentifier,
    ATableWithAQuiteLongIdentifierChanges,
    ATableWithAQuiteLongIdentifierQueries,
]
"""The table `a_table_with_a_quite_long_identifiers`."""

AsyncATableWithAQuiteLongIdentifierTable: TypeAlias = AsyncTable[
    ATableWithAQuiteLongIdentifier,
    NewATableWithAQuiteLongIdentifier,
    ATableWithAQuiteLongIdentifierChanges,
    ATableWithAQuiteLongIdentifierQueries,
]
"""The table `a_table_with_a_quite_long_identifiers`, for an asynchronous client."""


AnotherTableWithALongIdentifierColumns = TypedDict(
    "AnotherTableWithALongIdentifierColumns",
    {
        "1st": "int",
    },
)
"""What each row of `another_table_with_a_long_identifiers` has."""


class AnotherTableWithALongIdentifier(
    AnotherTableWithALongIdentifierColumns, total=False
):
    """A row of the table `another_table_with_a_long_identifiers`."""

    the_back_reference_with_a_long_name: list[ATableWithAQuiteLongIdentifier]


AnotherTableWithALongIdentifierRequired = TypedDict(
    "AnotherTableWithALongIdentifierRequired",
    {
        "1st": "int",
    },
)
"""What a new row of `another_table_with_a_long_identifiers` must have."""


class NewAnotherTableWithALongIdentifier(
    AnotherTableWithALongIdentifierRequired, total=False
):
    """What a new row of `another_table_with_a_long_identifiers` is made of."""

    the_back_reference_with_a_long_name: list[str | NewATableWithAQuiteLongIdentifier]


AnotherTableWithALongIdentifierChanges = TypedDict(
    "AnotherTableWithALongIdentifierChanges",
    {
        "1st": "int | NumberChange",
        "the_back_reference_with_a_long_name": "list[str | NewATableWithAQuiteLongIdentifier]",
    },
    total=False,
)
"""What can change in a row of `another_table_with_a_long_identifiers`."""


AnotherTableWithALongIdentifierQueries: TypeAlias = Queries[
    AnotherTableWithALongIdentifier,
    Literal[
        "$id",
        "$sequence",
        "the_back_reference_with_a_long_name.$id",
        "the_back_reference_with_a_long_name.an_enumeration_with_a_long_identifier",
        "the_back_reference_with_a_long_name.an_enumeration_with_a_long_id_array",
    ],
    Literal[
        "$createdAt",
        "$updatedAt",
        "the_back_reference_with_a_long_name.dates_with_a_quite_long_identifier",
    ],
    Literal[
        "1st",
        "the_back_reference_with_a_long_name.a_big_integer_with_a_long_identifier",
    ],
    NoReturn,
    Literal[
        "the_back_reference_with_a_long_name.a_polygon_with_a_very_long_identifier"
    ],
    Literal["*", "the_back_reference_with_a_long_name.*"],
]
"""What queries about `another_table_with_a_long_identifiers` can name."""

AnotherTableWithALongIdentifierTable: TypeAlias = Table[
    AnotherTableWithALongIdentifier,
    NewAnotherTableWithALongIdentifier,
    AnotherTableWithALongIdentifierChanges,
    AnotherTableWithALongIdentifierQueries,
]
"""The table `another_table_with_a_long_identifiers`."""

AsyncAnotherTableWithALongIdentifierTable: TypeAlias = AsyncTable[
    AnotherTableWithALongIdentifier,
    NewAnotherTableWithALongIdentifier,
    AnotherTableWithALongIdentifierChanges,
    AnotherTableWithALongIdentifierQueries,
]
"""The table `another_table_with_a_long_identifiers`, for an asynchronous client."""


class ADatabaseWithAVeryLongIdentifierQuery(TypedDict):
    """A row of the table `queries`."""


class NewADatabaseWithAVeryLongIdentifierQuery(TypedDict, total=False):
    """What a new row of `queries` is made of."""


class ADatabaseWithAVeryLongIdentifierQueryChanges(TypedDict, total=False):
    """What can change in a row of `queries`."""


ADatabaseWithAVeryLongIdentifierQueryQueries: TypeAlias = Queries[
    ADatabaseWithAVeryLongIdentifierQuery,
    Literal["$id", "$sequence"],
    Literal["$createdAt", "$updatedAt"],
    NoReturn,
    NoReturn,
    NoReturn,
    Literal["*"],
]
"""What queries about `queries` can name."""

ADatabaseWithAVeryLongIdentifierQueryTable: TypeAlias = Table[
    ADatabaseWithAVeryLongIdentifierQuery,
    NewADatabaseWithAVeryLongIdentifierQuery,
    ADatabaseWithAVeryLongIdentifierQueryChanges,
    ADatabaseWithAVeryLongIdentifierQueryQueries,
]
"""The table `queries`."""

AsyncADatabaseWithAVeryLongIdentifierQueryTable: TypeAlias = AsyncTable[
    ADatabaseWithAVeryLongIdentifierQuery,
    NewADatabaseWithAVeryLongIdentifierQuery,
    ADatabaseWithAVeryLongIdentifierQueryChanges,
    ADatabaseWithAVeryLongIdentifierQueryQueries,
]
"""The table `queries`, for an asynchronous client."""


class RecordRow(TypedDict):
    """A row of the table `records`."""

    self: list[bool]
    type: str | None
    model_name: str | None
    json: str | None


class RecordRowRequired(TypedDict):
    """What a new row of `records` must have."""

    self: list[bool]


class NewRecordRow(RecordRowRequired, total=False):
    """What a new row of `records` is made of."""

    type: str | None
    model_name: str | None
    json: str | None


class RecordRowChanges(TypedDict, total=False):
    """What can change in a row of `records`."""

    self: list[bool] | ListChange
    type: str | None
    model_name: str | None
    json: str | None


RecordRowQueries: TypeAlias = Queries[
    RecordRow,
    Literal["$id", "$sequence", "type", "model_name", "json"],
    Literal["$createdAt", "$updatedAt"],
    NoReturn,
    Literal["self"],
    NoReturn,
    Literal["*"],
]
"""What queries about `records` can name."""

RecordRowTable: TypeAlias = Table[
    RecordRow, NewRecordRow, RecordRowChanges, RecordRowQueries
]
"""The table `records`."""

AsyncRecordRowTable: TypeAlias = AsyncTable[
    RecordRow, NewRecordRow, RecordRowChanges, RecordRowQueries
]
"""The table `records`, for an asynchronous client."""


Transaction = TypedDict(
    "Transaction",
    {
        "import": "bool",
    },
)
"""A row of the table `transaction`."""


NewTransaction = TypedDict(
    "NewTransaction",
    {
        "import": "bool",
    },
)
"""What a new row of `transaction` is made of."""


TransactionChanges = TypedDict(
    "TransactionChanges",
    {
        "import": "bool | BooleanChange",
    },
    total=False,
)
"""What can change in a row of `transaction`."""


TransactionQueries: TypeAlias = Queries[
    Transaction,
    Literal["$id", "$sequence"],
    Literal["$createdAt", "$updatedAt"],
    NoReturn,
    Literal["import"],
    NoReturn,
    Literal["*"],
]
"""What queries about `transaction` can name."""

TransactionTable: TypeAlias = Table[
    Transaction, NewTransaction, TransactionChanges, TransactionQueries
]
"""The table `transaction`."""

AsyncTransactionTable: TypeAlias = AsyncTable[
    Transaction, NewTransaction, TransactionChanges, TransactionQueries
]
"""The table `transaction`, for an asynchronous client."""


class NamedTable(TypedDict):
    """A row of the table `6b011d18ad1c6f4389d7`."""


class NewNamedTable(TypedDict, total=False):
    """What a new row of `6b011d18ad1c6f4389d7` is made of."""


class NamedTableChanges(TypedDict, total=False):
    """What can change in a row of `6b011d18ad1c6f4389d7`."""


NamedTableQueries: TypeAlias = Queries[
    NamedTable,
    Literal["$id", "$sequence"],
    Literal["$createdAt", "$updatedAt"],
    NoReturn,
    NoReturn,
    NoReturn,
    Literal["*"],
]
"""What queries about `6b011d18ad1c6f4389d7` can name."""

NamedTableTable: TypeAlias = Table[
    NamedTable, NewNamedTable, NamedTableChanges, NamedTableQueries
]
"""The table `6b011d18ad1c6f4389d7`."""

AsyncNamedTableTable: TypeAlias = AsyncTable[
    NamedTable, NewNamedTable, NamedTableChanges, NamedTableQueries
]
"""The table `6b011d18ad1c6f4389d7`, for an asynchronous client."""


class OtherQuery(TypedDict):
    """A row of the table `queries`."""


class NewOtherQuery(TypedDict, total=False):
    """What a new row of `queries` is made of."""


class OtherQueryChanges(TypedDict, total=False):
    """What can change in a row of `queries`."""


OtherQueryQueries: TypeAlias = Queries[
    OtherQuery,
    Literal["$id", "$sequence"],
    Literal["$createdAt", "$updatedAt"],
    NoReturn,
    NoReturn,
    NoReturn,
    Literal["*"],
]
"""What queries about `queries` can name."""

OtherQueryTable: TypeAlias = Table[
    OtherQuery, NewOtherQuery, OtherQueryChanges, OtherQueryQueries
]
"""The table `queries`."""

AsyncOtherQueryTable: TypeAlias = AsyncTable[
    OtherQuery, NewOtherQuery, OtherQueryChanges, OtherQueryQueries
]
"""The table `queries`, for an asynchronous client."""


class ADatabaseWithAVeryLongIdentifier(Tables):
    """The database `a_database_with_a_very_long_identifier`."""

    a_table_with_a_quite_long_identifiers: ATableWithAQuiteLongIdentifierTable
    another_table_with_a_long_identifiers: AnotherTableWithALongIdentifierTable
    queries: ADatabaseWithAVeryLongIdentifierQueryTable

    def _open(self, service: TablesDB) -> None:
        self.a_table_with_a_quite_long_identifiers = Table(
            service,
            "a_database_with_a_very_long_identifier",
            "a_table_with_a_quite_long_identifiers",
            ATableWithAQuiteLongIdentifier,
            Queries(),
        )
        self.another_table_with_a_long_identifiers = Table(
            service,
            "a_database_with_a_very_long_identifier",
            "another_table_with_a_long_identifiers",
            AnotherTableWithALongIdentifier,
            Queries(),
        )
        self.queries = Table(
            service,
            "a_database_with_a_very_long_identifier",
            "queries",
            ADatabaseWithAVeryLongIdentifierQuery,
            Queries(),
        )


class AsyncADatabaseWithAVeryLongIdentifier(AsyncTables):
    """The database `a_database_with_a_very_long_identifier`, for an asynchronous client."""

    a_table_with_a_quite_long_identifiers: AsyncATableWithAQuiteLongIdentifierTable
    another_table_with_a_long_identifiers: AsyncAnotherTableWithALongIdentifierTable
    queries: AsyncADatabaseWithAVeryLongIdentifierQueryTable

    def _open(self, service: AsyncTablesDB) -> None:
        self.a_table_with_a_quite_long_identifiers = AsyncTable(
            service,
            "a_database_with_a_very_long_identifier",
            "a_table_with_a_quite_long_identifiers",
            ATableWithAQuiteLongIdentifier,
            Queries(),
        )
        self.another_table_with_a_long_identifiers = AsyncTable(
            service,
            "a_database_with_a_very_long_identifier",
            "another_table_with_a_long_identifiers",
            AnotherTableWithALongIdentifier,
            Queries(),
        )
        self.queries = AsyncTable(
            service,
            "a_database_with_a_very_long_identifier",
            "queries",
            ADatabaseWithAVeryLongIdentifierQuery,
            Queries(),
        )


class Other(Tables):
    """The database `other`."""

    records: RecordRowTable
    transaction_table: TransactionTable
    named_tables: NamedTableTable
    queries: OtherQueryTable

    def _open(self, service: TablesDB) -> None:
        self.records = Table(service, "other", "records", RecordRow, Queries())
        self.transaction_table = Table(
            service, "other", "transaction", Transaction, Queries()
        )
        self.named_tables = Table(
            service, "other", "6b011d18ad1c6f4389d7", NamedTable, Queries()
        )
        self.queries = Table(service, "other", "queries", OtherQuery, Queries())


class AsyncOther(AsyncTables):
    """The database `other`, for an asynchronous client."""

    records: AsyncRecordRowTable
    transaction_table: AsyncTransactionTable
    named_tables: AsyncNamedTableTable
    queries: AsyncOtherQueryTable

    def _open(self, service: AsyncTablesDB) -> None:
        self.records = AsyncTable(service, "other", "records", RecordRow, Queries())
        self.transaction_table = AsyncTable(
            service, "other", "transaction", Transaction, Queries()
        )
        self.named_tables = AsyncTable(
            service, "other", "6b011d18ad1c6f4389d7", NamedTable, Queries()
        )
        self.queries = AsyncTable(service, "other", "queries", OtherQuery, Queries())

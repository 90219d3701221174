//! What every language says of a schema: which types there are, and how they are called.

use std::collections::HashSet;

use polywrite_api::names;
use polywrite_schema::{
    Schema,
    model::{self, ColumnKind},
};

use crate::singular::singular;

/// Names that the files have from elsewhere.
const TAKEN: &[&str] = &[
    "Any",
    "AsyncTable",
    "AsyncTables",
    "AsyncTablesDB",
    "BaseModel",
    "Bool",
    "BooleanChange",
    "Box",
    "Change",
    "Client",
    "CodingKey",
    "CodingKeys",
    "Column",
    "ColumnChange",
    "TableEnum",
    "Columns",
    "Date",
    "Deserialize",
    "Double",
    "Encodable",
    "Error",
    "GeoPoint",
    "Geometry",
    "Held",
    "Int",
    "IntoChange",
    "JSON",
    "Line",
    "Link",
    "ListChange",
    "Literal",
    "Models",
    "NoReturn",
    "NumberChange",
    "Option",
    "Partial",
    "Point",
    "Polygon",
    "Queries",
    "Query",
    "Record",
    "Related",
    "RelatedColumns",
    "Result",
    "Row",
    "RowLink",
    "Self",
    "Sendable",
    "Serialize",
    "String",
    "Table",
    "TableColumn",
    "TableColumns",
    "TableDatabase",
    "TableOptions",
    "TableQuery",
    "TableRecord",
    "Tables",
    "TablesDB",
    "TransactionCall",
    "Type",
    "TypeAlias",
    "TypedDict",
    "TypedTable",
    "Vec",
];

/// What the names of a row's other types end with.
const ENDS: &[&str] = &["Changes", "Columns", "Queries", "Required", "Table"];

/// The databases that have tables.
pub(crate) struct Outline<'schema> {
    pub(crate) databases: Vec<Database<'schema>>,
}

/// A database.
pub(crate) struct Database<'schema> {
    pub(crate) id: &'schema str,
    /// What a program calls it: `Library`.
    pub(crate) name: String,
    pub(crate) tables: Vec<Table<'schema>>,
}

/// A table.
pub(crate) struct Table<'schema> {
    pub(crate) id: &'schema str,
    /// What a program calls all of it, in the words of its ID: `films`.
    pub(crate) all: String,
    /// What a program calls a row: `Film`.
    pub(crate) name: String,
    pub(crate) columns: Vec<Column<'schema>>,
}

/// A column.
pub(crate) struct Column<'schema> {
    pub(crate) key: &'schema str,
    pub(crate) of: &'schema model::Column,
    pub(crate) holds: Holds<'schema>,
}

/// What a column holds, or each element of its list.
pub(crate) enum Holds<'schema> {
    Text,
    Date,
    Integer,
    BigInteger,
    Float,
    Boolean,
    Point,
    Line,
    Polygon,
    /// One of some texts, in a type of this name.
    Enum(String, &'schema [String]),
    /// Rows of a table: the name of their type, and whether there are many.
    Rows(String, bool),
}

impl Column<'_> {
    /// Whether a row of the server may have null there.
    pub(crate) fn is_nullable(&self) -> bool {
        !self.of.required && !self.of.array && !self.is_relationship()
    }

    /// Whether a new row must have it.
    pub(crate) fn is_required(&self) -> bool {
        self.of.required && !self.is_relationship()
    }

    pub(crate) fn is_relationship(&self) -> bool {
        matches!(self.holds, Holds::Rows(..))
    }

    /// What the server puts there unless a new row says something, as JSON.
    pub(crate) fn default(&self) -> Option<String> {
        self.of.default.as_ref().map(ToString::to_string)
    }
}

impl<'schema> Outline<'schema> {
    pub(crate) fn of(schema: &'schema Schema) -> Self {
        let databases = schema.databases.iter().filter(|database| !database.tables.is_empty());
        let named = distinct(databases.clone().map(|database| titled(&database.id, &database.name)), &[]);
        // The name of a table is free in its database, and often in all of them.
        let all: Vec<(usize, &model::Table)> = databases
            .clone()
            .enumerate()
            .flat_map(|(place, database)| database.tables.iter().map(move |table| (place, table)))
            .collect();
        let plain: Vec<String> =
            all.iter().map(|(_, table)| singular(&titled(&table.id, &table.name))).collect();
        let qualified = all.iter().zip(&plain).map(|((place, _), name)| {
            let is_shared = all.iter().zip(&plain).any(|((other, _), also)| other != place && also == name);
            if is_shared { format!("{}{name}", named[*place]) } else { name.clone() }
        });
        let taken: Vec<&str> = named.iter().map(String::as_str).collect();
        let qualified =
            qualified.map(|name| if TAKEN.contains(&name.as_str()) { format!("{name}Row") } else { name });
        let mut names = distinct(qualified, &taken).into_iter();
        let names: Vec<Vec<String>> =
            databases.clone().map(|database| names.by_ref().take(database.tables.len()).collect()).collect();
        let databases = databases.zip(named).zip(names);
        Self {
            databases: databases
                .map(|((database, name), rows)| Database {
                    id: &database.id,
                    name,
                    tables: tables(database, &rows),
                })
                .collect(),
        }
    }

    /// All tables, with those of one database together.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &Table<'schema>> {
        self.databases.iter().flat_map(|database| &database.tables)
    }

    /// The table whose rows have this type.
    pub(crate) fn table(&self, name: &str) -> Option<&Table<'schema>> {
        self.tables().find(|table| table.name == name)
    }
}

impl Table<'_> {
    pub(crate) fn enums(&self) -> impl Iterator<Item = (&str, &str, &[String])> {
        self.columns.iter().filter_map(|column| match &column.holds {
            Holds::Enum(name, values) => Some((column.key, name.as_str(), *values)),
            _ => None,
        })
    }
}

fn tables<'schema>(database: &'schema model::Database, rows: &[String]) -> Vec<Table<'schema>> {
    let all = distinct(database.tables.iter().map(|table| titled(&table.id, &table.name)), &[]);
    let tables = database.tables.iter().zip(rows).zip(all);
    tables
        .map(|((table, name), all)| Table {
            id: &table.id,
            all,
            name: name.clone(),
            columns: columns(database, table, name, rows),
        })
        .collect()
}

fn columns<'schema>(
    database: &'schema model::Database,
    table: &'schema model::Table,
    name: &str,
    rows: &[String],
) -> Vec<Column<'schema>> {
    let is_there = |column: &&model::Column| {
        column.status.as_ref().is_none_or(|status| !matches!(status.word.as_str(), "deleting" | "failed"))
    };
    let row_of = |id: &str| {
        let place = database.tables.iter().position(|table| table.id == id)?;
        rows.get(place).cloned()
    };
    table
        .columns
        .iter()
        .filter(is_there)
        .filter_map(|column| {
            let holds = match &column.kind {
                ColumnKind::Boolean => Holds::Boolean,
                ColumnKind::Integer { .. } => Holds::Integer,
                ColumnKind::BigInteger { .. } => Holds::BigInteger,
                ColumnKind::Float { .. } => Holds::Float,
                ColumnKind::Datetime => Holds::Date,
                ColumnKind::Point => Holds::Point,
                ColumnKind::Line => Holds::Line,
                ColumnKind::Polygon => Holds::Polygon,
                ColumnKind::Enum { elements } if !elements.is_empty() => {
                    let word = pascal(&column.key);
                    let word = word.trim_start_matches('_');
                    let own =
                        format!("{name}{}", if column.array { singular(word) } else { word.to_owned() });
                    // A table may be called so, or what is made of its name.
                    let is_taken = rows.iter().any(|row| {
                        own == *row || own.strip_prefix(row.as_str()).is_some_and(|end| ENDS.contains(&end))
                    });
                    Holds::Enum(if is_taken { format!("{own}Value") } else { own }, elements)
                }
                ColumnKind::Relationship(relationship) => {
                    Holds::Rows(row_of(&relationship.related_table)?, relationship.is_many())
                }
                _ => Holds::Text,
            };
            Some(Column { key: &column.key, of: column, holds })
        })
        .collect()
}

/// What something is called by its ID, or by its name where the server made the ID.
fn titled(id: &str, name: &str) -> String {
    let is_made = id.len() == 20 && id.chars().all(|letter| letter.is_ascii_hexdigit());
    pascal(if is_made && name.contains(char::is_alphanumeric) { name } else { id })
}

/// `order_items` → `OrderItems`, `2020` → `_2020`.
fn pascal(name: &str) -> String {
    let pascal = names::pascal(name);
    if pascal.starts_with(char::is_alphabetic) { pascal } else { format!("_{pascal}") }
}

/// Names that are all different, and none of those that are taken.
fn distinct(wanted: impl Iterator<Item = String>, taken: &[&str]) -> Vec<String> {
    let mut given: HashSet<String> = taken.iter().map(|&name| name.to_owned()).collect();
    wanted
        .map(|name| {
            let mut free = name.clone();
            let mut number = 2;
            while !given.insert(free.clone()) {
                free = format!("{name}{number}");
                number += 1;
            }
            free
        })
        .collect()
}

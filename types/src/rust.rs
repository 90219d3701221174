//! Rust: structs with serde, and a struct for each database. The layout is rustfmt's with its own settings.

use anyhow::Result;
use polywrite_api::names;
use serde::Serialize;

use crate::{
    layout::{Layout, width},
    outline::{Column, Holds, Outline, Table},
    templates,
};

const LAYOUT: Layout = Layout { limit: 100, step: "    " };

/// The longest line of a struct's fields.
const LITERAL: usize = 18;

/// Columns that each row has: the names of their constants, and their keys.
const OWN: &[(&str, &str)] =
    &[("ROW_ID", "$id"), ("ROW_CREATED_AT", "$createdAt"), ("ROW_UPDATED_AT", "$updatedAt")];

#[derive(Serialize)]
struct File {
    uses: Vec<String>,
    tables: Vec<Types>,
    databases: Vec<Database>,
}

#[derive(Serialize)]
struct Types {
    id: String,
    database: String,
    name: String,
    enums: Vec<Enum>,
    row: Vec<Field>,
    columns: Vec<Constant>,
    has_required: bool,
    new: Vec<Field>,
    constructor: String,
    given: String,
    changes: Vec<Setter>,
}

#[derive(Serialize)]
struct Enum {
    key: String,
    name: String,
    members: Vec<(String, String)>,
}

#[derive(Serialize)]
struct Field {
    comment: Option<String>,
    attribute: Option<String>,
    line: String,
}

#[derive(Serialize)]
struct Constant {
    key: String,
    line: String,
}

#[derive(Serialize)]
struct Setter {
    key: String,
    name: String,
    field: Field,
    head: String,
}

#[derive(Serialize)]
struct Database {
    id: String,
    name: String,
    tables: Vec<Member>,
}

#[derive(Serialize)]
struct Member {
    id: String,
    name: String,
    row: String,
}

pub(crate) fn write(outline: &Outline<'_>) -> Result<String> {
    let tables = outline
        .databases
        .iter()
        .flat_map(|database| database.tables.iter().map(|table| types(database.id, table)));
    let file = File {
        uses: uses(outline),
        tables: tables.collect(),
        databases: outline
            .databases
            .iter()
            .map(|database| Database {
                id: database.id.to_owned(),
                name: database.name.clone(),
                tables: members(&database.tables),
            })
            .collect(),
    };
    templates("rust").render("types.rs", file)
}

fn uses(outline: &Outline<'_>) -> Vec<String> {
    let columns = || outline.tables().flat_map(|table| &table.columns);
    let has = |wanted: fn(&Holds<'_>) -> bool| columns().any(|column| wanted(&column.holds));
    let rows = has(|holds| matches!(holds, Holds::Rows(..)));
    let shapes = has(|holds| matches!(holds, Holds::Point | Holds::Line | Holds::Polygon));
    let enums = has(|holds| matches!(holds, Holds::Enum(..)));
    let any = columns().next().is_some();
    let names = [
        (any, "Change"),
        (true, "Column"),
        (shapes, "Geometry"),
        (enums, "Held"),
        (any, "IntoChange"),
        (rows, "Link"),
        (true, "Record"),
        (rows, "Relation"),
    ];
    let names: Vec<&str> = names.iter().filter(|(is_used, _)| *is_used).map(|(_, name)| *name).collect();
    let mut uses = Vec::new();
    if rows {
        uses.push("polywrite::models::Row".to_owned());
    }
    uses.push("polywrite::services::{Table, TablesDB}".to_owned());
    uses.push(format!("polywrite::table::{{{}}}", names.join(", ")));
    uses.push("polywrite::{Client, TransactionCall}".to_owned());
    uses.push("serde::{Deserialize, Serialize}".to_owned());
    uses
}

fn types(database: &str, table: &Table<'_>) -> Types {
    let fields = field_names(table);
    let named = || table.columns.iter().zip(&fields);
    let required: Vec<_> = named().filter(|(column, _)| column.is_required()).collect();
    Types {
        id: table.id.to_owned(),
        database: database.to_owned(),
        name: table.name.clone(),
        enums: table
            .enums()
            .map(|(key, name, values)| Enum {
                key: key.to_owned(),
                name: name.to_owned(),
                members: members_of(values),
            })
            .collect(),
        row: named().map(|(column, name)| row_field(column, name)).collect(),
        columns: constants(table),
        has_required: !required.is_empty(),
        new: named().map(|(column, name)| new_field(column, name)).collect(),
        constructor: constructor(&required),
        given: made(&named().map(|(column, name)| given(column, name)).collect::<Vec<_>>()),
        changes: named().map(|(column, name)| setter(column, name)).collect(),
    }
}

fn field_names(table: &Table<'_>) -> Vec<String> {
    names::distinct(table.columns.iter().map(|column| names::rust_identifier(column.key)), &[])
}

/// The members of an enum with their values.
fn members_of(values: &[String]) -> Vec<(String, String)> {
    names::distinct(values.iter().map(|value| names::member(value)), &["Self"])
        .into_iter()
        .zip(values.iter().map(|value| format!("{value:?}")))
        .collect()
}

/// What serde has to know of a field.
fn attribute(column: &Column<'_>, name: &str, skips: bool) -> Option<String> {
    let mut parts = Vec::new();
    if name.strip_prefix("r#").unwrap_or(name) != column.key {
        parts.push(format!("rename = {:?}", column.key));
    }
    if skips {
        parts.push("skip_serializing_if = \"Option::is_none\"".to_owned());
    }
    (!parts.is_empty()).then(|| LAYOUT.list("    ", "#[serde(", &parts, ")]"))
}

/// One value of a column.
fn one(column: &Column<'_>) -> String {
    match &column.holds {
        Holds::Text | Holds::Date => "String".to_owned(),
        Holds::Integer | Holds::BigInteger => "i64".to_owned(),
        Holds::Float => "f64".to_owned(),
        Holds::Boolean => "bool".to_owned(),
        Holds::Point => "[f64; 2]".to_owned(),
        Holds::Line => "Vec<[f64; 2]>".to_owned(),
        Holds::Polygon => "Vec<Vec<[f64; 2]>>".to_owned(),
        Holds::Enum(name, _) => name.clone(),
        Holds::Rows(name, _) => format!("Link<New{name}>"),
    }
}

/// What is written into a column.
fn written(column: &Column<'_>) -> String {
    let one = one(column);
    let many = column.of.array || matches!(column.holds, Holds::Rows(_, true));
    if many { format!("Vec<{one}>") } else { one }
}

fn row_field(column: &Column<'_>, name: &str) -> Field {
    let kind = match &column.holds {
        Holds::Rows(row, true) => format!("Option<Vec<Row<{row}>>>"),
        Holds::Rows(row, false) => format!("Option<Box<Row<{row}>>>"),
        _ if column.is_nullable() => format!("Option<{}>", written(column)),
        _ => written(column),
    };
    Field {
        comment: column.is_relationship().then(|| "There where it is selected.".to_owned()),
        attribute: attribute(column, name, column.is_relationship()),
        line: LAYOUT.pair("    ", &format!("pub {name}:"), &format!("{kind},")),
    }
}

fn new_field(column: &Column<'_>, name: &str) -> Field {
    let kind = written(column);
    let kind = if column.is_required() { kind } else { format!("Option<{kind}>") };
    Field {
        comment: column.default().map(|default| format!("Default: {default}.")),
        attribute: attribute(column, name, !column.is_required()),
        line: LAYOUT.pair("    ", &format!("pub {name}:"), &format!("{kind},")),
    }
}

/// The head of what makes a new row of its required columns.
fn constructor(required: &[(&Column<'_>, &String)]) -> String {
    let arguments: Vec<String> = required
        .iter()
        .map(|(column, name)| match written(column).as_str() {
            "String" => format!("{name}: impl Into<String>"),
            kind => format!("{name}: {kind}"),
        })
        .collect();
    LAYOUT.list("    ", "pub fn new(", &arguments, ") -> Self {")
}

/// A field of a new row that has its required columns only.
fn given(column: &Column<'_>, name: &str) -> String {
    match (column.is_required(), written(column).as_str()) {
        (false, _) => format!("{name}: None"),
        (true, "String") => format!("{name}: {name}.into()"),
        (true, _) => name.to_owned(),
    }
}

/// A struct of its fields.
fn made(fields: &[String]) -> String {
    let line = fields.join(", ");
    if width(&line) <= LITERAL {
        format!("        Self {{ {line} }}")
    } else {
        format!("        Self {{\n            {},\n        }}", fields.join(",\n            "))
    }
}

fn setter(column: &Column<'_>, name: &str) -> Setter {
    let written = written(column);
    let to_one = matches!(column.holds, Holds::Rows(_, false));
    let kind = if column.is_nullable() || to_one { format!("Option<{written}>") } else { written };
    let arguments = ["mut self".to_owned(), format!("value: impl IntoChange<{kind}>")];
    Setter {
        key: column.key.to_owned(),
        name: name.to_owned(),
        field: Field {
            comment: None,
            attribute: attribute(column, name, true),
            line: LAYOUT.pair("    ", &format!("{name}:"), &format!("Option<Change<{kind}>>,")),
        },
        head: LAYOUT.list("    ", &format!("pub fn {name}("), &arguments, ") -> Self {"),
    }
}

/// The constants for queries.
fn constants(table: &Table<'_>) -> Vec<Constant> {
    let own = OWN.iter().map(|(name, key)| ((*name).to_owned(), *key, ("Column", "String".to_owned())));
    let columns = table.columns.iter().map(|column| {
        let kind = match &column.holds {
            Holds::Point | Holds::Line | Holds::Polygon => ("Column", "Geometry".to_owned()),
            Holds::Rows(row, _) => ("Relation", row.clone()),
            _ => ("Column", one(column)),
        };
        (names::screaming_snake(column.key), column.key, kind)
    });
    let all: Vec<_> = columns.chain(own).collect();
    let distinct = names::distinct(all.iter().map(|(name, _, _)| name.clone()), &[]);
    all.iter()
        .zip(distinct)
        .map(|((_, key, (constructor, kind)), name)| Constant {
            key: (*key).to_owned(),
            line: constant(&name, constructor, kind, key),
        })
        .collect()
}

fn constant(name: &str, constructor: &str, kind: &str, key: &str) -> String {
    let head = format!("pub const {name}: {constructor}<Self, {kind}> =");
    let value = format!("{constructor}::new({key:?});");
    if 4 + width(&head) <= LAYOUT.limit {
        return LAYOUT.pair("    ", &head, &value);
    }
    format!("    pub const {name}: {constructor}<\n        Self,\n        {kind},\n    > = {value}")
}

fn members(tables: &[Table<'_>]) -> Vec<Member> {
    let names = tables.iter().map(|table| match names::rust_identifier(&table.all) {
        taken if taken == "service" => "service_table".to_owned(),
        name => name,
    });
    names::distinct(names, &[])
        .into_iter()
        .zip(tables)
        .map(|(name, table)| Member { id: table.id.to_owned(), name, row: table.name.clone() })
        .collect()
}

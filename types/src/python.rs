//! Python: rows as they are asked for, TypedDicts for what is written, and a class for each database. The layout is that
//! of `ruff format` with its own settings.

use std::collections::BTreeSet;

use anyhow::Result;
use polywrite_api::names;
use serde::Serialize;

use crate::{
    layout::{quoted, width},
    outline::{Column, Holds, Outline, Table},
    templates,
};

const LIMIT: usize = 88;

/// What the tables of a database cannot be called: members of every database.
const MEMBERS: &[&str] = &["run_transaction", "transaction"];

/// What columns cannot be called: members of dataclasses for rows, and of pydantic's models.
const FIELDS: &[&str] = &["construct", "copy", "dict", "from_dict", "json", "schema", "validate"];

/// Words that cannot be names.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// What rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// Dataclasses.
    #[default]
    Dataclass,
    /// TypedDicts: rows stay the dicts that the server sent.
    TypedDict,
    /// Models of pydantic.
    Pydantic,
}

#[derive(Serialize)]
struct File {
    standard: Vec<String>,
    pydantic: Option<String>,
    imports: Vec<&'static str>,
    tables: Vec<Types>,
    databases: Vec<Database>,
}

#[derive(Serialize)]
struct Types {
    id: String,
    name: String,
    enums: Vec<Enum>,
    row: String,
    new: String,
    changes: String,
    queries: Vec<String>,
    table: String,
    async_table: String,
}

#[derive(Serialize)]
struct Enum {
    key: String,
    line: String,
}

#[derive(Serialize)]
struct Database {
    id: String,
    name: String,
    tables: Vec<Member>,
}

#[derive(Serialize)]
struct Member {
    name: String,
    kind: String,
    line: String,
    async_line: String,
}

pub(crate) fn write(outline: &Outline<'_>, rows: Rows) -> Result<String> {
    let file = File {
        standard: standard(outline, rows),
        pydantic: (rows == Rows::Pydantic).then(|| {
            let names =
                outline.tables().flat_map(|table| &table.columns).any(|column| field_name(column.key).1);
            format!("from pydantic import BaseModel{}", if names { ", Field" } else { "" })
        }),
        imports: imports(outline, rows),
        tables: outline.tables().map(|table| types(outline, table, rows)).collect(),
        databases: outline
            .databases
            .iter()
            .map(|database| Database {
                id: database.id.to_owned(),
                name: database.name.clone(),
                tables: database.tables.iter().map(|table| member(database.id, table)).collect(),
            })
            .collect(),
    };
    templates("python").render("types.py", file)
}

/// Imports of the standard library.
fn standard(outline: &Outline<'_>, rows: Rows) -> Vec<String> {
    let mut lines = Vec::new();
    if rows == Rows::Dataclass {
        let renamed =
            outline.tables().flat_map(|table| &table.columns).any(|column| field_name(column.key).1);
        lines.push(format!("from dataclasses import dataclass{}", if renamed { ", field" } else { "" }));
    }
    if columns(outline).any(|column| matches!(column.holds, Holds::Date)) {
        lines.push("from datetime import datetime".to_owned());
    }
    let never = outline.tables().any(|table| groups(outline, table).iter().any(Vec::is_empty));
    let never = if never { "NoReturn, " } else { "" };
    lines.push(format!("from typing import Literal, {never}TypeAlias, TypedDict"));
    lines
}

/// What the file has from `polywrite.tables`.
fn imports(outline: &Outline<'_>, rows: Rows) -> Vec<&'static str> {
    let mut names: BTreeSet<&'static str> =
        ["AsyncTable", "AsyncTables", "AsyncTablesDB", "Queries", "Table", "Tables", "TablesDB"].into();
    if rows == Rows::Dataclass {
        names.insert("Record");
    }
    for column in columns(outline) {
        names.extend(match column.holds {
            Holds::Point => Some("Point"),
            Holds::Line => Some("Line"),
            Holds::Polygon => Some("Polygon"),
            Holds::Rows(..) if rows != Rows::TypedDict => Some("Row"),
            _ => None,
        });
        names.extend(change(column));
    }
    names.into_iter().collect()
}

fn columns<'outline>(outline: &'outline Outline<'_>) -> impl Iterator<Item = &'outline Column<'outline>> {
    outline.tables().flat_map(|table| &table.columns)
}

fn types(outline: &Outline<'_>, table: &Table<'_>, rows: Rows) -> Types {
    let name = &table.name;
    let alias = |start: &str, class: &str| {
        let parts = [name.clone(), format!("New{name}"), format!("{name}Changes"), format!("{name}Queries")];
        wrapped("", &format!("{start}{name}Table: TypeAlias = {class}["), &parts, "]")
    };
    Types {
        id: table.id.to_owned(),
        name: name.clone(),
        enums: table
            .enums()
            .map(|(key, name, values)| {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                Enum {
                    key: key.to_owned(),
                    line: wrapped("", &format!("{name}: TypeAlias = Literal["), &values, "]"),
                }
            })
            .collect(),
        row: row(table, rows),
        new: new(table),
        changes: changes(table),
        queries: queries(outline, table),
        table: alias("", "Table"),
        async_table: alias("Async", "AsyncTable"),
    }
}

/// The class of a row.
fn row(table: &Table<'_>, rows: Rows) -> String {
    let name = &table.name;
    let about = format!("A row of the table `{}`.", table.id);
    let (head, base) = match rows {
        Rows::Dataclass => ("@dataclass(kw_only=True)\n", "Record"),
        Rows::Pydantic => ("", "BaseModel"),
        Rows::TypedDict => return row_dict(table, &about),
    };
    let fields: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            let (name, is_renamed) = field_name(column.key);
            let kind = row_type(column, rows);
            let head = format!("{name}: {kind}");
            let default = column.is_relationship().then(|| "default=None".to_owned());
            match (is_renamed, default) {
                (false, None) => annotated(&name, &kind, ""),
                (false, Some(_)) => annotated(&name, &kind, "None"),
                (true, default) => {
                    let (call, column) = if rows == Rows::Pydantic {
                        ("Field(", format!("alias={}", quoted(column.key)))
                    } else {
                        ("field(", format!("metadata={{\"column\": {}}}", quoted(column.key)))
                    };
                    let parts: Vec<String> = default.into_iter().chain([column]).collect();
                    wrapped("    ", &format!("{head} = {call}"), &parts, ")")
                }
            }
        })
        .collect();
    format!("{head}{}", class(name, base, &about, &fields))
}

fn row_dict(table: &Table<'_>, about: &str) -> String {
    let name = &table.name;
    let own = |related: bool| {
        let columns = table.columns.iter().filter(move |column| column.is_relationship() == related);
        columns.map(|column| (column.key.to_owned(), row_type(column, Rows::TypedDict))).collect::<Vec<_>>()
    };
    let (columns, related) = (own(false), own(true));
    if related.is_empty() {
        return dict(name, "TypedDict", "", about, &columns);
    }
    let every = dict(
        &format!("{name}Columns"),
        "TypedDict",
        "",
        &format!("What each row of `{}` has.", table.id),
        &columns,
    );
    format!("{every}\n\n\n{}", dict(name, &format!("{name}Columns"), "total=False", about, &related))
}

fn new(table: &Table<'_>) -> String {
    let name = format!("New{}", table.name);
    let about = format!("What a new row of `{}` is made of.", table.id);
    let own = |required: bool| {
        let columns = table.columns.iter().filter(move |column| column.is_required() == required);
        columns.map(|column| (column.key.to_owned(), written_type(column))).collect::<Vec<_>>()
    };
    let (required, optional) = (own(true), own(false));
    if required.is_empty() {
        return dict(&name, "TypedDict", "total=False", &about, &optional);
    }
    if optional.is_empty() {
        return dict(&name, "TypedDict", "", &about, &required);
    }
    let base = format!("{}Required", table.name);
    let must = format!("What a new row of `{}` must have.", table.id);
    let every = dict(&base, "TypedDict", "", &must, &required);
    format!("{every}\n\n\n{}", dict(&name, &base, "total=False", &about, &optional))
}

fn changes(table: &Table<'_>) -> String {
    let members: Vec<(String, String)> = table
        .columns
        .iter()
        .map(|column| {
            let written = written_type(column);
            let kind = match (change(column), written.strip_suffix(" | None")) {
                (None, _) => written,
                (Some(change), None) => format!("{written} | {change}"),
                (Some(change), Some(one)) => format!("{one} | {change} | None"),
            };
            (column.key.to_owned(), kind)
        })
        .collect();
    let about = format!("What can change in a row of `{}`.", table.id);
    dict(&format!("{}Changes", table.name), "TypedDict", "total=False", &about, &members)
}

/// What the server can do to a column's value, apart from texts and dates.
fn change(column: &Column<'_>) -> Option<&'static str> {
    match column.holds {
        Holds::Rows(..) => None,
        _ if column.of.array => Some("ListChange"),
        Holds::Integer | Holds::BigInteger | Holds::Float => Some("NumberChange"),
        Holds::Boolean => Some("BooleanChange"),
        _ => None,
    }
}

/// A TypedDict: a class, or a call where a key cannot be a name.
fn dict(name: &str, base: &str, total: &str, about: &str, members: &[(String, String)]) -> String {
    let is_name = |(key, _): &(String, String)| is_name(key);
    if members.iter().all(is_name) {
        let members: Vec<String> = members.iter().map(|(key, kind)| annotated(key, kind, "")).collect();
        let total = if total.is_empty() { String::new() } else { format!(", {total}") };
        return class(name, &format!("{base}{total}"), about, &members);
    }
    let mut lines = Vec::new();
    let (call, bases) =
        if base == "TypedDict" { (name.to_owned(), None) } else { (format!("{name}Columns2"), Some(base)) };
    lines.push(format!("{call} = TypedDict("));
    lines.push(format!("    {},", quoted(&call)));
    lines.push("    {".to_owned());
    lines.extend(members.iter().map(|(key, kind)| format!("        {}: {},", quoted(key), quoted(kind))));
    lines.push("    },".to_owned());
    if !total.is_empty() {
        lines.push(format!("    {total},"));
    }
    lines.push(")".to_owned());
    match bases {
        None => lines.push(format!("\"\"\"{about}\"\"\"")),
        Some(base) => {
            lines.push(String::new());
            lines.push(String::new());
            lines.push(class(name, &format!("{base}, {call}"), about, &[]));
        }
    }
    lines.join("\n")
}

fn class(name: &str, base: &str, about: &str, members: &[String]) -> String {
    let head = format!("class {name}({base}):");
    let mut text = if width(&head) <= LIMIT { head } else { format!("class {name}(\n    {base}\n):") };
    text.push_str(&format!("\n    \"\"\"{about}\"\"\""));
    if !members.is_empty() {
        text.push_str("\n\n");
        text.push_str(&members.join("\n"));
    }
    text
}

fn row_type(column: &Column<'_>, rows: Rows) -> String {
    let one = match &column.holds {
        Holds::Text => "str",
        Holds::Date if rows == Rows::TypedDict => "str",
        Holds::Date => "datetime",
        Holds::Integer | Holds::BigInteger => "int",
        Holds::Float => "float",
        Holds::Boolean => "bool",
        // JSON has no tuples.
        Holds::Point if rows == Rows::TypedDict => "list[float]",
        Holds::Line if rows == Rows::TypedDict => "list[list[float]]",
        Holds::Polygon if rows == Rows::TypedDict => "list[list[list[float]]]",
        Holds::Point => "Point",
        Holds::Line => "Line",
        Holds::Polygon => "Polygon",
        Holds::Enum(name, _) => name,
        Holds::Rows(name, many) => {
            let row = if rows == Rows::TypedDict { name.clone() } else { format!("Row[{name}]") };
            return match (many, rows) {
                (true, Rows::TypedDict) => format!("list[{row}]"),
                (true, _) => format!("list[{row}] | None"),
                (false, _) => format!("{row} | None"),
            };
        }
    };
    optional(column, one)
}

fn written_type(column: &Column<'_>) -> String {
    let one = match &column.holds {
        Holds::Text => "str",
        Holds::Date => "datetime | str",
        Holds::Integer | Holds::BigInteger => "int",
        Holds::Float => "float",
        Holds::Boolean => "bool",
        Holds::Point => "Point",
        Holds::Line => "Line",
        Holds::Polygon => "Polygon",
        Holds::Enum(name, _) => name,
        Holds::Rows(name, true) => return format!("list[str | New{name}]"),
        Holds::Rows(name, false) => return format!("str | New{name} | None"),
    };
    optional(column, one)
}

fn optional(column: &Column<'_>, one: &str) -> String {
    match (column.of.array, column.is_nullable()) {
        (true, _) => format!("list[{one}]"),
        (false, true) => format!("{one} | None"),
        (false, false) => one.to_owned(),
    }
}

/// The columns by what they are compared with: texts, dates, numbers, truth values, geometries, and what stands for many.
fn groups(outline: &Outline<'_>, table: &Table<'_>) -> [Vec<String>; 6] {
    let mut groups: [Vec<String>; 6] = Default::default();
    groups[0].extend(["$id".to_owned(), "$sequence".to_owned()]);
    groups[1].extend(["$createdAt".to_owned(), "$updatedAt".to_owned()]);
    groups[5].push("*".to_owned());
    let group = |holds: &Holds<'_>| match holds {
        Holds::Text | Holds::Enum(..) => Some(0),
        Holds::Date => Some(1),
        Holds::Integer | Holds::BigInteger | Holds::Float => Some(2),
        Holds::Boolean => Some(3),
        Holds::Point | Holds::Line | Holds::Polygon => Some(4),
        Holds::Rows(..) => None,
    };
    for column in &table.columns {
        if let Some(place) = group(&column.holds) {
            groups[place].push(column.key.to_owned());
        }
    }
    for column in &table.columns {
        let Holds::Rows(name, _) = &column.holds else { continue };
        let Some(related) = outline.table(name) else { continue };
        groups[5].push(format!("{}.*", column.key));
        groups[0].push(format!("{}.$id", column.key));
        for other in &related.columns {
            if let Some(place) = group(&other.holds) {
                groups[place].push(format!("{}.{}", column.key, other.key));
            }
        }
    }
    groups
}

/// The parts of the type of a table's queries.
fn queries(outline: &Outline<'_>, table: &Table<'_>) -> Vec<String> {
    let literals = groups(outline, table).map(|names| {
        if names.is_empty() {
            return "    NoReturn,".to_owned();
        }
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        wrapped("    ", "Literal[", &names, "],")
    });
    std::iter::once(format!("    {},", table.name)).chain(literals).collect()
}

fn member(database: &str, table: &Table<'_>) -> Member {
    let name = names::python_argument(&table.all);
    let name = if MEMBERS.contains(&name.as_str()) { format!("{name}_table") } else { name };
    let parts = [
        "service".to_owned(),
        quoted(database),
        quoted(table.id),
        table.name.clone(),
        "Queries()".to_owned(),
    ];
    let line = |class: &str| wrapped("        ", &format!("self.{name} = {class}("), &parts, ")");
    Member { line: line("Table"), async_line: line("AsyncTable"), kind: format!("{}Table", table.name), name }
}

/// The name of a column in a class, and whether it is another one than its key.
fn field_name(key: &str) -> (String, bool) {
    if is_name(key) && !FIELDS.contains(&key) && !key.starts_with("model_") {
        return (key.to_owned(), false);
    }
    let name = names::python_argument(key);
    let name =
        if FIELDS.contains(&name.as_str()) || name.starts_with("model_") { format!("x{name}") } else { name };
    // A name that begins with an underscore would not be a field of pydantic's.
    (if name.starts_with('_') { format!("x{name}") } else { name }, true)
}

fn is_name(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !KEYWORDS.contains(&key)
}

/// A member of a class with its type, and its default if it has one.
fn annotated(name: &str, kind: &str, default: &str) -> String {
    let end = if default.is_empty() { String::new() } else { format!(" = {default}") };
    let line = format!("    {name}: {kind}{end}");
    if width(&line) <= LIMIT {
        return line;
    }
    let head = format!("    {name}: {kind} = (");
    if !default.is_empty() && width(&head) <= LIMIT {
        return format!("{head}\n        {default}\n    )");
    }
    if !kind.contains(" | ") {
        let (class, inner) = kind.split_once('[').unwrap_or((kind, ""));
        return format!(
            "    {name}: {class}[\n        {}\n    ]{end}",
            inner.strip_suffix(']').unwrap_or(inner)
        );
    }
    let inner = if 8 + width(kind) <= LIMIT { kind.to_owned() } else { kind.replace(" | ", "\n        | ") };
    format!("    {name}: (\n        {inner}\n    ){end}")
}

/// Items on one line, on one line of their own, or a line each, whatever fits first.
fn wrapped(indent: &str, head: &str, items: &[String], tail: &str) -> String {
    let line = items.join(", ");
    let one = format!("{indent}{head}{line}{tail}");
    if width(&one) <= LIMIT {
        return one;
    }
    let body = if items.len() == 1 || width(indent) + 4 + width(&line) <= LIMIT {
        line
    } else {
        format!("{},", items.join(&format!(",\n{indent}    ")))
    };
    format!("{indent}{head}\n{indent}    {body}\n{indent}{tail}")
}

//! Swift: structs that are `Codable`, and a struct for each database. The layout is that of `swift format` with its own
//! settings.

use anyhow::Result;
use polywrite_api::names;
use polywrite_codegen::targets::{swift_identifier, swift_member};
use serde::Serialize;

use crate::{
    layout::{Layout, width},
    outline::{Column, Holds, Outline, Table},
    templates,
};

const LAYOUT: Layout = Layout { limit: 100, step: "  " };

/// What the tables of a database cannot be called: members of every database.
const MEMBERS: &[&str] = &["init", "service", "transaction"];

/// What columns cannot be called: members of every row, or of all columns.
const FIELDS: &[&str] = &["init", "rowCreatedAt", "rowId", "rowUpdatedAt"];

#[derive(Serialize)]
struct File {
    imports: Vec<&'static str>,
    tables: Vec<Types>,
    databases: Vec<Database>,
}

#[derive(Serialize)]
struct Types {
    id: String,
    name: String,
    enums: Vec<Enum>,
    /// The heads of its structs.
    heads: Heads,
    facts: Vec<String>,
    /// The cases of the coding keys, where a property is not called like its column.
    keys: Vec<String>,
    row: Vec<Field>,
    columns: Vec<String>,
    new: Vec<Field>,
    changes: Vec<Field>,
}

#[derive(Serialize)]
struct Heads {
    row: String,
    columns: String,
    new: String,
    changes: String,
}

#[derive(Serialize)]
struct Enum {
    key: String,
    head: String,
    cases: Vec<String>,
}

#[derive(Serialize)]
struct Field {
    key: String,
    comment: Option<String>,
    name: String,
    line: String,
    /// How an initializer takes it.
    argument: String,
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
    line: String,
}

pub(crate) fn write(outline: &Outline<'_>) -> Result<String> {
    let tables = outline
        .databases
        .iter()
        .flat_map(|database| database.tables.iter().map(|table| types(database.id, table)));
    let databases = outline.databases.iter().map(|database| Database {
        id: database.id.to_owned(),
        name: database.name.clone(),
        tables: members(&database.tables),
    });
    let file = File { imports: imports(outline), tables: tables.collect(), databases: databases.collect() };
    templates("swift").render("types.swift", file)
}

fn imports(outline: &Outline<'_>) -> Vec<&'static str> {
    let has = |wanted: fn(&Holds<'_>) -> bool| {
        outline.tables().flat_map(|table| &table.columns).any(|column| wanted(&column.holds))
    };
    let foundation = has(|holds| matches!(holds, Holds::Date)).then_some("Foundation");
    let models = has(|holds| matches!(holds, Holds::Rows(..))).then_some("PolywriteModels");
    foundation.into_iter().chain(["Polywrite"]).chain(models).collect()
}

fn types(database: &str, table: &Table<'_>) -> Types {
    let fields = field_names(table);
    let fields: Vec<(&Column<'_>, String)> = table.columns.iter().zip(fields).collect();
    let is_renamed = fields.iter().any(|(column, name)| plain(name) != column.key);
    let keys = fields.iter().map(|(column, name)| (name.clone(), column.key));
    let of = |kind: fn(&Column<'_>) -> Kind| -> Vec<Field> {
        let last = fields.len().saturating_sub(1);
        let all = fields.iter().enumerate();
        all.map(|(place, (column, name))| field(column, name, kind(column), place == last)).collect()
    };
    let name = &table.name;
    let alias = |alias: &str, name: &str| LAYOUT.pair("  ", &format!("public typealias {alias} ="), name);
    let constant = |name: &str, value: &str| LAYOUT.pair("  ", &format!("public static let {name} ="), value);
    Types {
        id: table.id.to_owned(),
        name: name.clone(),
        enums: table
            .enums()
            .map(|(key, name, values)| Enum {
                key: key.to_owned(),
                head: head("enum", name, &["String", "TableEnum"]),
                cases: cases("  ", values.iter().map(|value| (swift_member(value), value.as_str()))),
            })
            .collect(),
        heads: Heads {
            row: head("struct", name, &["TableRecord"]),
            columns: head("struct", &format!("{name}Columns"), &["TableColumns"]),
            new: head("struct", &format!("New{name}"), &["Encodable", "Sendable"]),
            changes: head("struct", &format!("{name}Changes"), &["Encodable", "Sendable"]),
        },
        facts: vec![
            alias("New", &format!("New{name}")),
            alias("Changes", &format!("{name}Changes")),
            constant("databaseId", &literal(database)),
            constant("tableId", &literal(table.id)),
            constant("columns", &format!("{name}Columns()")),
        ],
        keys: if is_renamed { cases("    ", keys) } else { Vec::new() },
        row: of(in_row),
        columns: fields.iter().map(|(column, name)| column_constant(column, name)).collect(),
        new: of(in_new),
        changes: of(in_changes),
    }
}

/// The first line of a type, up to its brace.
fn head(word: &str, name: &str, conforms: &[&str]) -> String {
    let line = format!("public {word} {name}: {} {{", conforms.join(", "));
    if width(&line) <= LAYOUT.limit {
        return line;
    }
    let (first, rest) = conforms.split_at(conforms.len() - 1);
    let first: String = first.iter().map(|name| format!(" {name},")).collect();
    format!("public {word} {name}:{first}\n  {}\n{{", rest.concat())
}

fn field_names(table: &Table<'_>) -> Vec<String> {
    let names = table.columns.iter().map(|column| match swift_identifier(column.key) {
        name if FIELDS.contains(&plain(&name)) => format!("{}Column", plain(&name)),
        name => name,
    });
    names::distinct(names, &[])
}

/// A name without its backticks.
fn plain(name: &str) -> &str {
    name.trim_matches('`')
}

/// The cases of an enum, with the texts that are not their names.
fn cases<'text>(indent: &str, named: impl Iterator<Item = (String, &'text str)>) -> Vec<String> {
    let (names, texts): (Vec<_>, Vec<_>) = named.unzip();
    names::distinct(names, &[])
        .into_iter()
        .zip(texts)
        .map(|(name, text)| {
            if plain(&name) == text {
                format!("{indent}case {name}")
            } else {
                LAYOUT.pair(indent, &format!("case {name} ="), &literal(text))
            }
        })
        .collect()
}

/// A text as Swift writes it.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => literal.extend(['\\', letter]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            _ if letter.is_control() => literal.push_str(&format!("\\u{{{:x}}}", u32::from(letter))),
            _ => literal.push(letter),
        }
    }
    literal.push('"');
    literal
}

/// One value of a column, as it is written.
fn one(column: &Column<'_>) -> String {
    match &column.holds {
        Holds::Text => "String".to_owned(),
        Holds::Date => "Date".to_owned(),
        Holds::Integer | Holds::BigInteger => "Int".to_owned(),
        Holds::Float => "Double".to_owned(),
        Holds::Boolean => "Bool".to_owned(),
        Holds::Point => "GeoPoint".to_owned(),
        Holds::Line => "[GeoPoint]".to_owned(),
        Holds::Polygon => "[[GeoPoint]]".to_owned(),
        Holds::Enum(name, _) => name.clone(),
        Holds::Rows(name, _) => format!("RowLink<New{name}>"),
    }
}

/// What is written into a column.
fn written(column: &Column<'_>) -> String {
    let many = column.of.array || matches!(column.holds, Holds::Rows(_, true));
    if many { format!("[{}]", one(column)) } else { one(column) }
}

/// What a property holds, and what is to be said of it.
struct Kind {
    of: String,
    comment: Option<String>,
}

fn in_row(column: &Column<'_>) -> Kind {
    let of = match &column.holds {
        Holds::Rows(row, true) => format!("[Row<{row}>]?"),
        Holds::Rows(row, false) => format!("Related<Row<{row}>>?"),
        _ if column.is_nullable() => format!("{}?", written(column)),
        _ => written(column),
    };
    Kind { of, comment: column.is_relationship().then(|| "There where it is selected.".to_owned()) }
}

fn in_new(column: &Column<'_>) -> Kind {
    let null = if column.is_required() { "" } else { "?" };
    let comment = column.default().map(|default| format!("Default: {default}."));
    Kind { of: format!("{}{null}", written(column)), comment }
}

fn in_changes(column: &Column<'_>) -> Kind {
    let to_one = matches!(column.holds, Holds::Rows(_, false));
    let null = if column.is_nullable() || to_one { "?" } else { "" };
    Kind { of: format!("ColumnChange<{}{null}>?", written(column)), comment: None }
}

fn field(column: &Column<'_>, name: &str, kind: Kind, is_last: bool) -> Field {
    Field {
        key: column.key.to_owned(),
        comment: kind.comment,
        name: name.to_owned(),
        line: LAYOUT.pair("  ", &format!("public var {name}:"), &kind.of),
        argument: argument(name, &kind.of, if is_last { "" } else { "," }),
    }
}

/// A parameter of an initializer, with what follows it.
fn argument(name: &str, kind: &str, comma: &str) -> String {
    let default = if kind.ends_with('?') { " = nil" } else { "" };
    let fits = |line: &str| width(line) <= LAYOUT.limit;
    let line = format!("    {name}: {kind}{default}{comma}");
    if fits(&line) {
        return line;
    }
    let line = format!("    {name}: {kind} =");
    if !default.is_empty() && fits(&line) {
        return format!("{line}\n      nil{comma}");
    }
    match kind.strip_prefix("ColumnChange<").and_then(|kind| kind.strip_suffix(">?")) {
        Some(inner) => format!("    {name}: ColumnChange<\n      {inner}\n    >?{default}{comma}"),
        None => format!("    {name}:\n      {kind}{default}{comma}"),
    }
}

/// A column, for queries.
fn column_constant(column: &Column<'_>, name: &str) -> String {
    let (constructor, of) = match &column.holds {
        Holds::Rows(row, _) => ("RelatedColumns", row.clone()),
        _ => ("TableColumn", one(column)),
    };
    let key = [literal(column.key)];
    let head = format!("public let {name} = {constructor}<");
    if 2 + width(&head) + width(&of) + 2 <= LAYOUT.limit {
        return LAYOUT.list_ending("  ", &format!("{head}{of}>("), &key, ")", "");
    }
    format!("  {head}\n    {of}\n  >(\n    {}\n  )", key[0])
}

fn members(tables: &[Table<'_>]) -> Vec<Member> {
    let names = tables.iter().map(|table| match swift_member(&table.all) {
        name if MEMBERS.contains(&plain(&name)) => format!("{}Table", plain(&name)),
        name => name,
    });
    names::distinct(names, &[])
        .into_iter()
        .zip(tables)
        .map(|(name, table)| {
            let head = format!("  public var {name}: TypedTable<{}> {{", table.name);
            let line = format!("{head} TypedTable(service) }}");
            let line = if width(&line) <= LAYOUT.limit {
                line
            } else {
                format!("{head}\n    TypedTable(service)\n  }}")
            };
            Member { id: table.id.to_owned(), line }
        })
        .collect()
}

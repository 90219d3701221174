//! TypeScript: interfaces, and a class for each database. The layout is prettier's with its own settings.

use anyhow::Result;
use polywrite_api::names;
use serde::Serialize;

use crate::{
    layout::{Layout, quoted, width},
    outline::{Column, Holds, Outline, Table},
    templates,
};

const LAYOUT: Layout = Layout { limit: 80, step: "  " };

/// What the tables of a database cannot be called: members of every database.
const MEMBERS: &[&str] = &["constructor", "service", "table", "transaction"];

#[derive(Serialize)]
struct File {
    imports: String,
    tables: Vec<Types>,
    databases: Vec<Database>,
}

#[derive(Serialize)]
struct Types {
    id: String,
    database: String,
    name: String,
    options: String,
    alias: String,
    changes: String,
    enums: Vec<Enum>,
    row: Vec<Field>,
    new: Vec<Field>,
    columns: Vec<String>,
}

#[derive(Serialize)]
struct Enum {
    key: String,
    name: String,
    values: String,
    alias: String,
}

#[derive(Serialize)]
struct Field {
    comment: Option<String>,
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
    id: String,
    line: String,
}

pub(crate) fn write(outline: &Outline<'_>) -> Result<String> {
    let links = outline.tables().flat_map(|table| &table.columns).any(Column::is_relationship);
    let names =
        ["type Client", "type Link", "type Models", "type Table", "type TableOptions", "Tables", "TablesDB"];
    let names: Vec<String> =
        names.iter().filter(|name| links || **name != "type Link").map(ToString::to_string).collect();
    let file = File {
        imports: LAYOUT.list("", "import { ", &names, " } from \"polywrite\";"),
        tables: outline
            .databases
            .iter()
            .flat_map(|database| database.tables.iter().map(|table| types(database.id, table)))
            .collect(),
        databases: outline
            .databases
            .iter()
            .map(|database| Database {
                id: database.id.to_owned(),
                name: database.name.clone(),
                tables: database.tables.iter().map(member).collect(),
            })
            .collect(),
    };
    templates("typescript").render("types.ts", file)
}

fn types(database: &str, table: &Table<'_>) -> Types {
    let name = &table.name;
    let parts = [name.clone(), format!("New{name}"), format!("{name}Changes")];
    Types {
        id: table.id.to_owned(),
        database: quoted(database),
        name: name.clone(),
        options: options(table),
        alias: LAYOUT.list_ending("", &format!("export type {name}Table = Table<"), &parts, ">;", ""),
        changes: LAYOUT.pair("", &format!("export type {name}Changes ="), &format!("Partial<New{name}>;")),
        enums: table.enums().map(|(key, name, values)| enum_of(key, name, values)).collect(),
        row: table.columns.iter().map(row_field).collect(),
        new: table.columns.iter().map(new_field).collect(),
        columns: table.columns.iter().map(column).collect(),
    }
}

/// The constant that says where a table is, and what its columns hold.
fn options(table: &Table<'_>) -> String {
    format!("{}Table", names::camel(&lower_first(&table.name)))
}

fn list_of(enumeration: &str) -> String {
    format!("{}Values", lower_first(enumeration))
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn enum_of(key: &str, name: &str, values: &[String]) -> Enum {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    Enum {
        key: key.to_owned(),
        name: name.to_owned(),
        values: constant(name, &values),
        alias: LAYOUT.pair(
            "",
            &format!("export type {name} ="),
            &format!("(typeof {})[number];", list_of(name)),
        ),
    }
}

fn constant(name: &str, values: &[String]) -> String {
    let head = format!("export const {} =", list_of(name));
    if width(&head) + 2 <= LAYOUT.limit {
        LAYOUT.list("", &format!("{head} ["), values, "] as const;")
    } else {
        format!("{head}\n{}", LAYOUT.list("  ", "[", values, "] as const;"))
    }
}

fn row_field(column: &Column<'_>) -> Field {
    let one = match &column.holds {
        Holds::Text | Holds::Date => "string",
        Holds::Integer | Holds::Float => "number",
        Holds::BigInteger => "number | bigint",
        Holds::Boolean => "boolean",
        Holds::Point => "[number, number]",
        Holds::Line => "[number, number][]",
        Holds::Polygon => "[number, number][][]",
        Holds::Enum(name, _) | Holds::Rows(name, _) => name,
    };
    let (many, null) = match column.holds {
        Holds::Rows(_, many) => (many, !many),
        _ => (column.of.array, column.is_nullable()),
    };
    Field {
        comment: column.is_relationship().then(|| "There where it is selected.".to_owned()),
        line: field(column.key, column.is_relationship(), one, many, null),
    }
}

fn new_field(column: &Column<'_>) -> Field {
    let link;
    let one = match &column.holds {
        Holds::Text => "string",
        Holds::Date => "string | Date",
        Holds::Integer | Holds::Float => "number",
        Holds::BigInteger => "number | bigint",
        Holds::Boolean => "boolean",
        Holds::Point => "[number, number]",
        Holds::Line => "[number, number][]",
        Holds::Polygon => "[number, number][][]",
        Holds::Enum(name, _) => name,
        Holds::Rows(name, _) => {
            link = format!("Link<New{name}>");
            &link
        }
    };
    let (many, null) = match column.holds {
        Holds::Rows(_, many) => (many, !many),
        _ => (column.of.array, column.is_nullable()),
    };
    Field {
        // A text may end the comment.
        comment: column.default().map(|default| format!("Default: {}.", default.replace("*/", "*\\/"))),
        line: field(column.key, !column.is_required(), one, many, null),
    }
}

/// A member of an interface. A union that does not fit has each of its types on a line of its own.
fn field(key: &str, is_optional: bool, one: &str, many: bool, null: bool) -> String {
    let head = format!("{}{}:", property(key), if is_optional { "?" } else { "" });
    let kind = match (one.contains('|'), many) {
        (true, true) => format!("({one})[]"),
        (false, true) => format!("{one}[]"),
        (_, false) => one.to_owned(),
    };
    let kinds: Vec<&str> = if many { vec![&kind] } else { kind.split(" | ").collect() };
    let kinds: Vec<&str> = kinds.into_iter().chain(null.then_some("null")).collect();
    let line = format!("  {head} {};", kinds.join(" | "));
    // A type and null stay together.
    let is_one = kinds.len() == 1 || (kinds.len() == 2 && null);
    if width(&line) <= LAYOUT.limit || is_one {
        return line;
    }
    format!("  {head}\n    | {};", kinds.join("\n    | "))
}

/// What the run time checks of a column.
fn column(column: &Column<'_>) -> String {
    let mut parts = match &column.holds {
        Holds::Text | Holds::Date => vec!["kind: \"text\"".to_owned()],
        Holds::Integer => vec!["kind: \"integer\"".to_owned()],
        Holds::BigInteger => vec!["kind: \"bigint\"".to_owned()],
        Holds::Float => vec!["kind: \"float\"".to_owned()],
        Holds::Boolean => vec!["kind: \"boolean\"".to_owned()],
        Holds::Point => vec!["kind: \"point\"".to_owned()],
        Holds::Line => vec!["kind: \"line\"".to_owned()],
        Holds::Polygon => vec!["kind: \"polygon\"".to_owned()],
        Holds::Enum(name, _) => vec!["kind: \"enum\"".to_owned(), values_of(name)],
        Holds::Rows(name, many) => vec![
            format!("kind: \"{}\"", if *many { "rows" } else { "row" }),
            format!("columns: () => {}Table.columns", lower_first(name)),
        ],
    };
    if column.of.array && !column.is_relationship() {
        parts.push("array: true".to_owned());
    }
    if column.is_nullable() {
        parts.push("nullable: true".to_owned());
    }
    LAYOUT.list("    ", &format!("{}: {{ ", property(column.key)), &parts, " },")
}

/// The values of an enum in an object, whose key is five levels in at most.
fn values_of(name: &str) -> String {
    let values = list_of(name);
    // Six columns before it, and a comma behind.
    if 6 + width("values: ,") + width(&values) <= LAYOUT.limit {
        format!("values: {values}")
    } else {
        format!("values:\n        {values}")
    }
}

fn member(table: &Table<'_>) -> Member {
    let name = names::camel(&lower_first(&table.all));
    let name = if MEMBERS.contains(&name.as_str()) { format!("{name}Table") } else { name };
    let head = format!("readonly {name}: {}Table =", table.name);
    let call = format!("{head} this.table(");
    let line = if 2 + width(&call) <= LAYOUT.limit {
        LAYOUT.list("  ", &call, &[options(table)], ");")
    } else {
        LAYOUT.pair("  ", &head, &format!("this.table({});", options(table)))
    };
    Member { id: table.id.to_owned(), line }
}

/// A key, in quotes where JavaScript needs them.
fn property(key: &str) -> String {
    let is_name = key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_' || first == '$')
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$');
    if is_name { key.to_owned() } else { quoted(key) }
}

//! What a server and Appwrite's own file say, as this crate has it: both describe a project with the same fields.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    error::{Error, Result},
    model::{Bucket, Column, Database, Index, Status, Table, Team, name_on_wire},
};

type Fields = Map<String, Value>;

/// How a server calls the fields of what has an ID, and how this crate does; all others are left out. `null` says nothing.
type Names = [(&'static str, &'static str)];

const DATABASE: &Names = &[("$id", "id"), ("name", "name"), ("enabled", "enabled")];
const TABLE: &Names = &[
    ("$id", "id"),
    ("name", "name"),
    ("enabled", "enabled"),
    ("documentSecurity", "rowSecurity"),
    ("rowSecurity", "rowSecurity"),
    ("$permissions", "permissions"),
];
const BUCKET: &Names = &[
    ("$id", "id"),
    ("name", "name"),
    ("enabled", "enabled"),
    ("fileSecurity", "fileSecurity"),
    ("$permissions", "permissions"),
    ("maximumFileSize", "maximumFileSize"),
    ("allowedFileExtensions", "allowedFileExtensions"),
    ("compression", "compression"),
    ("encryption", "encryption"),
    ("antivirus", "antivirus"),
    ("transformations", "transformations"),
];
const TEAM: &Names = &[("$id", "id"), ("name", "name")];
const INDEX: &Names = &[
    ("key", "key"),
    ("type", "type"),
    ("attributes", "columns"),
    ("columns", "columns"),
    ("orders", "orders"),
    ("lengths", "lengths"),
];

/// A database without its tables.
pub(crate) fn database(fields: Fields) -> Result<Database> {
    named(DATABASE, "a database", fields)
}

/// A table, or the collection that older files call it; `database` is the ID of its database.
pub(crate) fn table(database: &str, mut fields: Fields) -> Result<Table> {
    let place = format!("{database}.{}", text(&fields, "$id"));
    let mut columns = Vec::new();
    for column in list(&place, &mut fields, ["columns", "attributes"])? {
        columns.push(self::column(&place, column)?);
    }
    let mut indexes = Vec::new();
    for index in list(&place, &mut fields, ["indexes", "indexes"])? {
        indexes.push(self::index(&place, index)?);
    }
    Ok(Table { columns, indexes, ..named(TABLE, &place, fields)? })
}

/// A bucket.
pub(crate) fn bucket(fields: Fields) -> Result<Bucket> {
    named(BUCKET, "a bucket", fields)
}

/// A team.
pub(crate) fn team(fields: Fields) -> Result<Team> {
    named(TEAM, "a team", fields)
}

/// Something with an ID, and with a name that is the ID if none is given.
fn named<T: DeserializeOwned>(names: &Names, place: &str, fields: Fields) -> Result<T> {
    let mut fields = renamed(names, fields);
    if let (None, Some(id)) = (fields.get("name"), fields.get("id")) {
        fields.insert("name".to_owned(), id.clone());
    }
    read(place, Value::Object(fields))
}

fn renamed(names: &Names, mut fields: Fields) -> Fields {
    let mut found = Fields::new();
    for (theirs, ours) in names {
        if let Some(value) = fields.remove(*theirs).filter(|value| !value.is_null()) {
            found.insert((*ours).to_owned(), value);
        }
    }
    found
}

/// A list of objects by its name, or by an older one.
pub(crate) fn list(place: &str, fields: &mut Fields, names: [&str; 2]) -> Result<Vec<Fields>> {
    let mut objects = Vec::new();
    let found = names.iter().find_map(|name| fields.remove(*name).filter(|value| !value.is_null()));
    let Some(found) = found else { return Ok(objects) };
    let wrong = || Error::invalid(format!("{place}: {}", names[0]), "this is not a list of objects");
    let Value::Array(found) = found else { return Err(wrong()) };
    for value in found {
        let Value::Object(fields) = value else { return Err(wrong()) };
        objects.push(fields);
    }
    Ok(objects)
}

fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The column that these fields describe, in the table `place`.
pub(crate) fn column(place: &str, mut fields: Fields) -> Result<Column> {
    fields.retain(|_, value| !value.is_null());
    let place = format!("{place}.{}", text(&fields, "key"));
    let name = name_on_wire(text(&fields, "type"), text(&fields, "format")).to_owned();
    let status = status(&fields);
    fields.insert("type".to_owned(), Value::from(name));
    if let Some(related) = fields.remove("relatedCollection") {
        fields.entry("relatedTable").or_insert(related);
    }
    let mut column: Column = read(&place, Value::Object(fields)).map_err(newer)?;
    column.simplify();
    column.status = status;
    Ok(column)
}

/// A server may be newer than this program.
fn newer(error: Error) -> Error {
    match error {
        Error::Invalid { place, message } if message.starts_with("unknown variant") => {
            Error::invalid(place, format!("{message}; a newer Polywrite may know it"))
        }
        other => other,
    }
}

/// The index that these fields describe, in the table `place`.
pub(crate) fn index(place: &str, fields: Fields) -> Result<Index> {
    let place = format!("{place}.{}", text(&fields, "key"));
    let status = status(&fields);
    let mut fields = renamed(INDEX, fields);
    // A server says nothing of a column by `null` in its place.
    for (name, nothing) in [("orders", Value::from("")), ("lengths", Value::from(0))] {
        let items = fields.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten();
        items.filter(|item| item.is_null()).for_each(|item| *item = nothing.clone());
    }
    let mut index: Index = read(&place, Value::Object(fields))?;
    index.orders.iter_mut().for_each(|order| *order = order.to_lowercase());
    if index.lengths.iter().all(|length| *length == 0) {
        index.lengths.clear();
    }
    index.status = status;
    Ok(index)
}

/// Only what was made has a date; Appwrite's file has none.
fn status(fields: &Fields) -> Option<Status> {
    let created = fields.get("$createdAt").and_then(Value::as_str)?.to_owned();
    let text = |name| text(fields, name).to_owned();
    Some(Status { word: text("status"), error: text("error"), created })
}

pub(crate) fn read<T: DeserializeOwned>(place: &str, value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|cause| Error::invalid(place, cause.to_string()))
}

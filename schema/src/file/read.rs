//! The schema that a file says.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::{
    api,
    error::{Error, Result},
    model::{Column, Database, Index, Schema, Table},
    wire,
};

type Fields = Map<String, Value>;

pub(super) fn schema(mut root: Fields) -> Result<Schema> {
    let mut schema = Schema {
        databases: each("databases", root.remove("databases"), database)?,
        buckets: each("buckets", root.remove("buckets"), |id, fields| named(id, id, fields))?,
        teams: each("teams", root.remove("teams"), |id, fields| named(id, id, fields))?,
    };
    schema.add_other_sides();
    Ok(schema)
}

/// The things of a section, which their IDs name.
fn each<T>(place: &str, section: Option<Value>, read: impl Fn(&str, Fields) -> Result<T>) -> Result<Vec<T>> {
    let things = match section {
        None => return Ok(Vec::new()),
        Some(Value::Object(things)) => things,
        Some(_) => return Err(Error::invalid(place, "this is not a table")),
    };
    let things = things.into_iter().map(|(id, thing)| match thing {
        Value::Object(fields) => read(&id, fields),
        _ => Err(Error::invalid(format!("{place}.{id}"), "this is not a table")),
    });
    things.collect()
}

/// Something with an ID, and with a name that is the ID if none is given.
fn named<T: DeserializeOwned>(place: &str, id: &str, mut fields: Fields) -> Result<T> {
    fields.insert("id".to_owned(), json!(id));
    fields.entry("name").or_insert(json!(id));
    wire::read(place, Value::Object(fields))
}

fn database(id: &str, mut fields: Fields) -> Result<Database> {
    let tables = each(&format!("{id}.tables"), fields.remove("tables"), |table_id, fields| {
        table(&format!("{id}.{table_id}"), table_id, fields)
    })?;
    Ok(Database { tables, ..named(id, id, fields)? })
}

fn table(place: &str, id: &str, mut fields: Fields) -> Result<Table> {
    let columns = each(&format!("{place}.columns"), fields.remove("columns"), |key, fields| {
        column(&format!("{place}.{key}"), key, fields)
    })?;
    let indexes = each(&format!("{place}.indexes"), fields.remove("indexes"), |key, fields| {
        index(&format!("{place}.{key}"), key, fields)
    })?;
    Ok(Table { columns, indexes, ..named(place, id, fields)? })
}

fn column(place: &str, key: &str, mut fields: Fields) -> Result<Column> {
    let names: Vec<String> = fields.keys().cloned().collect();
    fields.insert("key".to_owned(), json!(key));
    let mut column: Column = wire::read(place, Value::Object(fields))?;
    let known = api::fields(&column.kind);
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let message = format!(
            "a column of the type `{}` has no `{unknown}`; it has {}",
            column.kind.name(),
            known.join(", ")
        );
        return Err(Error::invalid(place, message));
    }
    column.simplify();
    Ok(column)
}

fn index(place: &str, key: &str, mut fields: Fields) -> Result<Index> {
    fields.insert("key".to_owned(), json!(key));
    wire::read(place, Value::Object(fields))
}

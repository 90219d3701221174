//! The schema that a file says, in the file's order.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use toml_edit::{Item, TableLike};

use crate::{
    api,
    error::{Error, Result},
    model::{Column, Database, Index, Schema, Table},
    wire,
};

use super::value::object;

type Fields = Map<String, Value>;

pub(super) fn schema(root: &dyn TableLike) -> Result<Schema> {
    let mut schema = Schema {
        databases: each("databases", root.get("databases"), database)?,
        buckets: each("buckets", root.get("buckets"), |id, table| named(id, id, object(table)))?,
        teams: each("teams", root.get("teams"), |id, table| named(id, id, object(table)))?,
    };
    schema.add_other_sides();
    Ok(schema)
}

/// The things of a section, which their IDs name.
fn each<T>(
    place: &str,
    section: Option<&Item>,
    read: impl Fn(&str, &dyn TableLike) -> Result<T>,
) -> Result<Vec<T>> {
    let Some(section) = section else { return Ok(Vec::new()) };
    let section = table_like(place, section)?;
    let things = section.iter().map(|(id, thing)| read(id, table_like(&format!("{place}.{id}"), thing)?));
    things.collect()
}

fn table_like<'a>(place: &str, item: &'a Item) -> Result<&'a dyn TableLike> {
    item.as_table_like().ok_or_else(|| Error::invalid(place, "this is not a table"))
}

/// Something with an ID, and with a name that is the ID if none is given.
fn named<T: DeserializeOwned>(place: &str, id: &str, mut fields: Fields) -> Result<T> {
    fields.insert("id".to_owned(), json!(id));
    fields.entry("name").or_insert(json!(id));
    wire::read(place, Value::Object(fields))
}

fn database(id: &str, own: &dyn TableLike) -> Result<Database> {
    let tables = each(&format!("{id}.tables"), own.get("tables"), |table_id, own| {
        table(&format!("{id}.{table_id}"), table_id, own)
    })?;
    Ok(Database { tables, ..named(id, id, without(own, &["tables"]))? })
}

fn table(place: &str, id: &str, own: &dyn TableLike) -> Result<Table> {
    let columns = each(&format!("{place}.columns"), own.get("columns"), |key, fields| {
        column(&format!("{place}.{key}"), key, object(fields))
    })?;
    let indexes = each(&format!("{place}.indexes"), own.get("indexes"), |key, fields| {
        index(&format!("{place}.{key}"), key, object(fields))
    })?;
    Ok(Table { columns, indexes, ..named(place, id, without(own, &["columns", "indexes"]))? })
}

/// The fields of something without its sections.
fn without(table: &dyn TableLike, sections: &[&str]) -> Fields {
    let mut fields = object(table);
    fields.retain(|name, _| !sections.contains(&name.as_str()));
    fields
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

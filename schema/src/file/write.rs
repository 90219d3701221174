//! What a server has, written into the text of a file.

use serde_json::{Value, json};
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike};

use crate::{
    compare::{Described, Fields, same},
    error::{Error, Result},
    live::Parts,
    model::{Column, Schema, Side, Table as SchemaTable},
};

use super::value;

/// The order of the fields of what is new in a file.
const ORDER: [&str; 26] = [
    "name",
    "enabled",
    "rowSecurity",
    "fileSecurity",
    "permissions",
    "type",
    "size",
    "elements",
    "min",
    "max",
    "relatedTable",
    "relationType",
    "twoWay",
    "twoWayKey",
    "onDelete",
    "required",
    "array",
    "default",
    "encrypt",
    "columns",
    "orders",
    "lengths",
    "maximumFileSize",
    "allowedFileExtensions",
    "compression",
    "encryption",
];

pub(super) fn merge(document: &mut DocumentMut, live: &Schema, parts: &Parts) -> Result<()> {
    let root = document.as_table_mut();
    let is_wanted =
        |id: &str| parts.databases.is_empty() || parts.databases.iter().any(|wanted| wanted == id);
    let databases: Vec<_> = live.databases.iter().filter(|database| is_wanted(&database.id)).collect();
    let section = section(root, "databases", !databases.is_empty())?;
    if let Some(section) = section {
        remove(section, |id| is_wanted(id) && live.database(id).is_none());
        for database in databases {
            let own = thing(section, &database.id, database.fields(), &["tables"])?;
            let Some(tables) = self::section(own, "tables", !database.tables.is_empty())? else { continue };
            remove(tables, |id| database.table(id).is_none());
            for table in &database.tables {
                merge_table(tables, table)?;
            }
        }
    }
    if parts.buckets {
        let buckets = live.buckets.iter().map(|bucket| (bucket.id.as_str(), bucket.fields()));
        list(root, "buckets", buckets.collect(), new_table)?;
    }
    if parts.teams {
        let teams = live.teams.iter().map(|team| (team.id.as_str(), team.fields()));
        list(root, "teams", teams.collect(), new_table)?;
    }
    Ok(())
}

fn merge_table(tables: &mut dyn TableLike, table: &SchemaTable) -> Result<()> {
    let own = thing(tables, &table.id, table.fields(), &["columns", "indexes"])?;
    let is_own = |column: &&Column| {
        column.kind.relationship().is_none_or(|relationship| relationship.side == Side::Parent)
    };
    let columns = table.columns.iter().filter(is_own).map(|column| (column.key.as_str(), column.fields()));
    list(own, "columns", columns.collect(), new_inline)?;
    let indexes = table.indexes.iter().map(|index| (index.key.as_str(), index.fields()));
    list(own, "indexes", indexes.collect(), new_inline)
}

/// Writes a section of things that have no things of their own.
fn list(table: &mut dyn TableLike, name: &str, things: Vec<(&str, Fields)>, new: fn() -> Item) -> Result<()> {
    let Some(section) = section(table, name, !things.is_empty())? else { return Ok(()) };
    remove(section, |id| !things.iter().any(|(known, _)| *known == id));
    for (id, fields) in things {
        let item = section.entry(id).or_insert_with(new);
        let own = item.as_table_like_mut().ok_or_else(|| Error::invalid(id, "this is not a table"))?;
        write(own, id, &fields, &[]);
    }
    Ok(())
}

/// Writes something that has things of its own, in the sections `kept`, and returns its table.
fn thing<'a>(
    section: &'a mut dyn TableLike,
    id: &str,
    fields: Fields,
    kept: &[&str],
) -> Result<&'a mut dyn TableLike> {
    let item = section.entry(id).or_insert_with(new_table);
    let own = item.as_table_like_mut().ok_or_else(|| Error::invalid(id, "this is not a table"))?;
    write(own, id, &fields, kept);
    Ok(own)
}

/// A section; none if the file has none and there is nothing to write.
fn section<'a>(
    table: &'a mut dyn TableLike,
    name: &str,
    needed: bool,
) -> Result<Option<&'a mut dyn TableLike>> {
    if !needed && !table.contains_key(name) {
        return Ok(None);
    }
    let is_of_parts = ["columns", "indexes"].contains(&name);
    let item = table.entry(name).or_insert_with(|| {
        let mut section = Table::new();
        // Of a section of tables, the header alone would say nothing.
        section.set_implicit(!is_of_parts);
        Item::Table(section)
    });
    let section = item.as_table_like_mut().ok_or_else(|| Error::invalid(name, "this is not a table"))?;
    Ok(Some(section))
}

fn new_table() -> Item {
    Item::Table(Table::new())
}

fn new_inline() -> Item {
    Item::Value(InlineTable::new().into())
}

fn remove(section: &mut dyn TableLike, is_gone: impl Fn(&str) -> bool) {
    let gone: Vec<String> = section.iter().map(|(id, _)| id.to_owned()).filter(|id| is_gone(id)).collect();
    for id in gone {
        section.remove(&id);
    }
}

/// Writes the fields of something. What says the same already, also in another way, stays as it is.
fn write(table: &mut dyn TableLike, id: &str, fields: &Fields, kept: &[&str]) {
    let says = |table: &dyn TableLike, name: &str| table.get(name).map(value::of_item);
    remove(table, |name| !kept.contains(&name) && fields.get(name).is_none_or(Value::is_null));
    let mut names: Vec<&String> = fields.keys().collect();
    names.sort_by_key(|name| ORDER.iter().position(|known| known == name).unwrap_or(ORDER.len()));
    for name in names {
        let wanted = &fields[name];
        let said = says(table, name);
        let is_said = said.as_ref().is_some_and(|said| same(fields, name, wanted, said));
        if is_said || said.is_none() && goes_without_saying(id, name, wanted) {
            continue;
        }
        let mut new = value::toml(wanted);
        match table.get_mut(name).and_then(Item::as_value_mut) {
            Some(old) => {
                // A comment behind a value belongs to its line.
                new.decor_mut().clone_from(old.decor());
                *old = new;
            }
            None => drop(table.insert(name, Item::Value(new))),
        }
    }
}

/// Whether a file that does not say it means the same.
pub(crate) fn goes_without_saying(id: &str, name: &str, value: &Value) -> bool {
    let default = match name {
        "name" => json!(id),
        "enabled" | "encryption" | "antivirus" | "transformations" => json!(true),
        "required" | "array" | "encrypt" | "twoWay" | "rowSecurity" | "fileSecurity" => json!(false),
        "compression" => json!("none"),
        "onDelete" => json!("restrict"),
        "permissions" | "orders" | "lengths" | "allowedFileExtensions" => json!([]),
        _ => Value::Null,
    };
    value.is_null() || *value == default
}

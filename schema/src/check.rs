//! Whether a server could have a schema: what it would refuse is found before anything is sent.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    date,
    error::{Error, Result},
    model::{Column, ColumnKind, Database, Relationship, Schema, Side, Table},
};

pub(crate) fn check(schema: &Schema) -> Result<()> {
    once("", schema.databases.iter().map(|database| &database.id))?;
    once("", schema.buckets.iter().map(|bucket| &bucket.id))?;
    once("", schema.teams.iter().map(|team| &team.id))?;
    for database in &schema.databases {
        once(&format!("{}.", database.id), database.tables.iter().map(|table| &table.id))?;
        for table in &database.tables {
            let place = format!("{}.{}", database.id, table.id);
            for column in &table.columns {
                of_column(database, table, column)
                    .map_err(|message| Error::invalid(format!("{place}.{}", column.key), message))?;
            }
            for index in &table.indexes {
                let known = |key: &String| key.starts_with('$') || table.column(key).is_some();
                if let Some(unknown) = index.columns.iter().find(|key| !known(key)) {
                    let message = format!("the table has no column `{unknown}`");
                    return Err(Error::invalid(format!("{place}.{}", index.key), message));
                }
            }
            different(&place, table.columns.iter().map(|column| column.key.as_str()))?;
            different(&place, table.indexes.iter().map(|index| index.key.as_str()))?;
        }
    }
    Ok(())
}

/// Whether each ID is there once.
fn once<'a>(place: &str, ids: impl Iterator<Item = &'a String>) -> Result<()> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(Error::invalid(format!("{place}{id}"), "two have this ID"));
        }
    }
    Ok(())
}

/// Whether something new can have an ID or a key.
pub(crate) fn is_name(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric();
    text.bytes().next().is_some_and(is_letter)
        && text.bytes().all(|byte| is_letter(byte) || b"._-".contains(&byte))
}

/// For a database `Year` and `year` are the same key.
fn different<'a>(place: &str, keys: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = BTreeSet::new();
    for key in keys {
        if !seen.insert(key.to_lowercase()) {
            return Err(Error::invalid(
                format!("{place}.{key}"),
                "two have this key, of which capitals make no other",
            ));
        }
    }
    Ok(())
}

fn of_column(database: &Database, table: &Table, column: &Column) -> Result<(), String> {
    if let ColumnKind::Enum { elements } = &column.kind
        && elements.is_empty()
    {
        return Err("an enum needs `elements`".to_owned());
    }
    if let ColumnKind::Relationship(relationship) = &column.kind {
        return of_relationship(database, table, &column.key, relationship);
    }
    let Some(default) = &column.default else { return Ok(()) };
    if column.required {
        return Err("a required column has no default: each row brings a value".to_owned());
    }
    if column.array {
        return Err("a column of lists has no default".to_owned());
    }
    match unfit(&column.kind, default) {
        Some(wanted) => Err(format!("the default {default} is not {wanted}")),
        None => Ok(()),
    }
}

/// What the default of a column should be, if it is not.
fn unfit(kind: &ColumnKind, default: &Value) -> Option<String> {
    let within = |min: &Option<i64>, max: &Option<i64>| {
        default
            .as_i64()
            .is_some_and(|number| min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max))
    };
    let (fits, wanted) = match kind {
        ColumnKind::Boolean => (default.is_boolean(), "true or false"),
        ColumnKind::Integer { min, max } | ColumnKind::BigInteger { min, max } => {
            (within(min, max), "a whole number within the bounds")
        }
        ColumnKind::Float { min, max } => {
            let fits = default.as_f64().is_some_and(|number| {
                min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max)
            });
            (fits, "a number within the bounds")
        }
        ColumnKind::Enum { elements } => {
            let fits = default.as_str().is_some_and(|text| elements.iter().any(|element| element == text));
            (fits, "one of the elements")
        }
        ColumnKind::Varchar { size, .. } | ColumnKind::String { size, .. } => {
            let length = default.as_str().map(|text| text.chars().count());
            let fits = length.is_some_and(|length| i64::try_from(length).is_ok_and(|length| length <= *size));
            (fits, "a text that fits the size")
        }
        ColumnKind::Datetime => (default.as_str().and_then(date::moment).is_some(), "a date"),
        ColumnKind::Point | ColumnKind::Line | ColumnKind::Polygon => {
            (default.is_array(), "a list of coordinates")
        }
        _ => (default.is_string(), "a text"),
    };
    (!fits).then(|| wanted.to_owned())
}

fn of_relationship(
    database: &Database,
    table: &Table,
    key: &str,
    found: &Relationship,
) -> Result<(), String> {
    let Some(related) = database.table(&found.related_table) else {
        return Err(format!("the database has no table `{}`", found.related_table));
    };
    if !found.two_way || found.side == Side::Child {
        return Ok(());
    }
    let other = related.column(&found.two_way_key).and_then(|column| column.kind.relationship());
    let is_ours = other.is_some_and(|other| {
        other.side == Side::Child && other.related_table == table.id && other.two_way_key == key
    });
    if is_ours {
        return Ok(());
    }
    Err(format!("the table `{}` has another column `{}`: give `twoWayKey`", related.id, found.two_way_key))
}

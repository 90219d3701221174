//! Conditions about columns of related rows: `author.name`.
//!
//! No recording has them. As Appwrite documents them, a row fits if one related row meets all conditions about the
//! relationship.

use std::{collections::HashSet, sync::Arc};

use serde_json::Value;

use super::{access, columns, relations, rows, tables};
use crate::{
    call::Call,
    failure::Failure,
    query::{self, Query},
};

/// How many relationships a path leads through at most, as where rows are read with their related ones.
const DEPTH: usize = 3;

/// Where a path of relationships ends.
pub(super) struct End<'p> {
    pub(super) table_id: String,
    pub(super) columns: Arc<Vec<Value>>,
    /// What follows the relationships: a column of the table.
    pub(super) name: &'p str,
}

impl End<'_> {
    /// The key of the column, without a path inside of its value.
    pub(super) fn key(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }
}

/// Follows a path from a table; none if it leads too far.
pub(super) fn follow<'p>(call: &Call, table_id: &str, path: &'p str) -> Result<Option<End<'p>>, Failure> {
    let (mut table_id, mut name) = (table_id.to_owned(), path);
    for _ in 0..=DEPTH {
        let columns = columns::available(call, &table_id)?;
        let Some((column, rest)) = relationship(&columns, name) else {
            return Ok(Some(End { table_id, columns, name }));
        };
        (table_id, name) = (relations::related_table(column).to_owned(), rest);
    }
    Ok(None)
}

/// Puts conditions about the relationships among a table's columns in the place of those about columns of related rows.
pub(super) fn resolve(call: &Call, table_id: &str, filters: &mut Vec<Query>) -> Result<(), Failure> {
    if !filters.iter().any(has_path) {
        return Ok(());
    }
    let columns = columns::available(call, table_id)?;
    let mut own = Vec::new();
    let mut about: Vec<(&Value, Vec<Query>)> = Vec::new();
    for mut filter in filters.drain(..) {
        match filter.method.as_str() {
            "and" => resolve(call, table_id, &mut filter.nested)?,
            "or" => filter.nested = alternatives(call, table_id, filter.nested)?,
            _ => {}
        }
        let Some((column, rest)) = relationship(&columns, &filter.attribute) else {
            own.push(filter);
            continue;
        };
        filter.attribute = rest.to_owned();
        match about.iter_mut().find(|(known, _)| known["key"] == column["key"]) {
            Some((_, conditions)) => conditions.push(filter),
            None => about.push((column, vec![filter])),
        }
    }
    for (column, conditions) in about {
        let key = column["key"].as_str().unwrap_or_default();
        let ids = ids(call, relations::related_table(column), conditions)?;
        own.push(Query::leads_to(key, Arc::new(ids)));
    }
    *filters = own;
    Ok(())
}

/// Each alternative of an `or` may be met by another related row.
fn alternatives(call: &Call, table_id: &str, nested: Vec<Query>) -> Result<Vec<Query>, Failure> {
    let mut resolved = Vec::with_capacity(nested.len());
    for alternative in nested {
        let mut alone = vec![alternative];
        resolve(call, table_id, &mut alone)?;
        resolved.append(&mut alone);
    }
    Ok(resolved)
}

/// The IDs of the rows that meet all conditions and that the caller may read.
fn ids(call: &Call, table_id: &str, mut conditions: Vec<Query>) -> Result<HashSet<String>, Failure> {
    resolve(call, table_id, &mut conditions)?;
    let table = tables::by_id(call, table_id)?.unwrap_or_default();
    let fits = |row: &Value| {
        conditions.iter().all(|condition| query::matches(condition, row))
            && access::allows(call, &table, row, "read")
    };
    let rows = call.state.store.filter(&rows::collection(call, table_id), fits)?;
    Ok(rows.iter().filter_map(|row| row["$id"].as_str()).map(str::to_owned).collect())
}

fn has_path(filter: &Query) -> bool {
    filter.attribute.contains('.') || filter.nested.iter().any(has_path)
}

/// The relationship that a path begins with, and what follows it.
fn relationship<'a, 'p>(columns: &'a [Value], path: &'p str) -> Option<(&'a Value, &'p str)> {
    let (key, rest) = path.split_once('.')?;
    let column = columns.iter().find(|column| column["key"] == key && column["type"] == "relationship")?;
    Some((column, rest))
}

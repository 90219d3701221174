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

/// Puts conditions about the relationships among a table's columns in the place of those about columns of related rows.
pub(super) fn resolve(call: &Call, columns: &[Value], filters: &mut Vec<Query>) -> Result<(), Failure> {
    resolve_to(DEPTH, call, columns, filters)
}

fn resolve_to(depth: usize, call: &Call, columns: &[Value], filters: &mut Vec<Query>) -> Result<(), Failure> {
    if !filters.iter().any(has_path) {
        return Ok(());
    }
    let mut own = Vec::new();
    let mut about: Vec<(&Value, Vec<Query>)> = Vec::new();
    for mut filter in filters.drain(..) {
        match filter.method.as_str() {
            "and" => resolve_to(depth, call, columns, &mut filter.nested)?,
            "or" => filter.nested = alternatives(depth, call, columns, filter.nested)?,
            _ => {}
        }
        let Some((column, rest)) = relationship(columns, &filter.attribute) else {
            own.push(filter);
            continue;
        };
        if depth == 0 {
            return Err(Failure::query(&query::unknown(&filter.attribute)));
        }
        filter.attribute = rest.to_owned();
        match about.iter_mut().find(|(known, _)| known["key"] == column["key"]) {
            Some((_, conditions)) => conditions.push(filter),
            None => about.push((column, vec![filter])),
        }
    }
    for (column, conditions) in about {
        let key = column["key"].as_str().unwrap_or_default();
        let ids = ids(depth - 1, call, relations::related_table(column), conditions)?;
        own.push(Query::leads_to(key, Arc::new(ids)));
    }
    *filters = own;
    Ok(())
}

/// Each alternative of an `or` may be met by another related row.
fn alternatives(
    depth: usize,
    call: &Call,
    columns: &[Value],
    nested: Vec<Query>,
) -> Result<Vec<Query>, Failure> {
    let mut resolved = Vec::with_capacity(nested.len());
    for alternative in nested {
        let mut alone = vec![alternative];
        resolve_to(depth, call, columns, &mut alone)?;
        resolved.append(&mut alone);
    }
    Ok(resolved)
}

/// The IDs of the rows that meet all conditions and that the caller may read.
fn ids(
    depth: usize,
    call: &Call,
    table_id: &str,
    mut conditions: Vec<Query>,
) -> Result<HashSet<String>, Failure> {
    let columns = columns::available(call, table_id)?;
    for condition in &conditions {
        let name = condition.attribute.split('.').next().unwrap_or_default();
        if !name.starts_with('$') && !columns.iter().any(|column| column["key"] == name) {
            return Err(Failure::query(&query::unknown(&condition.attribute)));
        }
    }
    resolve_to(depth, call, &columns, &mut conditions)?;
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

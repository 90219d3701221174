//! Relationships: kept as IDs on both sides, shown as rows.

use serde_json::{Value, json};

use super::{
    columns,
    rows::{self, Shape, Wanted},
    tables,
    words::Words,
};
use crate::{call::Call, failure::Failure, random};

/// Makes the column on the other side of a two-way relationship.
pub(super) fn create_other_side(call: &Call, table_id: &str, column: &Value) -> Result<(), Failure> {
    let related = column["related"].as_str().unwrap_or_default();
    if tables::by_id(call, related)?.is_none() {
        return Err(Words::of(call).table_not_found(related));
    }
    if column["twoWay"] != true {
        return Ok(());
    }
    let mut other = column.clone();
    other["key"] = column["twoWayKey"].clone();
    other["twoWayKey"] = column["key"].clone();
    other["related"] = json!(table_id);
    other["side"] = json!("child");
    columns::add(call, related, &other)
}

/// Whether this side of a relationship points at many rows.
fn is_many(column: &Value) -> bool {
    let parent = column["side"] == "parent";
    match column["relationType"].as_str() {
        Some("manyToMany") => true,
        Some("oneToMany") => parent,
        Some("manyToOne") => !parent,
        _ => false,
    }
}

fn relationships(call: &Call, table_id: &str) -> Result<Vec<Value>, Failure> {
    let mut columns = columns::all(call, table_id)?;
    columns.retain(|column| column["type"] == "relationship");
    Ok(columns)
}

/// Whether a table has relationships: then bulk writing is refused.
pub(super) fn has_any(call: &Call, table_id: &str) -> Result<bool, Failure> {
    Ok(!relationships(call, table_id)?.is_empty())
}

/// Keeps the related rows a row brings, leaves their IDs in it, and writes the row's ID on their side.
pub(super) fn store_given(call: &Call, table_id: &str, row: &mut Value) -> Result<(), Failure> {
    for column in relationships(call, table_id)? {
        let key = column["key"].as_str().unwrap_or_default();
        let related = column["related"].as_str().unwrap_or_default();
        let Some(given) = row.get(key).filter(|given| !given.is_null()) else { continue };
        let items = match given {
            Value::Array(items) => items.clone(),
            single => vec![single.clone()],
        };
        let mut ids = Vec::new();
        for item in items {
            let id = store_one(call, related, item)?;
            if column["twoWay"] == true {
                let back = column["twoWayKey"].as_str().unwrap_or_default();
                point_back(call, related, &id, back, &row["$id"], &column)?;
            }
            ids.push(json!(id));
        }
        row[key] = if is_many(&column) { json!(ids) } else { ids.into_iter().next().unwrap_or_default() };
    }
    Ok(())
}

/// An ID stays; an object becomes a row of the related table, new or changed.
fn store_one(call: &Call, related: &str, item: Value) -> Result<String, Failure> {
    let Value::Object(fields) = item else { return Ok(item.as_str().unwrap_or_default().to_owned()) };
    let id = match fields.get("$id").and_then(Value::as_str) {
        Some(id) if !id.is_empty() && id != "unique()" => id.to_owned(),
        _ => random::id(),
    };
    match call.state.store.get(&rows::collection(call, related), &id)? {
        Some(stored) => {
            let mut changed = Shape::of(call, related)?.change(call, &stored, fields)?;
            rows::save(call, related, &mut changed)?;
        }
        None => {
            let permissions = fields.get("$permissions").cloned().unwrap_or(json!([]));
            let mut row = Shape::of(call, related)?.draft(call, &id, fields, permissions)?;
            rows::insert(call, related, &mut row)?;
        }
    }
    Ok(id)
}

fn point_back(
    call: &Call,
    related: &str,
    id: &str,
    key: &str,
    own_id: &Value,
    column: &Value,
) -> Result<(), Failure> {
    let collection = rows::collection(call, related);
    let Some(mut other) = call.state.store.get(&collection, id)? else { return Ok(()) };
    let is_list = matches!(column["relationType"].as_str(), Some("manyToMany" | "manyToOne"));
    if is_list {
        let mut ids = other[key].as_array().cloned().unwrap_or_default();
        if !ids.contains(own_id) {
            ids.push(own_id.clone());
        }
        other[key] = json!(ids);
    } else {
        other[key] = own_id.clone();
    }
    call.state.store.put(&collection, id, &other)
}

/// Puts the related rows that are wanted in the place of their IDs, and takes the others away.
pub(super) fn expand(
    call: &Call,
    relationships: &[Value],
    row: &mut Value,
    wanted: Wanted,
) -> Result<(), Failure> {
    for column in relationships {
        let key = column["key"].as_str().unwrap_or_default();
        let names: Vec<String> = match wanted {
            Wanted::Everything => Vec::new(),
            Wanted::Selected(names) => names
                .iter()
                .filter_map(|name| name.strip_prefix(key)?.strip_prefix('.').map(str::to_owned))
                .collect(),
        };
        let Some(fields) = row.as_object_mut() else { continue };
        let ids = fields.remove(key);
        if names.is_empty() && (matches!(wanted, Wanted::Selected(_)) || ids.is_none()) {
            continue;
        }
        let related = column["related"].as_str().unwrap_or_default();
        let shown = match ids {
            Some(Value::Array(ids)) => {
                let rows = ids.iter().filter_map(|id| related_row(call, related, id, &names).transpose());
                Value::Array(rows.collect::<Result<_, _>>()?)
            }
            Some(id) if id.is_string() => related_row(call, related, &id, &names)?.unwrap_or_default(),
            _ if is_many(column) => json!([]),
            _ => Value::Null,
        };
        row[key] = shown;
    }
    Ok(())
}

fn related_row(call: &Call, table_id: &str, id: &Value, names: &[String]) -> Result<Option<Value>, Failure> {
    let collection = rows::collection(call, table_id);
    let found = call.state.store.get(&collection, id.as_str().unwrap_or_default())?;
    found.map(|row| Shape::of(call, table_id)?.view(call, &row, Wanted::Selected(names))).transpose()
}

//! Relationships: kept as IDs on both sides, shown as rows.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use serde_json::{Value, json};

use super::{
    access, columns,
    rows::{self, Shape, Wanted},
    tables,
    words::Words,
    writing::require_sound,
};
use crate::{call::Call, failure::Failure, random};

/// Makes the column on the other side of a two-way relationship.
pub(super) fn create_other_side(call: &Call, table_id: &str, column: &Value) -> Result<(), Failure> {
    let related = related_table(column);
    if tables::by_id(call, related)?.is_none() {
        return Err(Words::of(call).table_not_found(related));
    }
    if column["twoWay"] != true {
        return Ok(());
    }
    let mut other = flipped(column);
    other["key"] = column["twoWayKey"].clone();
    other["twoWayKey"] = column["key"].clone();
    other["related"] = json!(table_id);
    columns::add(call, related, &other)
}

/// The table on the other side.
pub(super) fn related_table(column: &Value) -> &str {
    column["related"].as_str().unwrap_or_default()
}

/// The column on the other side of a two-way relationship: its table and its key.
pub(super) fn other_side(column: &Value) -> Option<(&str, &str)> {
    (column["type"] == "relationship" && column["twoWay"] == true)
        .then(|| (related_table(column), column["twoWayKey"].as_str().unwrap_or_default()))
}

/// The same relationship seen from the other side.
fn flipped(column: &Value) -> Value {
    let mut other = column.clone();
    other["side"] = json!(if column["side"] == "parent" { "child" } else { "parent" });
    other
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
    let columns = columns::all(call, table_id)?;
    Ok(columns.iter().filter(|column| column["type"] == "relationship").cloned().collect())
}

/// Whether a table has relationships: then bulk writing is refused.
pub(super) fn has_any(call: &Call, table_id: &str) -> Result<bool, Failure> {
    Ok(!relationships(call, table_id)?.is_empty())
}

/// Keeps the related rows a row brings, leaves their IDs in it, and makes both sides agree.
pub(super) fn store_given(call: &Call, table_id: &str, row: &mut Value) -> Result<(), Failure> {
    let relationships = relationships(call, table_id)?;
    if relationships.is_empty() {
        return Ok(());
    }
    let own_id = row["$id"].clone();
    let stored =
        call.state.store.get(&rows::collection(call, table_id), own_id.as_str().unwrap_or_default())?;
    for column in relationships {
        let key = column["key"].as_str().unwrap_or_default();
        let Some(given) = row.get(key) else { continue };
        let mut ids = Vec::new();
        for item in given_items(&column, given)? {
            ids.extend(store_one(call, related_table(&column), item)?.map(Value::from));
        }
        let before = stored.as_ref().map_or_else(Vec::new, |stored| ids_in(&stored[key]));
        let (old, now): (HashSet<&Value>, HashSet<&Value>) = (before.iter().collect(), ids.iter().collect());
        for gone in before.iter().filter(|id| !now.contains(id)) {
            unlink(call, &column, gone, &own_id)?;
        }
        // Each row that loses some of its own is written once, however many it loses.
        let mut lost: HashMap<Value, HashSet<&Value>> = HashMap::new();
        for new in ids.iter().filter(|id| !old.contains(id)) {
            for owner in link(call, &column, new, &own_id)? {
                lost.entry(owner).or_default().insert(new);
            }
        }
        for (owner, lost) in lost {
            change_ids(call, table_id, &owner, key, is_many(&column), |ids| {
                ids.retain(|id| !lost.contains(id));
            })?;
        }
        row[key] = if is_many(&column) { json!(ids) } else { ids.into_iter().next().unwrap_or_default() };
    }
    Ok(())
}

/// What a row brings for a relationship: IDs or rows, in a list where there can be many (400).
fn given_items(column: &Value, given: &Value) -> Result<Vec<Value>, Failure> {
    let invalid = |wanted: &str| {
        let message = format!("Invalid relationship value. Must be {wanted}.");
        Err(Failure::new(400, "relationship_value_invalid", message))
    };
    let is_item = |item: &Value| item.is_string() || item.is_object();
    match given {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) if is_many(column) && items.iter().all(is_item) => Ok(items.clone()),
        item if !is_many(column) && is_item(item) => Ok(vec![item.clone()]),
        _ if is_many(column) => invalid("a list of IDs or rows"),
        _ => invalid("an ID or a row"),
    }
}

/// The IDs a row has in a relationship.
fn ids_in(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(ids) => ids.clone(),
        id => vec![id.clone()],
    }
}

fn table(call: &Call, id: &str) -> Result<Arc<Value>, Failure> {
    tables::by_id(call, id)?.ok_or_else(|| Words::of(call).table_not_found(id))
}

/// An ID stays if there is such a row; an object becomes a row of the related table, new or changed.
fn store_one(call: &Call, related: &str, item: Value) -> Result<Option<String>, Failure> {
    let collection = rows::collection(call, related);
    let fields = match item {
        Value::Object(fields) => fields,
        id => {
            let id = id.as_str().unwrap_or_default();
            return Ok(call.state.store.get(&collection, id)?.map(|_| id.to_owned()));
        }
    };
    require_sound("data", &Value::Object(fields.clone()))?;
    let table = table(call, related)?;
    let id = match fields.get("$id").and_then(Value::as_str) {
        Some(id) if !id.is_empty() && id != "unique()" => id.to_owned(),
        _ => random::id(),
    };
    match call.state.store.get(&collection, &id)? {
        Some(stored) if !access::allows(call, &table, &stored, "update") => {
            return Err(Failure::unauthorized());
        }
        Some(stored) => {
            let mut changed = Shape::of(call, related)?.change(call, &stored, fields)?;
            rows::save(call, related, &mut changed)?;
        }
        None => {
            access::require_create(call, &table)?;
            let permissions = match fields.get("$permissions") {
                Some(given) => access::granted(call, given)?,
                None => call.caller.default_permissions(),
            };
            let mut row = Shape::of(call, related)?.draft(call, &id, fields, permissions)?;
            rows::insert(call, related, &mut row)?;
        }
    }
    Ok(Some(id))
}

/// Writes a row's ID on the other side, and returns who had the related row to themselves before and loses it.
fn link(call: &Call, column: &Value, id: &Value, own_id: &Value) -> Result<Vec<Value>, Failure> {
    let Some((related, back)) = other_side(column) else { return Ok(Vec::new()) };
    let is_list = is_many(&flipped(column));
    let former = change_ids(call, related, id, back, is_list, |ids| {
        let former = if is_list { Vec::new() } else { std::mem::take(ids) };
        if !ids.contains(own_id) {
            ids.push(own_id.clone());
        }
        former
    })?;
    Ok(former.unwrap_or_default().into_iter().filter(|owner| owner != own_id).collect())
}

/// Takes a row's ID from the other side.
fn unlink(call: &Call, column: &Value, id: &Value, own_id: &Value) -> Result<(), Failure> {
    let Some((related, back)) = other_side(column) else { return Ok(()) };
    let is_list = is_many(&flipped(column));
    change_ids(call, related, id, back, is_list, |ids| ids.retain(|other| other != own_id))?;
    Ok(())
}

/// Changes the IDs that a row has in a relationship; none when there is no such row.
fn change_ids<T>(
    call: &Call,
    table_id: &str,
    id: &Value,
    key: &str,
    is_list: bool,
    change: impl FnOnce(&mut Vec<Value>) -> T,
) -> Result<Option<T>, Failure> {
    let collection = rows::collection(call, table_id);
    let id = id.as_str().unwrap_or_default();
    let Some(mut row) = call.state.store.get(&collection, id)? else { return Ok(None) };
    let mut ids = ids_in(&row[key]);
    let result = change(&mut ids);
    row[key] = if is_list { json!(ids) } else { ids.pop().unwrap_or_default() };
    call.state.store.put(&collection, id, &row)?;
    Ok(Some(result))
}

/// Lets the related rows of a removed row go: with it, or without it, or not at all (403), as their column says.
pub(super) fn let_go(call: &Call, table_id: &str, row: &Value) -> Result<(), Failure> {
    for column in relationships(call, table_id)? {
        let ids = ids_in(&row[column["key"].as_str().unwrap_or_default()]);
        // The rule is that of the side which has the others.
        let decides = (column["side"] == "parent") == (column["relationType"] != "manyToOne");
        match column["onDelete"].as_str().filter(|_| decides) {
            Some("restrict") if !ids.is_empty() => {
                return Err(Failure::new(
                    403,
                    format!("{}_delete_restricted", Words::of(call).row),
                    "A row cannot be deleted while others are related to it.",
                ));
            }
            Some("cascade") => {
                for id in &ids {
                    let related = related_table(&column);
                    let collection = rows::collection(call, related);
                    if let Some(row) = call.state.store.get(&collection, id.as_str().unwrap_or_default())? {
                        rows::remove(call, related, &row)?;
                    }
                }
            }
            _ => ids.iter().try_for_each(|id| unlink(call, &column, id, &row["$id"]))?,
        }
    }
    Ok(())
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
        let mut shown = related_rows(call, related, &ids_in(&ids.unwrap_or_default()), &names)?;
        row[key] = if is_many(column) { Value::Array(shown) } else { shown.pop().unwrap_or_default() };
    }
    Ok(())
}

/// Those of the rows that the caller may read, as shown.
fn related_rows(call: &Call, table_id: &str, ids: &[Value], names: &[String]) -> Result<Vec<Value>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let collection = rows::collection(call, table_id);
    let table = tables::by_id(call, table_id)?.unwrap_or_default();
    let shape = Shape::of(call, table_id)?;
    let mut shown = Vec::with_capacity(ids.len());
    for id in ids {
        let found = call.state.store.get(&collection, id.as_str().unwrap_or_default())?;
        if let Some(row) = found.filter(|row| access::allows(call, &table, row, "read")) {
            shown.push(shape.view(call, &row, Wanted::Selected(names))?);
        }
    }
    Ok(shown)
}

//! Indexes. Unique ones are kept, full-text ones allow searching, the others only exist.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{columns, database, tables, words::Words};
use crate::{
    call::Call,
    clock,
    failure::Failure,
    params::{ID_RULE, is_id},
    response::{Handled, Response},
    services::public,
};

/// All indexes of a table, settled, with their columns under `columns`.
pub(super) fn all(call: &Call, table_id: &str) -> Result<Arc<Vec<Value>>, Failure> {
    columns::settled(call, &tables::part(call, "indexes", table_id))
}

/// All indexes of a table as shown.
pub(super) fn shown(call: &Call, table_id: &str) -> Result<Vec<Value>, Failure> {
    Ok(all(call, table_id)?.iter().map(|index| view(call, index)).collect())
}

fn view(call: &Call, index: &Value) -> Value {
    let mut shown = public(index);
    if let Some(fields) = shown.as_object_mut() {
        let columns = fields.remove("columns").unwrap_or(json!([]));
        fields.insert(Words::of(call).columns(), columns);
    }
    shown
}

pub(super) fn create(call: &Call) -> Handled {
    let words = Words::of(call);
    let table = tables::find(call)?;
    let columns = call.list(&words.columns());
    let kind = call.text_or_empty("type");
    if words.has_schema {
        require_columns(call, words.table_id(call), kind, columns)?;
    }
    require_orders(call.list("orders"))?;
    let key = call.text_or_empty("key");
    let index = draft(call, &table, key, kind, columns, call.list("orders"))?;
    if !call.state.store.insert(&tables::part(call, "indexes", words.table_id(call)), key, &index)? {
        let kind =
            if words.column == "column" { "column_index_already_exists" } else { "index_already_exists" };
        return Err(Failure::new(
            409,
            kind,
            format!("Index with the requested key '{key}' already exists. Try again with a different key."),
        ));
    }
    Ok(Response::json(202, view(call, &index)))
}

/// Directions are `ASC` and `DESC`, in any case, or left open.
fn require_orders(orders: &[Value]) -> Result<(), Failure> {
    let is_order = |order: &Value| match order.as_str() {
        Some(text) => text.is_empty() || ["ASC", "DESC"].iter().any(|known| known.eq_ignore_ascii_case(text)),
        None => order.is_null(),
    };
    if orders.iter().all(is_order) {
        return Ok(());
    }
    Err(Failure::argument("orders", "Value must be one of (ASC, DESC)"))
}

/// Refuses an index of no columns, of the same one twice, or of such as its kind has no use for (400).
fn require_columns(call: &Call, table_id: &str, kind: &str, wanted: &[Value]) -> Result<(), Failure> {
    let words = Words::of(call);
    let invalid = |message: String| {
        let kind = if words.column == "column" { "column_index_invalid" } else { "index_invalid" };
        Err(Failure::new(400, kind, message))
    };
    if wanted.is_empty() {
        return invalid(format!("No {} provided for index", words.columns()));
    }
    let known = columns::available(call, table_id)?;
    for (position, name) in wanted.iter().enumerate() {
        if wanted[..position].contains(name) {
            return invalid(format!("Duplicate {}s provided", words.column));
        }
        let column = known.iter().find(|column| column["key"] == *name);
        let of = column.and_then(|column| column["type"].as_str()).unwrap_or_default();
        let fits = match kind {
            "fulltext" => matches!(of, "string" | "varchar" | "text" | "mediumtext" | "longtext"),
            "spatial" => matches!(of, "point" | "linestring" | "polygon"),
            _ => true,
        };
        if column.is_some() && !fits {
            return invalid(format!("The {} {name} cannot be part of a {kind} index", words.column));
        }
    }
    for name in wanted.iter().filter_map(Value::as_str) {
        if !name.starts_with('$') && !known.iter().any(|column| column["key"] == name) {
            return Err(Failure::new(
                400,
                format!("{}_unknown", words.column),
                format!(
                    "The {} '{name}' required for the index could not be found. Please confirm all your {} are in \
                     the available state.",
                    words.column,
                    words.columns()
                ),
            ));
        }
    }
    Ok(())
}

/// Adds the indexes given when a table is made.
pub(super) fn create_inline(call: &Call, table: &Value) -> Result<(), Failure> {
    let table_id = table["$id"].as_str().unwrap_or_default();
    for given in call.list("indexes") {
        let key = given["key"].as_str().unwrap_or_default();
        let list = |name: &str| given[name].as_array().cloned().unwrap_or_default();
        let named = [list("columns"), list("attributes")].concat();
        let index =
            draft(call, table, key, given["type"].as_str().unwrap_or("key"), &named, &list("orders"))?;
        call.state.store.insert(&tables::part(call, "indexes", table_id), key, &index)?;
    }
    Ok(())
}

fn draft(
    call: &Call,
    table: &Value,
    key: &str,
    kind: &str,
    columns: &[Value],
    orders: &[Value],
) -> Result<Value, Failure> {
    if !is_id(key) {
        return Err(Failure::argument("key", ID_RULE));
    }
    let now = clock::now();
    let database = database(call)?;
    let mut index = json!({
        "$id": format!("{}_{}_{key}", database["_number"], table["number"]), "$createdAt": now,
        "$updatedAt": now, "key": key, "type": kind, "error": "", "columns": columns,
        "lengths": vec![0; columns.len()], "orders": orders,
    });
    columns::start_processing(&mut index);
    Ok(index)
}

/// Gives a column of every index another name, or takes it away, and with it an index that has no other.
pub(super) fn rename_column(
    call: &Call,
    table_id: &str,
    old: &str,
    new: Option<&str>,
) -> Result<(), Failure> {
    let collection = tables::part(call, "indexes", table_id);
    for mut index in call.state.store.all(&collection)? {
        let columns = index["columns"].as_array().cloned().unwrap_or_default();
        if !columns.contains(&json!(old)) {
            continue;
        }
        let columns: Vec<Value> = columns
            .into_iter()
            .filter_map(|column| if column == old { new.map(Value::from) } else { Some(column) })
            .collect();
        let key = index["key"].as_str().unwrap_or_default().to_owned();
        if columns.is_empty() {
            call.state.store.remove(&collection, &key)?;
        } else {
            index["columns"] = json!(columns);
            call.state.store.put(&collection, &key, &index)?;
        }
    }
    Ok(())
}

pub(super) fn list(call: &Call) -> Handled {
    tables::find(call)?;
    let page = columns::page_by_key(call, "Index", shown(call, Words::of(call).table_id(call))?)?;
    Ok(Response::list("indexes", page.total, page.documents))
}

fn find(call: &Call) -> Result<Value, Failure> {
    let words = Words::of(call);
    tables::find(call)?;
    let key = call.text_or_empty("key");
    let found = call.state.store.get(&tables::part(call, "indexes", words.table_id(call)), key)?;
    let mut index = found.ok_or_else(|| words.index_not_found(key))?;
    columns::settle(&mut index);
    Ok(index)
}

pub(super) fn get(call: &Call) -> Handled {
    Ok(Response::ok(view(call, &find(call)?)))
}

pub(super) fn delete(call: &Call) -> Handled {
    find(call)?;
    let words = Words::of(call);
    call.state
        .store
        .remove(&tables::part(call, "indexes", words.table_id(call)), call.text_or_empty("key"))?;
    Ok(Response::empty())
}

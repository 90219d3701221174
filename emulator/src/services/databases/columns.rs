//! Columns. A new one is `processing` for a moment, then `available`.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Map, Value, json};

use super::words::{Words, capital};
use super::{definition, indexes, relations, tables, width};
use crate::{
    call::Call,
    clock::{self, system_milliseconds},
    failure::Failure,
    query::Page,
    response::{Handled, Response},
};

/// How long a column or an index is on its way, in milliseconds.
const PROCESSING: i64 = 60;

/// Marks something new as on its way.
pub(super) fn start_processing(fields: &mut Value) {
    fields["status"] = json!("processing");
    fields["_started"] = json!(system_milliseconds());
}

/// What became of something on its way, seen now.
pub(super) fn settle(fields: &mut Value) {
    let started = fields["_started"].as_i64().unwrap_or_default();
    if fields["status"] == "processing" && system_milliseconds() - started >= PROCESSING {
        fields["status"] = json!("available");
    }
}

/// All columns of a table, settled, with their private fields.
pub(super) fn all(call: &Call, table_id: &str) -> Result<Arc<Vec<Value>>, Failure> {
    settled(call, &tables::part(call, "columns", table_id))
}

/// All columns or indexes of a collection, settled.
pub(super) fn settled(call: &Call, collection: &str) -> Result<Arc<Vec<Value>>, Failure> {
    call.state.store.shared_all(collection, |all| {
        all.iter_mut().for_each(settle);
        !all.iter().any(|fields| fields["status"] == "processing")
    })
}

/// The columns that rows can use.
pub(super) fn available(call: &Call, table_id: &str) -> Result<Arc<Vec<Value>>, Failure> {
    let mut columns = all(call, table_id)?;
    let is_available = |column: &Value| column["status"] == "available";
    if !columns.iter().all(is_available) {
        Arc::make_mut(&mut columns).retain(is_available);
    }
    Ok(columns)
}

/// All columns of a table as shown.
pub(super) fn shown(call: &Call, table_id: &str) -> Result<Vec<Value>, Failure> {
    Ok(all(call, table_id)?.iter().map(|column| view(call, column)).collect())
}

fn view(call: &Call, column: &Value) -> Value {
    let mut shown = crate::services::public(column);
    if let Some(fields) = shown.as_object_mut()
        && let Some(related) = fields.remove("related")
    {
        let name = if Words::of(call).table == "table" { "relatedTable" } else { "relatedCollection" };
        fields.insert(name.to_owned(), related);
    }
    shown
}

pub(super) fn create(call: &Call) -> Handled {
    let words = Words::of(call);
    tables::find(call)?;
    let kind = kind_of_method(&call.method.name);
    let table_id = words.table_id(call);
    let mut column = draft(&words, &kind, &call.params)?;
    if kind == "relationship" && column["twoWayKey"] == "" {
        column["twoWayKey"] = json!(table_id);
    }
    add(call, table_id, &column)?;
    if kind == "relationship" {
        relations::create_other_side(call, table_id, &column)?;
    }
    Ok(Response::json(202, view(call, &column)))
}

/// Adds the columns given when a table is made.
pub(super) fn create_inline(call: &Call, table_id: &str) -> Result<(), Failure> {
    let words = Words::of(call);
    for given in call.list(&words.columns()) {
        let Some(fields) = given.as_object() else { continue };
        let kind = match (
            fields.get("type").and_then(Value::as_str),
            fields.get("format").and_then(Value::as_str),
        ) {
            (Some("string"), Some(format)) if !format.is_empty() => format.to_owned(),
            (Some("double"), _) => "float".to_owned(),
            (Some(kind), _) => kind.to_owned(),
            (None, _) => "string".to_owned(),
        };
        let mut column = draft(&words, &kind, fields)?;
        // Only the methods for one column fill in bounds.
        for bound in ["min", "max"] {
            if column.get(bound).is_some() {
                column[bound] = fields.get(bound).cloned().unwrap_or_default();
            }
        }
        // They are made together with the table.
        column["status"] = json!("available");
        add(call, table_id, &column)?;
    }
    Ok(())
}

/// Adds a column; a taken key is a conflict (409).
pub(super) fn add(call: &Call, table_id: &str, column: &Value) -> Result<(), Failure> {
    width::require_room(call, table_id, column)?;
    let words = Words::of(call);
    let key = column["key"].as_str().unwrap_or_default();
    if call.state.store.insert(&tables::part(call, "columns", table_id), key, column)? {
        return Ok(());
    }
    let title = super::words::capital(words.column);
    Err(Failure::new(
        409,
        format!("{}_already_exists", words.column),
        format!(
            "{title} with the requested key '{key}' already exists. {title} keys must be unique, try again with a different key."
        ),
    ))
}

/// `createBigIntColumn` → `bigint`.
fn kind_of_method(name: &str) -> String {
    let stem = name.trim_start_matches("create").trim_start_matches("update");
    stem.trim_end_matches("Column").trim_end_matches("Attribute").to_lowercase()
}

/// What a kind of column is called on the wire; some differ in their format only.
fn wire_type(kind: &str) -> &str {
    match kind {
        "float" => "double",
        "line" => "linestring",
        "email" | "url" | "ip" | "enum" => "string",
        other => other,
    }
}

/// A new column from parameters, in the shape of its kind.
fn draft(words: &Words, kind: &str, given: &Map<String, Value>) -> Result<Value, Failure> {
    let get = |name: &str| given.get(name).cloned().unwrap_or(Value::Null);
    let or = |name: &str, otherwise: Value| match get(name) {
        Value::Null => otherwise,
        value => value,
    };
    let required = get("required") == true;
    let now = clock::now();
    let mut column = json!({
        "key": get("key"), "type": wire_type(kind), "error": "", "required": required,
        "array": get("array") == true, "$createdAt": now, "$updatedAt": now,
    });
    start_processing(&mut column);
    match kind {
        "string" | "varchar" => {
            column["size"] = or("size", json!(255));
            column["encrypt"] = or("encrypt", json!(false));
        }
        "text" | "mediumtext" | "longtext" => column["encrypt"] = or("encrypt", json!(false)),
        "integer" | "bigint" => {
            column["min"] = or("min", json!(i64::MIN));
            column["max"] = or("max", json!(i64::MAX));
        }
        "float" => {
            column["min"] = or("min", json!(f64::MIN));
            column["max"] = or("max", json!(f64::MAX));
        }
        "datetime" => column["format"] = json!(""),
        "email" | "url" | "ip" => column["format"] = json!(kind),
        "enum" => {
            column["format"] = json!("enum");
            column["elements"] = or("elements", json!([]));
        }
        "relationship" => {
            let related = or("relatedTableId", get("relatedCollectionId"));
            column["key"] = or("key", related.clone());
            column["related"] = related;
            column["relationType"] = get("type");
            column["twoWay"] = json!(get("twoWay") == true);
            column["twoWayKey"] = or("twoWayKey", json!(""));
            column["onDelete"] = or("onDelete", json!("restrict"));
            column["side"] = json!("parent");
        }
        _ => {}
    }
    if kind != "relationship" {
        column["default"] = get("default");
    }
    definition::check(words, &column)?;
    Ok(column)
}

pub(super) fn list(call: &Call) -> Handled {
    let words = Words::of(call);
    tables::find(call)?;
    let page = page_by_key(call, &capital(words.column), shown(call, words.table_id(call))?)?;
    let columns: Vec<Value> = page.documents.into_iter().map(without_encryption).collect();
    Ok(Response::list(&words.columns(), page.total, columns))
}

/// A page of columns or indexes: a cursor names one by its key.
pub(super) fn page_by_key(call: &Call, noun: &str, mut items: Vec<Value>) -> Result<Page, Failure> {
    let mut ids = HashMap::new();
    for fields in items.iter_mut().filter_map(Value::as_object_mut) {
        let key = fields.get("key").cloned().unwrap_or_default();
        let id = fields.insert("$id".to_owned(), key.clone());
        ids.insert(key.to_string(), id);
    }
    let mut page = call.page(noun, items)?;
    for fields in page.documents.iter_mut().filter_map(Value::as_object_mut) {
        let Some(key) = fields.get("$id").map(Value::to_string) else { continue };
        match ids.remove(&key).flatten() {
            Some(id) => drop(fields.insert("$id".to_owned(), id)),
            None => drop(fields.remove("$id")),
        }
    }
    Ok(page)
}

fn find(call: &Call) -> Result<Value, Failure> {
    let words = Words::of(call);
    tables::find(call)?;
    let key = call.text_or_empty("key");
    let found = call.state.store.get(&tables::part(call, "columns", words.table_id(call)), key)?;
    let mut column = found.ok_or_else(|| words.column_not_found(key))?;
    settle(&mut column);
    Ok(column)
}

pub(super) fn get(call: &Call) -> Handled {
    Ok(Response::ok(without_encryption(view(call, &find(call)?))))
}

/// Asked for themselves, text columns of the newer kinds do not say whether they are encrypted.
fn without_encryption(mut column: Value) -> Value {
    if column.get("encrypt").is_some() && column["type"] != "string" {
        column["encrypt"] = Value::Null;
    }
    column
}

pub(super) fn update(call: &Call) -> Handled {
    let words = Words::of(call);
    let mut column = find(call)?;
    require_kind(&words, &column, &kind_of_method(&call.method.name))?;
    for (name, value) in &call.params {
        let is_own = matches!(
            name.as_str(),
            "required" | "default" | "min" | "max" | "size" | "elements" | "onDelete"
        );
        if is_own && column.get(name).is_some() {
            column[name] = value.clone();
        }
    }
    column["$updatedAt"] = json!(clock::now());
    let table_id = words.table_id(call);
    let collection = tables::part(call, "columns", table_id);
    let key = call.text_or_empty("key");
    match call.text("newKey").filter(|new| *new != key) {
        Some(new) => {
            column["key"] = json!(new);
            definition::check(&words, &column)?;
            call.state.store.remove(&collection, key)?;
            add(call, table_id, &column)?;
            super::rows::rename_field(call, table_id, key, Some(new))?;
            indexes::rename_column(call, table_id, key, Some(new))?;
            if let Some((related, other)) = relations::other_side(&column) {
                let others = tables::part(call, "columns", related);
                if let Some(mut found) = call.state.store.get(&others, other)? {
                    found["twoWayKey"] = json!(new);
                    call.state.store.put(&others, other, &found)?;
                }
            }
        }
        None => {
            definition::check(&words, &column)?;
            call.state.store.put(&collection, key, &column)?;
        }
    }
    let mut shown = view(call, &column);
    if shown.get("encrypt").is_some() {
        shown["encrypt"] = Value::Null;
    }
    Ok(Response::ok(shown))
}

/// A column is changed by the method of its own kind (400).
fn require_kind(words: &Words, column: &Value, kind: &str) -> Result<(), Failure> {
    let wanted = wire_type(kind);
    let has_format = ["email", "url", "ip", "enum"].contains(&kind);
    if column["type"] == wanted && (!has_format || column["format"] == kind) {
        return Ok(());
    }
    let title = super::words::capital(words.column);
    Err(Failure::new(
        400,
        format!("{}_type_invalid", words.column),
        format!("The {} type is invalid. {title} '{}' is of another kind.", words.column, column["key"]),
    ))
}

pub(super) fn delete(call: &Call) -> Handled {
    let column = find(call)?;
    remove(call, Words::of(call).table_id(call), call.text_or_empty("key"))?;
    // A two-way relationship has no side alone.
    if let Some((related, other)) = relations::other_side(&column) {
        remove(call, related, other)?;
    }
    Ok(Response::empty())
}

/// Removes the columns of a table that are relationships with another one.
pub(super) fn remove_related(call: &Call, table_id: &str, related: &str) -> Result<(), Failure> {
    for column in all(call, table_id)?.iter() {
        if column["type"] == "relationship" && column["related"] == related {
            remove(call, table_id, column["key"].as_str().unwrap_or_default())?;
        }
    }
    Ok(())
}

fn remove(call: &Call, table_id: &str, key: &str) -> Result<(), Failure> {
    call.state.store.remove(&tables::part(call, "columns", table_id), key)?;
    super::rows::rename_field(call, table_id, key, None)?;
    indexes::rename_column(call, table_id, key, None)
}

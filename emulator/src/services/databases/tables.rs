//! Tables.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{columns, database, indexes, words::Words};
use crate::{
    auth::permission,
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
};

/// Where the tables of the call's database are kept.
fn collection(call: &Call) -> String {
    call.collection(&format!("tables/{}", call.text_or_empty("databaseId")))
}

/// Where something of the call's table is kept: columns, indexes, rows.
pub(super) fn part(call: &Call, name: &str, table_id: &str) -> String {
    call.collection(&format!("{name}/{}/{table_id}", call.text_or_empty("databaseId")))
}

/// The table that the call names; a disabled one exists for keys only.
pub(super) fn find(call: &Call) -> Result<Arc<Value>, Failure> {
    let words = Words::of(call);
    database(call)?;
    let id = words.table_id(call);
    let found = call.state.store.shared(&collection(call), id)?;
    found
        .filter(|table| call.caller.is_key() || table["enabled"] != false)
        .ok_or_else(|| words.table_not_found(id))
}

/// Another table of the same database.
pub(super) fn by_id(call: &Call, id: &str) -> Result<Option<Arc<Value>>, Failure> {
    call.state.store.shared(&collection(call), id)
}

pub(super) fn create(call: &Call) -> Handled {
    let words = Words::of(call);
    database(call)?;
    let id = call.new_id(if words.table == "table" { "tableId" } else { "collectionId" });
    let now = clock::now();
    let mut table = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now,
        "$permissions": permission::expand(call.value("permissions").unwrap_or(&json!([]))),
        "databaseId": call.text_or_empty("databaseId"), "name": call.text_or_empty("name"),
        "enabled": call.flag("enabled").unwrap_or(true),
        "security": call.flag(&words.security()).unwrap_or(false),
        "number": call.state.store.next(&collection(call))?,
    });
    // Of a collection of vectors.
    if let Some(dimension) = call.value("dimension") {
        table["dimension"] = dimension.clone();
    }
    if !call.state.store.insert(&collection(call), &id, &table)? {
        return Err(Failure::new(
            409,
            format!("{}_already_exists", words.table),
            format!(
                "A {} with the requested ID '{id}' already exists. Try again with a different ID or use ID.unique() \
                 to generate a unique ID.",
                words.table
            ),
        ));
    }
    columns::create_inline(call, &id)?;
    indexes::create_inline(call, &table)?;
    let mut shown = view(call, &table)?;
    // The new table's columns are still on their way.
    shown[words.columns().as_str()] = json!([]);
    shown["indexes"] = json!([]);
    Ok(Response::created(shown))
}

/// A table as its service shows it.
fn view(call: &Call, table: &Value) -> Result<Value, Failure> {
    let words = Words::of(call);
    let id = table["$id"].as_str().unwrap_or_default();
    let mut shown = table.clone();
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("number");
        let security = fields.remove("security").unwrap_or(json!(false));
        fields.insert(words.security(), security);
        fields.insert(words.columns(), Value::from(columns::shown(call, id)?));
        fields.insert("indexes".to_owned(), Value::from(indexes::shown(call, id)?));
        fields.insert("bytesMax".to_owned(), json!(65_535));
        fields.insert("bytesUsed".to_owned(), json!(1_067));
    }
    Ok(shown)
}

pub(super) fn list(call: &Call) -> Handled {
    let words = Words::of(call);
    database(call)?;
    let page = call.page(&super::words::capital(words.table), call.state.store.all(&collection(call))?)?;
    let tables = page.documents.iter().map(|table| view(call, table)).collect::<Result<_, _>>()?;
    Ok(Response::list(&words.tables(), page.total, tables))
}

pub(super) fn get(call: &Call) -> Handled {
    let table = find(call)?;
    Ok(Response::ok(view(call, &table)?))
}

pub(super) fn update(call: &Call) -> Handled {
    let words = Words::of(call);
    let mut table = Arc::unwrap_or_clone(find(call)?);
    if let Some(name) = call.value("name") {
        table["name"] = name.clone();
    }
    if let Some(permissions) = call.value("permissions") {
        table["$permissions"] = permission::expand(permissions);
    }
    if let Some(enabled) = call.value("enabled") {
        table["enabled"] = enabled.clone();
    }
    if let Some(security) = call.value(&words.security()) {
        table["security"] = security.clone();
    }
    table["$updatedAt"] = json!(clock::now());
    call.state.store.put(&collection(call), words.table_id(call), &table)?;
    Ok(Response::ok(view(call, &table)?))
}

pub(super) fn delete(call: &Call) -> Handled {
    find(call)?;
    let id = Words::of(call).table_id(call);
    call.state.store.remove(&collection(call), id)?;
    for name in ["columns", "indexes", "rows"] {
        call.state.store.remove_tree(&part(call, name, id))?;
    }
    // Relationships of other tables with this one go as well.
    for table in call.state.store.all(&collection(call))? {
        columns::remove_related(call, table["$id"].as_str().unwrap_or_default(), id)?;
    }
    Ok(Response::empty())
}

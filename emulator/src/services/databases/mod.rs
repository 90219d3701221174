//! TablesDB and its twins: databases, tables, columns, indexes and rows.

mod access;
mod admission;
mod bulk;
mod columns;
mod commit;
mod counting;
mod definition;
mod indexes;
mod operators;
mod reading;
mod related;
mod relations;
mod rows;
mod tables;
mod transactions;
mod validate;
mod width;
mod words;
mod writing;

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Handler, logs};
use crate::{
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
    services::public,
};
pub(super) use access::new_permissions;
pub(crate) use transactions::expire as expire_transactions;
pub(super) use transactions::fail as fail_transaction;
pub(crate) use transactions::staged;
use words::Words;

/// The handler for a method of any of the twins; the old words are read as the new ones.
pub(super) fn handler(name: &str) -> Option<Handler> {
    let name = name.replace("Collection", "Table").replace("Attribute", "Column").replace("Document", "Row");
    let handler: Handler = match name.as_str() {
        "create" => create,
        "list" => list,
        "get" => get,
        "update" => update,
        "delete" => delete,
        "createTable" => tables::create,
        "listTables" => tables::list,
        "getTable" => tables::get,
        "updateTable" => tables::update,
        "deleteTable" => tables::delete,
        "listColumns" => columns::list,
        "getColumn" => columns::get,
        "deleteColumn" => columns::delete,
        "createIndex" => indexes::create,
        "listIndexes" => indexes::list,
        "getIndex" => indexes::get,
        "deleteIndex" => indexes::delete,
        "createRow" => writing::create,
        "updateRow" => writing::update,
        "upsertRow" => writing::upsert,
        "deleteRow" => writing::delete,
        "getRow" => reading::get,
        "listRows" => reading::list,
        "createRows" => bulk::create,
        "updateRows" => bulk::update,
        "upsertRows" => bulk::upsert,
        "deleteRows" => bulk::delete,
        "incrementRowColumn" => |call| counting::count(call, 1),
        "decrementRowColumn" => |call| counting::count(call, -1),
        "createTransaction" => transactions::create,
        "listTransactions" => transactions::list,
        "getTransaction" => transactions::get,
        "updateTransaction" => transactions::update,
        "deleteTransaction" => transactions::delete,
        "createOperations" => transactions::create_operations,
        "listRowLogs" | "listTableLogs" | "listLogs" => logs::of_resource,
        name if name.starts_with("create") && name.ends_with("Column") => columns::create,
        name if name.starts_with("update") && name.ends_with("Column") => columns::update,
        _ => return None,
    };
    Some(handler)
}

/// The database that the call names; a disabled one exists for keys only.
pub(super) fn database(call: &Call) -> Result<Arc<Value>, Failure> {
    let id = call.text_or_empty("databaseId");
    let found = call.state.store.shared(&call.collection("databases"), id)?;
    found
        .filter(|database| call.caller.is_key() || database["enabled"] != false)
        .ok_or_else(|| Words::database_not_found(id))
}

fn create(call: &Call) -> Handled {
    let words = Words::of(call);
    let id = call.new_id("databaseId");
    let now = clock::now();
    let database = json!({
        "$id": id, "name": call.text_or_empty("name"), "$createdAt": now, "$updatedAt": now,
        "enabled": call.flag("enabled").unwrap_or(true), "type": words.kind,
        "_number": call.state.store.next(&call.collection("databases"))?,
    });
    if !call.state.store.insert(&call.collection("databases"), &id, &database)? {
        return Err(Failure::new(
            409,
            "database_already_exists",
            format!(
                "Database with the requested ID '{id}' already exists. Try again with a different ID or use ID.unique() to generate a unique ID."
            ),
        ));
    }
    Ok(Response::created(public(&database)))
}

fn list(call: &Call) -> Handled {
    let words = Words::of(call);
    let mut databases = call.state.store.all(&call.collection("databases"))?;
    databases.retain(|database| database["type"] == words.kind);
    let page = call.page("Database", databases)?;
    Ok(Response::list("databases", page.total, page.documents.iter().map(public).collect()))
}

fn get(call: &Call) -> Handled {
    let database = database(call)?;
    Ok(Response::ok(public(&database)))
}

fn update(call: &Call) -> Handled {
    let mut database = Arc::unwrap_or_clone(database(call)?);
    super::generic::merge(call, &mut database);
    call.state.store.put(&call.collection("databases"), call.text_or_empty("databaseId"), &database)?;
    Ok(Response::ok(public(&database)))
}

fn delete(call: &Call) -> Handled {
    database(call)?;
    let id = call.text_or_empty("databaseId");
    call.state.store.remove(&call.collection("databases"), id)?;
    for name in ["tables", "columns", "indexes", "rows"] {
        call.state.store.remove_tree(&call.collection(&format!("{name}/{id}")))?;
    }
    Ok(Response::empty())
}

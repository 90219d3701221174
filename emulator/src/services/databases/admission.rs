//! Whether an operation may be staged in a transaction: it says what it must, and the caller may do it.

use serde_json::{Value, json};

use super::{access, commit, rows, tables, transactions, writing::require_sound};
use crate::{call::Call, failure::Failure};

/// Checks an operation as `commit::read` returns it, and returns it with the permissions its row will have.
pub(super) fn admit(call: &Call, mut operation: Value) -> Result<Value, Failure> {
    let action = operation["action"].as_str().unwrap_or_default().to_owned();
    let is_bulk = match action.as_str() {
        "create" | "update" | "upsert" | "delete" => false,
        "bulkUpdate" | "bulkDelete" => true,
        _ => return Err(Failure::argument("operations", format!("There is no action \"{action}\""))),
    };
    let scoped = commit::scoped(call, &operation);
    let table = tables::find(&scoped).map_err(|failure| match failure.kind.as_str() {
        "table_not_found" => {
            let id = operation["tableId"].as_str().unwrap_or_default();
            let message = format!("Collection with the requested ID '{id}' could not be found.");
            Failure::new(404, "collection_not_found", message)
        }
        _ => failure,
    })?;
    let table_id = table["$id"].as_str().unwrap_or_default();
    if is_bulk {
        access::require_key(call)?;
        super::reading::plan(&scoped, table_id)?;
        return Ok(operation);
    }
    if operation["rowId"] == "" || operation["rowId"].is_null() {
        return Err(Failure::argument("operations", format!("Action \"{action}\" needs the ID of a row")));
    }
    require_sound("operations", &json!({"$id": operation["rowId"]}))?;
    require_sound("operations", &operation["data"])?;
    let row_id = operation["rowId"].as_str().unwrap_or_default().to_owned();
    let row = match call.state.store.get(&rows::collection(&scoped, table_id), &row_id)? {
        Some(row) if operation["counts"] != true => {
            operation["seen"] = row["$updatedAt"].clone();
            Some(row)
        }
        Some(row) => Some(row),
        None => transactions::created(call, &operation)?,
    };
    match row.as_ref().filter(|_| action != "create") {
        None if matches!(action.as_str(), "create" | "upsert") => {
            access::require_create(call, &table)?;
            let given = &operation["data"]["$permissions"];
            let permissions = match given.is_array() {
                true => access::granted(call, given)?,
                false => call.caller.default_permissions(),
            };
            operation["data"]["$permissions"] = permissions;
        }
        Some(row)
            if access::allows(call, &table, row, if action == "delete" { "delete" } else { "update" }) => {}
        None => return Err(commit::not_found(&row_id)),
        _ => return Err(Failure::unauthorized()),
    }
    Ok(operation)
}

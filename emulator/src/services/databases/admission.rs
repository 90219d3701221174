//! Whether an operation may be staged in a transaction: it says what it must, and the caller may do it.

use serde_json::{Value, json};

use super::{access, commit, tables, transactions, writing::require_sound};
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
    let table = tables::find(&scoped)?;
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
    let rows = transactions::rows(&scoped, table_id)?;
    let row = rows.iter().find(|row| row["$id"] == operation["rowId"]);
    match row.filter(|_| action != "create") {
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
        // What is not there may come to be there by the commit; keys find out then.
        None if call.caller.is_key() => {}
        _ => return Err(Failure::unauthorized()),
    }
    Ok(operation)
}

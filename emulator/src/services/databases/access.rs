//! Who may do what with rows: the table's permissions, and each row's own where the table asks for row security.

use serde_json::Value;

use crate::{auth::permission, call::Call, failure::Failure};

/// Whether the table alone lets the caller do this; keys may do everything.
pub(super) fn table_allows(call: &Call, table: &Value, action: &str) -> bool {
    call.caller.is_key() || permission::allows(&table["$permissions"], action, &call.caller.roles())
}

/// Whether the caller may do this with the row.
pub(super) fn allows(call: &Call, table: &Value, row: &Value, action: &str) -> bool {
    table_allows(call, table, action)
        || (table["security"] == true
            && permission::allows(&row["$permissions"], action, &call.caller.roles()))
}

/// Refuses a caller who cannot read anything of the table: it has no row security that could help (401).
pub(super) fn require_some_reading(call: &Call, table: &Value) -> Result<(), Failure> {
    if table_allows(call, table, "read") || table["security"] == true {
        Ok(())
    } else {
        Err(Failure::unauthorized())
    }
}

/// Refuses a caller who may not create rows, in the server's words (401).
pub(super) fn require_create(call: &Call, table: &Value) -> Result<(), Failure> {
    if call.caller.is_key() {
        return Ok(());
    }
    permission::require(&table["$permissions"], "create", &call.caller.roles())
}

/// The permissions for a new row or file: the given ones, which users may grant only to roles they have themselves.
pub(in crate::services) fn new_permissions(call: &Call) -> Result<Value, Failure> {
    match call.value("permissions") {
        Some(given) => granted(call, given),
        None => Ok(call.caller.default_permissions()),
    }
}

/// Given permissions written out, after checking that a user has every role they grant to (401).
pub(in crate::services) fn granted(call: &Call, given: &Value) -> Result<Value, Failure> {
    if !call.caller.is_key() {
        let roles = call.caller.roles();
        let mut named = given.as_array().into_iter().flatten().filter_map(Value::as_str);
        if named
            .any(|text| !permission::role_of(text).is_some_and(|role| roles.iter().any(|own| own == role)))
        {
            return Err(Failure::new(
                401,
                "user_unauthorized",
                format!("Permissions must be one of: ({})", roles.join(", ")),
            ));
        }
    }
    Ok(permission::expand(given))
}

/// Refuses everybody but keys: bulk writing is theirs (401).
pub(super) fn require_key(call: &Call) -> Result<(), Failure> {
    if call.caller.is_key() {
        return Ok(());
    }
    Err(Failure::new(
        401,
        "general_unauthorized_scope",
        "The current user or API key does not have the required scopes to access the requested resource.",
    ))
}

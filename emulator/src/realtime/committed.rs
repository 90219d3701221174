//! What the commit of a transaction writes.

use serde_json::{Map, Value, json};

use super::{
    hub::Change,
    report::{read, row_change},
};
use crate::{call::Call, services};

/// More rows than any transaction writes.
const ALL: &str = r#"{"method":"limit","values":[5000]}"#;

/// A row that a commit is about to write.
#[derive(Debug)]
pub(super) struct Written {
    action: &'static str,
    database: String,
    table: String,
    /// The row before the commit; of one that is created its ID alone.
    before: Value,
}

/// The rows that a call is about to commit, in the order of the writes.
pub(super) fn about_to_be(call: &Call) -> Vec<Written> {
    if call.method.name != "updateTransaction" || call.flag("commit") != Some(true) {
        return Vec::new();
    }
    let staged = services::staged(call).unwrap_or_default();
    staged.iter().flat_map(|operation| rows_of(call, operation)).collect()
}

fn rows_of(call: &Call, operation: &Value) -> Vec<Written> {
    let text = |name: &str| operation[name].as_str().unwrap_or_default().to_owned();
    let action = match operation["action"].as_str().unwrap_or_default() {
        "create" => "create",
        "upsert" => "upsert",
        "delete" | "bulkDelete" => "delete",
        _ => "update",
    };
    let (database, table) = (text("databaseId"), text("tableId"));
    let rows = if operation["rowId"].as_str().is_some_and(|id| !id.is_empty()) {
        let id = json!({ "$id": operation["rowId"] });
        vec![row(call, &database, &table, &operation["rowId"]).unwrap_or(id)]
    } else {
        let mut queries = operation["data"]["queries"].as_array().cloned().unwrap_or_default();
        queries.push(json!(ALL));
        let params = params(&database, &table, "queries", json!(queries));
        let page = read(call, "tablesDB.listRows", params).unwrap_or_default();
        page["rows"].as_array().cloned().unwrap_or_default()
    };
    let written = |before| Written { action, database: database.clone(), table: table.clone(), before };
    rows.into_iter().map(written).collect()
}

fn params(database: &str, table: &str, name: &str, value: Value) -> Map<String, Value> {
    let params = [("databaseId", json!(database)), ("tableId", json!(table)), (name, value)];
    params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn row(call: &Call, database: &str, table: &str, id: &Value) -> Option<Value> {
    read(call, "tablesDB.getRow", params(database, table, "rowId", id.clone()))
}

impl Written {
    /// What listeners hear once it is written.
    pub(super) fn change(self, call: &Call) -> Change {
        let Self { action, database, table, before } = self;
        let after = if action == "delete" { None } else { row(call, &database, &table, &before["$id"]) };
        row_change(call, &database, &table, action, after.unwrap_or(before))
    }
}

//! Carrying out what a transaction has staged.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{
    bulk, operators, rows,
    rows::Shape,
    words::Words,
    writing::{bulk_id, bulk_permissions},
};
use crate::{call::Call, failure::Failure};

/// Reads an operation as clients send it: bulk ones of given rows become one for each row.
pub(super) fn read(given: &Value) -> Vec<Value> {
    let either = |new: &str, old: &str| given.get(new).or(given.get(old)).cloned().unwrap_or(Value::Null);
    let action = given["action"].as_str().unwrap_or_default();
    let operation = |action: &str, row_id: Value, data: Value| {
        json!({
            "action": action, "databaseId": given["databaseId"], "tableId": either("tableId", "collectionId"),
            "rowId": row_id, "data": data, "seen": "",
        })
    };
    let data = &given["data"];
    match action {
        "bulkCreate" | "bulkUpsert" => {
            let single = if action == "bulkCreate" { "create" } else { "upsert" };
            let rows = data.as_array().map(Vec::as_slice).unwrap_or_default();
            rows.iter().map(|row| operation(single, json!(bulk_id(row)), row.clone())).collect()
        }
        "increment" | "decrement" => {
            let column =
                data.get("column").or(data.get("attribute")).and_then(Value::as_str).unwrap_or_default();
            let limit = data.get("max").or(data.get("min"));
            let values = [data.get("value").unwrap_or(&json!(1)).clone()].into_iter().chain(limit.cloned());
            let operator = json!({"method": action, "values": values.collect::<Vec<_>>()}).to_string();
            let mut update = operation("update", either("rowId", "documentId"), json!({column: operator}));
            // Counts add up, with those of other callers.
            update["counts"] = json!(true);
            vec![update]
        }
        _ => vec![operation(action, either("rowId", "documentId"), data.clone())],
    }
}

fn conflict() -> Failure {
    Failure::new(
        409,
        "transaction_conflict",
        "The transaction has a conflict. Please resolve the conflict and try again.",
    )
}

/// Does every staged write in turn; a row changed by others meanwhile is a conflict (409).
pub(super) fn commit(call: &Call, operations: &[Value]) -> Result<(), Failure> {
    for operation in operations.iter().filter(|operation| operation["seen"] != "") {
        let id = operation["rowId"].as_str().unwrap_or_default();
        let table_id = operation["tableId"].as_str().unwrap_or_default();
        let collection = rows::collection(&scoped(call, operation), table_id);
        let stored = call.state.store.get(&collection, id)?.ok_or_else(|| not_found(id))?;
        if stored["$updatedAt"] != operation["seen"] {
            return Err(conflict());
        }
    }
    operations.iter().try_for_each(|operation| apply(call, operation)).map_err(|failure| Failure {
        kind: failure.kind.replace("row_invalid_structure", "document_invalid_structure"),
        ..failure
    })
}

/// 404 for a row that a transaction is about; it is a document there, whatever the service.
pub(super) fn not_found(id: &str) -> Failure {
    let message = format!("Document with the requested ID '{id}' could not be found.");
    Failure::new(404, "document_not_found", message)
}

/// The call as if it were for the operation's table: a transaction's own path names none.
pub(super) fn scoped<'a>(call: &Call<'a>, operation: &Value) -> Call<'a> {
    let words = Words::of(call);
    let mut params = call.params.clone();
    params.insert("databaseId".to_owned(), operation["databaseId"].clone());
    params.insert(words.table_param().to_owned(), operation["tableId"].clone());
    params.insert("queries".to_owned(), operation["data"]["queries"].clone());
    Call {
        state: call.state,
        method: call.method,
        project: call.project.clone(),
        caller: call.caller.clone(),
        params,
        upload: None,
        headers: call.headers.clone(),
        path: call.path.clone(),
    }
}

fn fields(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn apply(call: &Call, operation: &Value) -> Result<(), Failure> {
    let scoped = scoped(call, operation);
    let table_id = operation["tableId"].as_str().unwrap_or_default();
    let collection = rows::collection(&scoped, table_id);
    let store = &call.state.store;
    let shape = Shape::of(&scoped, table_id)?;
    let id = operation["rowId"].as_str().unwrap_or_default();
    match operation["action"].as_str().unwrap_or_default() {
        "bulkDelete" => {
            for row in bulk::picked(&scoped, table_id)? {
                rows::remove(&scoped, table_id, &row)?;
            }
            return Ok(());
        }
        "bulkUpdate" => {
            for row in bulk::picked(&scoped, table_id)? {
                let mut changed = shape.change(&scoped, &row, fields(&operation["data"]["data"]))?;
                rows::save(&scoped, table_id, &mut changed)?;
            }
            return Ok(());
        }
        _ => {}
    }
    let data = fields(&operation["data"]);
    match (operation["action"].as_str().unwrap_or_default(), store.get(&collection, id)?) {
        ("create", Some(_)) => Err(conflict()),
        ("update" | "delete", None) => Err(not_found(id)),
        ("delete", Some(row)) => rows::remove(&scoped, table_id, &row),
        (_, Some(row)) => rows::save(&scoped, table_id, &mut shape.change(&scoped, &row, data)?),
        (_, None) => {
            let permissions = bulk_permissions(&operation["data"]);
            rows::insert(&scoped, table_id, &mut shape.draft(&scoped, id, data, permissions)?)
        }
    }
}

/// Does a staged write to rows that are only shown: what columns want is found out by the commit.
pub(super) fn preview(call: &Call, operation: &Value, rows: &mut Vec<Value>) -> Result<(), Failure> {
    let scoped = scoped(call, operation);
    let table_id = operation["tableId"].as_str().unwrap_or_default();
    let id = &operation["rowId"];
    let merge = |row: &mut Value, data: &Value| {
        for (key, value) in operators::apply(row, fields(data)).unwrap_or_default() {
            row[key] = value;
        }
    };
    match operation["action"].as_str().unwrap_or_default() {
        "delete" => rows.retain(|row| row["$id"] != *id),
        action @ ("bulkDelete" | "bulkUpdate") => {
            let picked = bulk::pick(&scoped, table_id, rows.clone())?;
            let picked: HashSet<&Value> = picked.iter().map(|row| &row["$id"]).collect();
            let is_picked = |row: &Value| picked.contains(&row["$id"]);
            if action == "bulkDelete" {
                rows.retain(|row| !is_picked(row));
            } else {
                let picked = rows.iter_mut().filter(|row| is_picked(row));
                picked.for_each(|row| merge(row, &operation["data"]["data"]));
            }
        }
        _ => {
            let position = rows.iter().position(|row| row["$id"] == *id).unwrap_or_else(|| {
                rows.push(json!({"$id": id, "$sequence": "", "$permissions": []}));
                rows.len() - 1
            });
            merge(&mut rows[position], &operation["data"]);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_become_single_ones() {
        let many = read(&json!({
            "action": "bulkCreate", "databaseId": "d", "tableId": "t", "data": [{"$id": "a"}, {"$id": "b"}],
        }));
        assert_eq!(many.len(), 2);
        assert_eq!((&many[1]["action"], &many[1]["rowId"]), (&json!("create"), &json!("b")));
        let count = read(&json!({
            "action": "increment", "databaseId": "d", "tableId": "t", "rowId": "r",
            "data": {"column": "n", "value": 3},
        }));
        assert_eq!(count[0]["data"]["n"], r#"{"method":"increment","values":[3]}"#);
    }
}

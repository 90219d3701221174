//! Carrying out what a transaction has staged.

use serde_json::{Value, json};

use super::{
    bulk, rows,
    rows::Shape,
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
            vec![operation("update", either("rowId", "documentId"), json!({column: operator}))]
        }
        _ => vec![operation(action, either("rowId", "documentId"), data.clone())],
    }
}

/// Checks every staged write first, then does them all; a row changed meanwhile is a conflict (409).
pub(super) fn commit(call: &Call, operations: &[Value]) -> Result<(), Failure> {
    let mut own: Vec<(&Value, &Value)> = Vec::new();
    for operation in operations.iter().filter(|operation| is_single(operation)) {
        let key = (&operation["tableId"], &operation["rowId"]);
        let stored = stored(call, operation)?;
        let is_own = own.contains(&key);
        let conflicts = match (operation["action"].as_str(), &stored) {
            (Some("create"), Some(_)) => true,
            (Some("update" | "delete"), None) => !is_own,
            (_, Some(row)) => operation["seen"] != "" && operation["seen"] != row["$updatedAt"],
            _ => false,
        };
        if conflicts {
            return Err(Failure::new(
                409,
                "transaction_conflict",
                "The transaction has a conflict. Please resolve the conflict and try again.",
            ));
        }
        own.push(key);
    }
    operations.iter().try_for_each(|operation| apply(call, operation))
}

/// Whether an operation is about one row, and not about those that queries pick.
fn is_single(operation: &Value) -> bool {
    !operation["action"].as_str().is_some_and(|action| action.starts_with("bulk"))
}

fn collection(call: &Call, operation: &Value) -> String {
    let text = |name: &str| operation[name].as_str().unwrap_or_default();
    call.collection(&format!("rows/{}/{}", text("databaseId"), text("tableId")))
}

fn stored(call: &Call, operation: &Value) -> Result<Option<Value>, Failure> {
    call.state.store.get(&collection(call, operation), operation["rowId"].as_str().unwrap_or_default())
}

/// The call as if it were for the operation's table: a transaction's own path names no database.
fn scoped<'a>(call: &Call<'a>, operation: &Value) -> Call<'a> {
    let mut params = call.params.clone();
    params.insert("databaseId".to_owned(), operation["databaseId"].clone());
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

fn apply(call: &Call, operation: &Value) -> Result<(), Failure> {
    let scoped = scoped(call, operation);
    let table_id = operation["tableId"].as_str().unwrap_or_default();
    let collection = rows::collection(&scoped, table_id);
    let store = &call.state.store;
    let shape = Shape::of(&scoped, table_id)?;
    let id = operation["rowId"].as_str().unwrap_or_default();
    let data = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let row = match operation["action"].as_str().unwrap_or_default() {
        "delete" => {
            store.remove(&collection, id)?;
            return Ok(());
        }
        "bulkDelete" => {
            for row in bulk::picked(&scoped, table_id)? {
                store.remove(&collection, row["$id"].as_str().unwrap_or_default())?;
            }
            return Ok(());
        }
        "bulkUpdate" => {
            for row in bulk::picked(&scoped, table_id)? {
                let changed = shape.change(&scoped, &row, data(&operation["data"]["data"]))?;
                store.put(&collection, row["$id"].as_str().unwrap_or_default(), &changed)?;
            }
            return Ok(());
        }
        _ => match store.get(&collection, id)? {
            Some(row) => shape.change(&scoped, &row, data(&operation["data"]))?,
            None => {
                let permissions = bulk_permissions(&operation["data"]);
                shape.draft(&scoped, id, data(&operation["data"]), permissions)?
            }
        },
    };
    store.put(&collection, id, &row)
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

//! Transactions: writes that are staged, and happen together or not at all.

use serde_json::{Map, Value, json};

use super::{admission, commit, rows, words::Words};
use crate::{
    call::Call,
    clock,
    failure::Failure,
    random,
    response::{Handled, Response},
    services::public,
    state::State,
};

/// How long a transaction stays open by default, in seconds.
const LIFE: i64 = 300;

const COLLECTION: &str = "transactions";

fn collection(call: &Call) -> String {
    call.collection(COLLECTION)
}

fn staging(call: &Call, id: &str) -> String {
    call.collection(&format!("staged/{id}"))
}

/// What a call's transaction has staged, in the order of the writes.
pub(crate) fn staged(call: &Call) -> Result<Vec<Value>, Failure> {
    call.state.store.all(&staging(call, call.text_or_empty("transactionId")))
}

fn not_found(id: &str) -> Failure {
    let message = format!("Transaction with the requested ID '{id}' could not be found.");
    Failure::new(404, "transaction_not_found", message)
}

/// The most writes of a transaction.
const MOST: usize = 100;

/// Refuses writes beyond the most that a transaction takes (400).
fn require_room(transaction: &Value, more: usize) -> Result<(), Failure> {
    let there = transaction["operations"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    if there + more <= MOST {
        return Ok(());
    }
    let message = format!(
        "Transaction already has {there} operations, adding {more} would exceed the maximum of {MOST}"
    );
    Err(Failure::new(400, "transaction_limit_exceeded", message))
}

/// The transaction, if it is the caller's: users do not see those of others.
fn find(call: &Call, id: &str) -> Result<Value, Failure> {
    call.state
        .store
        .get(&collection(call), id)?
        .filter(|found| is_own(call, found))
        .ok_or_else(|| not_found(id))
}

fn is_own(call: &Call, transaction: &Value) -> bool {
    call.caller.is_key() || transaction["_owner"] == call.caller.user_id()
}

/// The transaction, if writes can still be staged in it.
fn open(call: &Call, id: &str) -> Result<Value, Failure> {
    let transaction = find(call, id)?;
    if transaction["expiresAt"].as_str().is_some_and(clock::is_past) {
        // The server itself fails there, and only the type says why.
        return Err(Failure::new(500, "transaction_expired", "Server Error"));
    }
    if transaction["status"] != "pending" {
        return Err(Failure::new(
            400,
            "transaction_not_ready",
            "The transaction is not ready yet. Please try again later.",
        ));
    }
    Ok(transaction)
}

pub(super) fn create(call: &Call) -> Handled {
    let id = random::id();
    let now = clock::now();
    let transaction = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "status": "pending", "operations": 0,
        "expiresAt": clock::in_seconds(call.integer("ttl").unwrap_or(LIFE)),
        "_owner": if call.caller.is_key() { Value::Null } else { json!(call.caller.user_id()) },
    });
    call.state.store.put(&collection(call), &id, &transaction)?;
    Ok(Response::created(public(&transaction)))
}

/// Moves the end of every open transaction into the past.
pub(crate) fn expire(state: &State, project: &str) -> Result<(), Failure> {
    let collection = format!("{project}/{COLLECTION}");
    for mut transaction in state.store.all(&collection)? {
        if transaction["status"] == "pending" {
            transaction["expiresAt"] = json!(clock::in_seconds(-1));
            state.store.put(&collection, transaction["$id"].as_str().unwrap_or_default(), &transaction)?;
        }
    }
    Ok(())
}

pub(super) fn list(call: &Call) -> Handled {
    let mut transactions = call.state.store.all(&collection(call))?;
    transactions.retain(|transaction| is_own(call, transaction));
    let page = call.page("Transaction", transactions)?;
    Ok(Response::list("transactions", page.total, page.documents.iter().map(public).collect()))
}

pub(super) fn get(call: &Call) -> Handled {
    Ok(Response::ok(public(&find(call, call.text_or_empty("transactionId"))?)))
}

pub(super) fn delete(call: &Call) -> Handled {
    let id = call.text_or_empty("transactionId");
    find(call, id)?;
    call.state.store.remove(&collection(call), id)?;
    call.state.store.remove_tree(&staging(call, id))?;
    Ok(Response::empty())
}

/// Stages one write and counts it.
fn stage(call: &Call, id: &str, operation: &Value) -> Result<Value, Failure> {
    let mut transaction = open(call, id)?;
    require_room(&transaction, 1)?;
    call.state.store.put(&staging(call, id), &random::hex(20), operation)?;
    transaction["operations"] = json!(transaction["operations"].as_i64().unwrap_or_default() + 1);
    transaction["$updatedAt"] = json!(clock::now());
    call.state.store.put(&collection(call), id, &transaction)?;
    Ok(transaction)
}

/// Stages a new row; the response is what there is of it so far.
pub(super) fn stage_create(
    call: &Call,
    transaction: &str,
    id: &str,
    data: Map<String, Value>,
    permissions: Value,
) -> Handled {
    let words = Words::of(call);
    let mut row = Value::Object(data.clone());
    row["$permissions"] = permissions;
    stage(call, transaction, &operation(call, "create", id, row.clone(), ""))?;
    row["$id"] = json!(id);
    row["$sequence"] = json!("");
    row["$databaseId"] = json!(call.text_or_empty("databaseId"));
    row[words.table_field()] = json!(words.table_id(call));
    Ok(Response::created(row))
}

/// Stages a change of a row, or its end.
pub(super) fn stage_change(
    call: &Call,
    transaction: &str,
    action: &str,
    row: &Value,
    data: Map<String, Value>,
) -> Handled {
    let words = Words::of(call);
    let id = row["$id"].as_str().unwrap_or_default();
    let seen = row["$updatedAt"].as_str().unwrap_or_default();
    stage(call, transaction, &operation(call, action, id, Value::Object(data.clone()), seen))?;
    if action == "delete" {
        return Ok(Response::empty());
    }
    let mut shown = row.clone();
    for (key, value) in data {
        shown[key] = value;
    }
    shown["$databaseId"] = json!(call.text_or_empty("databaseId"));
    shown[words.table_field()] = json!(words.table_id(call));
    Ok(Response::ok(shown))
}

/// A staged write; `seen` is when the row it is about had last changed by then.
fn operation(call: &Call, action: &str, row_id: &str, data: Value, seen: &str) -> Value {
    json!({
        "action": action, "databaseId": call.text_or_empty("databaseId"),
        "tableId": Words::of(call).table_id(call), "rowId": row_id, "data": data, "seen": seen,
    })
}

/// Stages a bulk call; the response is how many rows it brings.
pub(super) fn stage_bulk(call: &Call, transaction: &str, action: &str, data: Value) -> Handled {
    let words = Words::of(call);
    let operations = commit::read(&operation(call, action, "", data, ""));
    for operation in &operations {
        stage(call, transaction, operation)?;
    }
    let is_given = action == "bulkCreate" || action == "bulkUpsert";
    let count = if is_given { operations.len() } else { 0 };
    Ok(Response::list(&words.rows(), count, Vec::new()))
}

/// Stages a count up or down; the response is what there is to count, and not the row.
pub(super) fn stage_count(call: &Call, transaction: &str, action: &str, row: &Value) -> Handled {
    let words = Words::of(call);
    let limit = call.value("max").or(call.value("min"));
    let mut data = json!({"column": call.text_or_empty(words.column), "value": call.value("value").unwrap_or(&json!(1))});
    if let Some(limit) = limit {
        data["max"] = limit.clone();
    }
    let given = operation(call, action, row["$id"].as_str().unwrap_or_default(), data, "");
    for operation in commit::read(&given) {
        stage(call, transaction, &operation)?;
    }
    let by = call.value("value").unwrap_or(&json!(1)).clone();
    Ok(Response::ok(json!({
        "$id": row["$id"], "$sequence": "", "$databaseId": call.text_or_empty("databaseId"),
        words.table_field(): words.table_id(call), call.text_or_empty(words.column): by,
    })))
}

/// What the transaction has staged for a row that it creates, if it does.
pub(super) fn created(call: &Call, operation: &Value) -> Result<Option<Value>, Failure> {
    let staged = staged(call)?;
    let is_it = |staged: &Value| {
        staged["action"] == "create"
            && ["databaseId", "tableId", "rowId"].iter().all(|name| staged[name] == operation[name])
    };
    Ok(staged.into_iter().find(is_it).map(|mut staged| staged["data"].take()))
}

pub(super) fn create_operations(call: &Call) -> Handled {
    let id = call.text_or_empty("transactionId");
    let given = call.list("operations");
    if given.is_empty() {
        return Err(Failure::new(400, "general_bad_request", "Operations array cannot be empty"));
    }
    let mut transaction = open(call, id).map_err(|failure| match failure.kind.as_str() {
        "transaction_not_ready" => {
            Failure::new(400, "general_bad_request", "Invalid or non\u{2011}pending transaction")
        }
        _ => failure,
    })?;
    require_room(&transaction, given.len())?;
    for given in given {
        for operation in commit::read(given) {
            transaction = stage(call, id, &admission::admit(call, operation)?)?;
        }
    }
    Ok(Response::created(public(&transaction)))
}

/// A table's rows as the call's transaction would leave them; without one, as they are.
pub(super) fn rows(call: &Call, table_id: &str) -> Result<Vec<Value>, Failure> {
    let mut rows = call.state.store.all(&rows::collection(call, table_id))?;
    let Some(id) = call.text("transactionId") else { return Ok(rows) };
    find(call, id)?;
    for operation in call.state.store.all(&staging(call, id))? {
        let is_here =
            operation["databaseId"] == call.text_or_empty("databaseId") && operation["tableId"] == table_id;
        if is_here {
            commit::preview(call, &operation, &mut rows)?;
        }
    }
    Ok(rows)
}

pub(super) fn update(call: &Call) -> Handled {
    let id = call.text_or_empty("transactionId");
    let mut transaction = open(call, id)?;
    let commits = call.flag("commit") == Some(true);
    if commits == (call.flag("rollback") == Some(true)) {
        let message = match commits {
            true => "Cannot commit and rollback at the same time",
            false => "Either commit or rollback must be true",
        };
        return Err(Failure::new(400, "general_bad_request", message));
    }
    let status = if commits {
        commit::commit(call, &staged(call)?)?;
        "committed"
    } else {
        "failed"
    };
    call.state.store.remove_tree(&staging(call, id))?;
    transaction["status"] = json!(status);
    transaction["$updatedAt"] = json!(clock::now());
    call.state.store.put(&collection(call), id, &transaction)?;
    Ok(Response::ok(public(&transaction)))
}

/// Marks a transaction whose commit failed.
pub(in crate::services) fn fail(call: &Call) -> Result<(), Failure> {
    let id = call.text_or_empty("transactionId");
    let commits = call.flag("commit") == Some(true) && call.flag("rollback") != Some(true);
    let Some(mut transaction) = open(call, id).ok().filter(|_| commits) else { return Ok(()) };
    call.state.store.remove_tree(&staging(call, id))?;
    transaction["status"] = json!("failed");
    transaction["$updatedAt"] = json!(clock::now());
    call.state.store.put(&collection(call), id, &transaction)
}

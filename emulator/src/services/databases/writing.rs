//! Writing single rows.

use serde_json::{Map, Value, json};

use super::{
    access, reading,
    rows::{self, Shape, Wanted},
    tables, transactions,
    words::Words,
};
use crate::{
    auth::permission,
    call::Call,
    failure::Failure,
    params::{ID_RULE, is_id},
    response::{Handled, Response},
};

/// 400 for a row without data.
pub(super) fn missing_data(words: &Words) -> Failure {
    Failure::new(
        400,
        format!("{}_missing_data", words.row),
        format!("The {} data is missing. Try again with {} data populated.", words.row, words.row),
    )
}

pub(super) fn create(call: &Call) -> Handled {
    let words = Words::of(call);
    let data = rows::data(call);
    if call.value("data").is_none() && call.text(words.row_param()).is_none() {
        return Err(Failure::missing(words.row_param()));
    }
    if data.is_empty() {
        return Err(missing_data(&words));
    }
    if call.text(words.row_param()).is_none() {
        return Err(Failure::missing(words.row_param()));
    }
    let table = tables::find(call)?;
    access::require_create(call, &table)?;
    let permissions = access::new_permissions(call)?;
    let id = call.new_id(words.row_param());
    if let Some(transaction) = call.text("transactionId") {
        return transactions::stage_create(call, transaction, &id, data, permissions);
    }
    let shape = Shape::of(call, words.table_id(call))?;
    let mut row = shape.draft(call, &id, data, permissions)?;
    rows::insert(call, words.table_id(call), &mut row)?;
    Ok(Response::created(shape.view(call, &row, Wanted::Everything)?))
}

/// The row to change: 404 when the caller may not read it, 401 when they may not do this.
fn writable(call: &Call, table: &Value, action: &str) -> Result<Value, Failure> {
    let row = reading::find(call, table)?;
    if access::allows(call, table, &row, action) { Ok(row) } else { Err(Failure::unauthorized()) }
}

/// The given permissions, put among the data of a change.
fn with_permissions(call: &Call, mut data: Map<String, Value>) -> Result<Map<String, Value>, Failure> {
    if let Some(given) = call.value("permissions") {
        data.insert("$permissions".to_owned(), access::granted(call, given)?);
    }
    Ok(data)
}

pub(super) fn update(call: &Call) -> Handled {
    let words = Words::of(call);
    let data = with_permissions(call, rows::data(call))?;
    if data.is_empty() {
        return Err(Failure::new(
            400,
            format!("{}_missing_payload", words.row),
            format!(
                "The {} data and permissions are missing. You must provide either {} data or permissions to be \
                 updated.",
                words.row, words.row
            ),
        ));
    }
    let table = tables::find(call)?;
    let row = writable(call, &table, "update")?;
    if let Some(transaction) = call.text("transactionId") {
        return transactions::stage_change(call, transaction, "update", &row, data);
    }
    let shape = Shape::of(call, words.table_id(call))?;
    let mut changed = shape.change(call, &row, data)?;
    rows::save(call, words.table_id(call), &mut changed)?;
    Ok(Response::ok(shape.view(call, &changed, Wanted::Everything)?))
}

pub(super) fn upsert(call: &Call) -> Handled {
    let words = Words::of(call);
    let data = rows::data(call);
    if data.is_empty() && call.value("permissions").is_none() {
        return Err(missing_data(&words));
    }
    let table = tables::find(call)?;
    let id = call.new_id(words.row_param());
    let stored = call.state.store.get(&rows::collection(call, words.table_id(call)), &id)?;
    let shape = Shape::of(call, words.table_id(call))?;
    let row = match stored {
        Some(row) if access::allows(call, &table, &row, "update") => {
            let data = with_permissions(call, data)?;
            if let Some(transaction) = call.text("transactionId") {
                return transactions::stage_change(call, transaction, "upsert", &row, data);
            }
            let mut changed = shape.change(call, &row, data)?;
            rows::save(call, words.table_id(call), &mut changed)?;
            changed
        }
        Some(_) => return Err(Failure::unauthorized()),
        None => {
            access::require_create(call, &table)?;
            let permissions = access::new_permissions(call)?;
            if let Some(transaction) = call.text("transactionId") {
                return transactions::stage_create(call, transaction, &id, data, permissions);
            }
            let mut row = shape.draft(call, &id, data, permissions)?;
            rows::insert(call, words.table_id(call), &mut row)?;
            row
        }
    };
    Ok(Response::ok(shape.view(call, &row, Wanted::Everything)?))
}

pub(super) fn delete(call: &Call) -> Handled {
    let words = Words::of(call);
    let table = tables::find(call)?;
    let row = writable(call, &table, "delete")?;
    if let Some(transaction) = call.text("transactionId") {
        return transactions::stage_change(call, transaction, "delete", &row, Map::new());
    }
    rows::remove(call, words.table_id(call), &row)?;
    Ok(Response::empty())
}

/// Refuses a row that brings an ID which is none, or permissions which are none (400).
pub(super) fn require_sound(param: &str, row: &Value) -> Result<(), Failure> {
    match &row["$id"] {
        Value::Null => {}
        Value::String(id) if matches!(id.as_str(), "" | "unique()") || is_id(id) => {}
        _ => return Err(Failure::argument(param, ID_RULE)),
    }
    match &row["$permissions"] {
        Value::Null => Ok(()),
        given => permission::validate(given).map_err(|rule| Failure::argument(param, rule)),
    }
}

/// The ID of a row of a bulk call; `unique()` or none makes one.
pub(super) fn bulk_id(row: &Value) -> String {
    match row["$id"].as_str() {
        None | Some("" | "unique()") => crate::random::id(),
        Some(id) => id.to_owned(),
    }
}

/// The permissions of a row of a bulk call.
pub(super) fn bulk_permissions(row: &Value) -> Value {
    let given = row["$permissions"].as_array().map_or(json!([]), |given| json!(given));
    permission::expand(&given)
}

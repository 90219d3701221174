//! Writing many rows at once, which only keys may, and only where there are no relationships.

use serde_json::{Value, json};

use super::{
    access, reading, relations,
    rows::{self, Shape, Wanted},
    tables, transactions,
    words::Words,
    writing::{bulk_id, bulk_permissions, missing_data, require_sound},
};
use crate::{
    call::{Call, cursor_not_found},
    failure::Failure,
    query::{self, Plan},
    response::{Handled, Response},
};

/// The checks every bulk call starts with.
fn begin(call: &Call, action: &str) -> Result<Words, Failure> {
    let words = Words::of(call);
    access::require_key(call)?;
    tables::find(call)?;
    if relations::has_any(call, words.table_id(call))? {
        return Err(Failure::new(
            400,
            "general_bad_request",
            format!("Bulk {action} is not supported for {} with relationship attributes", words.service),
        ));
    }
    Ok(words)
}

fn response(call: &Call, shape: &Shape, status: u16, rows: &[Value]) -> Handled {
    let list =
        Response::list(&Words::of(call).rows(), rows.len(), shape.views(call, rows, Wanted::Everything)?);
    Ok(Response { status, ..list })
}

pub(super) fn create(call: &Call) -> Handled {
    let words = begin(call, "create")?;
    let table_id = words.table_id(call);
    let shape = Shape::of(call, table_id)?;
    let given = words.bulk(call);
    if given.is_empty() {
        let is_there = call.value(&words.rows()).is_some();
        return Err(if is_there { missing_data(&words) } else { Failure::missing(&words.rows()) });
    }
    given.iter().try_for_each(|row| require_sound(&words.rows(), row))?;
    if let Some(transaction) = call.text("transactionId") {
        return transactions::stage_bulk(call, transaction, "bulkCreate", json!(given));
    }
    let mut rows = Vec::with_capacity(given.len());
    for row in given {
        let data = row.as_object().cloned().unwrap_or_default();
        let drafted = shape.draft(call, &bulk_id(row), data, bulk_permissions(row))?;
        let id = drafted["$id"].as_str().unwrap_or_default();
        if !call.state.store.insert(&rows::collection(call, table_id), id, &drafted)? {
            // The server does not say which one it was.
            return Err(words.row_conflict(""));
        }
        rows.push(drafted);
    }
    response(call, &shape, 201, &rows)
}

pub(super) fn upsert(call: &Call) -> Handled {
    let words = begin(call, "upsert")?;
    let table_id = words.table_id(call);
    let shape = Shape::of(call, table_id)?;
    words.bulk(call).iter().try_for_each(|row| require_sound(&words.rows(), row))?;
    if let Some(transaction) = call.text("transactionId") {
        return transactions::stage_bulk(call, transaction, "bulkUpsert", json!(words.bulk(call)));
    }
    let collection = rows::collection(call, table_id);
    let mut rows = Vec::new();
    for row in words.bulk(call) {
        let id = bulk_id(row);
        let data = row.as_object().cloned().unwrap_or_default();
        let row = match call.state.store.get(&collection, &id)? {
            Some(stored) => shape.change(call, &stored, data)?,
            None => shape.draft(call, &id, data, bulk_permissions(row))?,
        };
        call.state.store.put(&collection, &id, &row)?;
        rows.push(row);
    }
    response(call, &shape, 200, &rows)
}

/// The rows that the call's queries pick; all of them without a limit.
pub(super) fn picked(call: &Call, table_id: &str) -> Result<Vec<Value>, Failure> {
    pick(call, table_id, call.state.store.all(&rows::collection(call, table_id))?)
}

/// The same among given rows.
pub(super) fn pick(call: &Call, table_id: &str, rows: Vec<Value>) -> Result<Vec<Value>, Failure> {
    let plan = reading::plan(call, table_id)?;
    let plan = Plan { limit: Some(plan.limit.unwrap_or(usize::MAX)), ..plan };
    let page = query::run(&plan, rows).map_err(|id| cursor_not_found("Row", &id))?;
    Ok(page.documents)
}

pub(super) fn update(call: &Call) -> Handled {
    let words = begin(call, "update")?;
    let table_id = words.table_id(call);
    let shape = Shape::of(call, table_id)?;
    let data = rows::data(call);
    reading::plan(call, table_id)?;
    if let Some(transaction) = call.text("transactionId") {
        let staged = json!({"data": data, "queries": call.list("queries")});
        return transactions::stage_bulk(call, transaction, "bulkUpdate", staged);
    }
    let collection = rows::collection(call, table_id);
    let mut rows = Vec::new();
    for row in picked(call, table_id)? {
        let changed = shape.change(call, &row, data.clone())?;
        call.state.store.put(&collection, changed["$id"].as_str().unwrap_or_default(), &changed)?;
        rows.push(changed);
    }
    response(call, &shape, 200, &rows)
}

pub(super) fn delete(call: &Call) -> Handled {
    let words = begin(call, "delete")?;
    let table_id = words.table_id(call);
    reading::plan(call, table_id)?;
    if let Some(transaction) = call.text("transactionId") {
        let staged = json!({"queries": call.list("queries")});
        return transactions::stage_bulk(call, transaction, "bulkDelete", staged);
    }
    let rows = picked(call, table_id)?;
    let collection = rows::collection(call, table_id);
    for row in &rows {
        call.state.store.remove(&collection, row["$id"].as_str().unwrap_or_default())?;
    }
    response(call, &Shape::of(call, table_id)?, 200, &rows)
}

//! Incrementing and decrementing one column of a row.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::{
    access, columns, reading,
    rows::{self, Shape, Wanted},
    tables, transactions,
    validate::plain,
    words::Words,
};
use crate::{
    call::Call,
    failure::Failure,
    query,
    response::{Handled, Response},
};

/// Adds `value` (1 if none is given) times `sign` to the column that the call names.
pub(super) fn count(call: &Call, sign: i64) -> Handled {
    let words = Words::of(call);
    let table = tables::find(call)?;
    let row = reading::find(call, &table)?;
    if !access::allows(call, &table, &row, "update") {
        return Err(Failure::unauthorized());
    }
    let table_id = words.table_id(call);
    let shape = Shape::of(call, table_id)?;
    let key = call.text_or_empty(words.column);
    if words.has_schema {
        let columns = columns::all(call, table_id)?;
        let column = columns.iter().find(|column| column["key"] == key);
        let column = column.ok_or_else(|| words.column_not_found(key))?;
        let is_number = matches!(column["type"].as_str(), Some("integer" | "bigint" | "double"));
        if !is_number {
            let message = format!("{} \"{key}\" is not a number", words.service);
            return Err(Failure::new(400, "attribute_type_invalid", message));
        }
    }
    if let Some(transaction) = call.text("transactionId") {
        let action = if sign > 0 { "increment" } else { "decrement" };
        return transactions::stage_count(call, transaction, action, &row);
    }
    let by = call.value("value").cloned().unwrap_or(json!(1));
    let (name, word) = if sign > 0 { ("max", "maximum") } else { ("min", "minimum") };
    let exceeded = |limit: &Value| {
        Failure::new(
            400,
            format!("{}_limit_exceeded", words.column),
            format!("{} \"{key}\" has reached the {word} value of {limit}", words.service),
        )
    };
    let sum = match (row[key].as_i64().or(row[key].is_null().then_some(0)), by.as_i64()) {
        (Some(current), Some(by)) => {
            let sum = sign.checked_mul(by).and_then(|by| current.checked_add(by));
            json!(sum.ok_or_else(|| exceeded(&json!(if sign > 0 { i64::MAX } else { i64::MIN })))?)
        }
        _ => plain(row[key].as_f64().unwrap_or_default() + sign as f64 * by.as_f64().unwrap_or_default()),
    };
    if let Some(limit) = call.value(name) {
        let beyond = if sign > 0 { Ordering::Greater } else { Ordering::Less };
        if query::order(&sum, limit) == Some(beyond) {
            return Err(exceeded(limit));
        }
    }
    let data = Map::from_iter([(key.to_owned(), sum)]);
    let mut changed: Value = shape.change(call, &row, data)?;
    rows::save(call, table_id, &mut changed)?;
    Ok(Response::ok(shape.view(call, &changed, Wanted::Selected(&[]))?))
}

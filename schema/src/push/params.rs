//! The arguments with which columns are made and changed.

use polywrite::{Operation, Params, Place};
use serde_json::{Value, json};

use crate::{
    compare::Described,
    model::{Column, ColumnKind},
};

/// The arguments that name a table.
pub(super) fn table(database: &str, table: &str) -> Params {
    Params::new().with("databaseId", database).with("tableId", table)
}

/// The arguments that make a column.
pub(super) fn making(operation: &Operation, mut params: Params, column: &Column) -> Params {
    for (name, value) in given(operation, column) {
        if !value.is_null() {
            params.set(name, &value);
        }
    }
    params.set("key", &column.key);
    params
}

/// The arguments that change a column.
pub(super) fn changing(operation: &Operation, mut params: Params, live: &Column, wanted: &Column) -> Params {
    for (name, value) in given(operation, wanted) {
        let nullable = operation.param(name).is_some_and(|param| param.nullable);
        // The server keeps a bound that a change does not name.
        let value = if value.is_null() { end(&wanted.kind, name) } else { value };
        if !value.is_null() || nullable {
            params.set(name, &value);
        }
    }
    params.set("key", &live.key);
    if live.key != wanted.key {
        params.set("newKey", &wanted.key);
    }
    params
}

/// The values of a column under the names that the operation has for them.
fn given(operation: &Operation, column: &Column) -> Vec<(&'static str, Value)> {
    let fields = column.fields();
    let of = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let body = operation.params.iter().filter(|param| param.place == Place::Body);
    let values = body.map(|param| {
        let value = match param.name {
            "relatedTableId" => of("relatedTable"),
            "type" => of("relationType"),
            name => of(name),
        };
        (param.name, value)
    });
    values.collect()
}

/// The end of the numbers, which stands for no bound.
fn end(kind: &ColumnKind, name: &str) -> Value {
    match (kind, name) {
        (ColumnKind::Integer { .. } | ColumnKind::BigInteger { .. }, "min") => json!(i64::MIN),
        (ColumnKind::Integer { .. } | ColumnKind::BigInteger { .. }, "max") => json!(i64::MAX),
        (ColumnKind::Float { .. }, "min") => json!(f64::MIN),
        (ColumnKind::Float { .. }, "max") => json!(f64::MAX),
        _ => Value::Null,
    }
}

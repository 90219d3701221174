//! Values of TOML as values of JSON, and back.

use serde_json::{Map, Number, Value, json};
use toml_edit::{Array, InlineTable, Item, TableLike, Value as Toml};

/// A table as an object.
pub(super) fn object(table: &dyn TableLike) -> Map<String, Value> {
    table.iter().map(|(name, item)| (name.to_owned(), of_item(item))).collect()
}

pub(super) fn of_item(item: &Item) -> Value {
    match item {
        Item::None => Value::Null,
        Item::Value(value) => of_value(value),
        Item::Table(table) => Value::Object(object(table)),
        Item::ArrayOfTables(tables) => tables.iter().map(|table| Value::Object(object(table))).collect(),
    }
}

fn of_value(value: &Toml) -> Value {
    match value {
        Toml::String(text) => json!(text.value()),
        Toml::Integer(number) => json!(number.value()),
        // JSON has neither infinity nor what is not a number: as texts, they are refused where they stand.
        Toml::Float(number) => {
            let number = *number.value();
            Number::from_f64(number).map_or_else(|| json!(number.to_string()), Value::Number)
        }
        Toml::Boolean(boolean) => json!(boolean.value()),
        Toml::Datetime(date) => json!(date.value().to_string()),
        Toml::Array(items) => items.iter().map(of_value).collect(),
        Toml::InlineTable(table) => Value::Object(object(table)),
    }
}

/// A value of JSON in TOML, which has no `null`.
pub(super) fn toml(value: &Value) -> Toml {
    match value {
        Value::Null => Toml::from(""),
        Value::Bool(boolean) => Toml::from(*boolean),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Toml::from(number),
            None => Toml::from(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Toml::from(text.as_str()),
        Value::Array(items) => Toml::Array(items.iter().map(toml).collect::<Array>()),
        Value::Object(fields) => {
            Toml::InlineTable(fields.iter().map(|(name, value)| (name, toml(value))).collect::<InlineTable>())
        }
    }
}

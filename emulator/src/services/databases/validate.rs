//! Whether data fits the columns, and the form in which it is kept.

use std::collections::HashMap;

use serde_json::{Map, Number, Value, json};

use crate::{clock, query::grouped};

/// Checks a row's data against the columns and returns it complete: defaults filled in, the rest null.
///
/// # Errors
/// What the server says about the first value that does not fit.
pub(super) fn complete(
    columns: &[Value],
    mut data: Map<String, Value>,
) -> Result<Map<String, Value>, String> {
    for column in columns.iter().filter(|column| column["type"] != "relationship") {
        let key = column["key"].as_str().unwrap_or_default();
        if !data.contains_key(key) && !column["default"].is_null() {
            data.insert(key.to_owned(), column["default"].clone());
        }
        if column["required"] == true && data.get(key).is_none_or(Value::is_null) {
            return Err(format!("Missing required attribute \"{key}\""));
        }
    }
    let mut checked = Value::Object(fit(columns, data)?);
    fill(columns, &mut checked);
    match checked {
        Value::Object(checked) => Ok(checked),
        _ => Ok(Map::new()),
    }
}

/// Fills in what a row lacks: it may be older than the column. Relationships without a value are left out.
pub(super) fn fill(columns: &[Value], row: &mut Value) {
    for column in columns.iter().filter(|column| column["type"] != "relationship") {
        let value = &mut row[column["key"].as_str().unwrap_or_default()];
        if value.is_null() && column["array"] == true {
            *value = json!([]);
        }
    }
}

/// Checks some values against their columns and returns them as they are kept.
pub(super) fn fit(columns: &[Value], data: Map<String, Value>) -> Result<Map<String, Value>, String> {
    let by_key: HashMap<&str, &Value> =
        columns.iter().filter_map(|column| Some((column["key"].as_str()?, column))).collect();
    let mut checked = Map::new();
    for (key, value) in data {
        if key.starts_with('$') {
            continue;
        }
        let Some(column) = by_key.get(key.as_str()).copied() else {
            return Err(format!("Unknown attribute: \"{key}\""));
        };
        if value.is_null() && column["required"] == true {
            return Err(format!("Missing required attribute \"{key}\""));
        }
        let value =
            fit_value(column, value).map_err(|rule| format!("Attribute \"{key}\" has invalid {rule}"))?;
        checked.insert(key, value);
    }
    Ok(checked)
}

/// The error is the end of the sentence: `format. Value must be …` or `type. …`.
fn fit_value(column: &Value, value: Value) -> Result<Value, String> {
    if column["type"] == "relationship" {
        return Ok(value);
    }
    if value.is_null() {
        return Ok(if column["array"] == true { json!([]) } else { value });
    }
    if column["array"] != true {
        return fit_single(column, value);
    }
    match value {
        Value::Array(items) => items.into_iter().map(|item| fit_single(column, item)).collect(),
        _ => Err("type. Attribute must be an array".to_owned()),
    }
}

/// The rule that a single value breaks, if it does not fit.
pub(super) fn rule_broken(column: &Value, value: &Value) -> Option<String> {
    fit_single(column, value.clone()).err()
}

fn fit_single(column: &Value, value: Value) -> Result<Value, String> {
    match column["type"].as_str().unwrap_or_default() {
        "string" | "varchar" | "text" | "mediumtext" | "longtext" => text(column, value),
        "integer" | "bigint" => integer(column, value),
        "double" => float(column, value),
        "boolean" if value.is_boolean() => Ok(value),
        "boolean" => Err("type. Value must be a valid boolean".to_owned()),
        "datetime" => date(value),
        "point" if is_point(&value) => Ok(value),
        "linestring" if is_list_of(&value, is_point) => Ok(value),
        "polygon" if is_list_of(&value, |ring| is_list_of(ring, is_point)) => Ok(value),
        "point" => Err("type. Point must be an array of two numeric values [x, y]".to_owned()),
        "linestring" => Err("type. LineString must contain at least two points".to_owned()),
        "polygon" => Err("type. Polygon must contain at least one ring".to_owned()),
        _ => Ok(value),
    }
}

fn text(column: &Value, value: Value) -> Result<Value, String> {
    let size = match column["type"].as_str() {
        Some("text") => 16_383,
        Some("mediumtext") => 4_194_303,
        Some("longtext") => 1_073_741_823,
        _ => column["size"].as_u64().unwrap_or(2_000),
    };
    let Some(given) = value.as_str() else {
        return Err(format!("type. Value must be a valid string and no longer than {size} chars"));
    };
    if given.chars().count() as u64 > size {
        return Err(format!("type. Value must be a valid string and no longer than {size} chars"));
    }
    match column["format"].as_str().unwrap_or_default() {
        "email" if !given.split_once('@').is_some_and(|(_, host)| host.contains('.')) => {
            Err("format. Value must be a valid email address".to_owned())
        }
        "url" if !given.contains("://") => Err("format. Value must be a valid URL".to_owned()),
        "ip" if given.parse::<std::net::IpAddr>().is_err() => {
            Err("format. Value must be a valid IP address".to_owned())
        }
        "enum" => {
            let elements = column["elements"].as_array().map(Vec::as_slice).unwrap_or_default();
            if elements.contains(&value) {
                return Ok(value);
            }
            let names: Vec<&str> = elements.iter().filter_map(Value::as_str).collect();
            Err(format!("format. Value must be one of ({})", names.join(", ")))
        }
        _ => Ok(value),
    }
}

fn integer(column: &Value, value: Value) -> Result<Value, String> {
    let (low, high) =
        (column["min"].as_i64().unwrap_or(i64::MIN), column["max"].as_i64().unwrap_or(i64::MAX));
    let Some(number) = value.as_i64() else {
        let is_small = i32::try_from(low).is_ok() && i32::try_from(high).is_ok();
        let bits = if is_small { 32 } else { 64 };
        let (least, most) =
            if is_small { (i64::from(i32::MIN), i64::from(i32::MAX)) } else { (i64::MIN, i64::MAX) };
        return Err(format!(
            "format. Value must be a valid signed {bits}-bit integer between {} and {}",
            signed(least),
            signed(most)
        ));
    };
    if number < low || number > high {
        return Err(format!(
            "format. Value must be a valid range between {} and {}",
            signed(low),
            signed(high)
        ));
    }
    Ok(value)
}

/// An integer with thousands separated.
fn signed(number: i64) -> String {
    let digits = grouped(usize::try_from(number.unsigned_abs()).unwrap_or(usize::MAX));
    if number < 0 { format!("-{digits}") } else { digits }
}

/// Floats without a fraction are kept and shown as whole numbers: `2`, not `2.0`.
fn float(column: &Value, value: Value) -> Result<Value, String> {
    let Some(number) = value.as_f64() else { return Err("type. Value must be a valid float".to_owned()) };
    let (low, high) =
        (column["min"].as_f64().unwrap_or(f64::MIN), column["max"].as_f64().unwrap_or(f64::MAX));
    if number < low || number > high {
        return Err(format!("format. Value must be a valid range between {low} and {high}"));
    }
    Ok(plain(number))
}

/// A number as it is shown.
pub(super) fn plain(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9.0e15 {
        return Value::from(number as i64);
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn date(value: Value) -> Result<Value, String> {
    let moment = value.as_str().and_then(clock::read);
    match moment {
        Some(moment) => Ok(Value::from(clock::write(moment))),
        None => Err("format. Value must be valid date between 0000-01-01 00:00:00 and 9999-12-31 23:59:59."
            .to_owned()),
    }
}

fn is_point(value: &Value) -> bool {
    value.as_array().is_some_and(|pair| pair.len() == 2 && pair.iter().all(Value::is_number))
}

fn is_list_of(value: &Value, test: impl Fn(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(test))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Value> {
        vec![
            json!({"key": "title", "type": "string", "size": 5, "required": true}),
            json!({"key": "year", "type": "integer", "min": 1800, "max": 3000, "default": 2000}),
            json!({"key": "tags", "type": "string", "size": 5, "array": true}),
            json!({"key": "rating", "type": "double"}),
        ]
    }

    fn check(data: Value) -> Result<Value, String> {
        complete(&columns(), data.as_object().unwrap().clone()).map(Value::Object)
    }

    #[test]
    fn fills_in_what_is_missing() {
        let expected = json!({"title": "a", "year": 2000, "tags": [], "rating": 2});
        assert_eq!(check(json!({"title": "a", "rating": 2.0})).unwrap(), expected);
    }

    #[test]
    fn says_what_does_not_fit() {
        let problem = |data| check(data).unwrap_err();
        assert_eq!(problem(json!({})), "Missing required attribute \"title\"");
        assert_eq!(problem(json!({"title": "a", "nope": 1})), "Unknown attribute: \"nope\"");
        assert!(
            problem(json!({"title": "a", "year": "x"}))
                .contains("signed 32-bit integer between -2,147,483,648")
        );
        assert!(problem(json!({"title": "a", "year": 9999})).ends_with("range between 1,800 and 3,000"));
        assert!(problem(json!({"title": "too long"})).contains("no longer than 5 chars"));
    }
}

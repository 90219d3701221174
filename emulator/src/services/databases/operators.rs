//! Operators: values that say how to change what is there.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::validate::plain;
use crate::clock;

/// Carries out the operators among `data`: texts of JSON with a `method`. Other values pass.
///
/// # Errors
/// What is wrong with the first operator that does not fit its value.
pub(super) fn apply(row: &Value, data: Map<String, Value>) -> Result<Map<String, Value>, String> {
    data.into_iter()
        .map(|(key, value)| match operator(&value) {
            Some((method, values)) => {
                let changed = change(&method, &row[key.as_str()], &values)
                    .ok_or_else(|| format!("Cannot apply {method} operator to attribute \"{key}\""))?;
                Ok((key, changed))
            }
            None => Ok((key, value)),
        })
        .collect()
}

/// Method and values, if the value is an operator.
fn operator(value: &Value) -> Option<(String, Vec<Value>)> {
    let text = value.as_str().filter(|text| text.starts_with('{') && text.contains("\"method\""))?;
    let parsed: Value = text.parse().ok()?;
    let method = parsed["method"].as_str()?.to_owned();
    Some((method, parsed["values"].as_array().cloned().unwrap_or_default()))
}

fn change(method: &str, current: &Value, values: &[Value]) -> Option<Value> {
    let first = values.first().unwrap_or(&Value::Null);
    let second = values.get(1).unwrap_or(&Value::Null);
    match method {
        "increment" | "decrement" | "multiply" | "divide" | "modulo" | "power" => {
            calculate(method, current, first, second)
        }
        "toggle" => Some(json!(!current.as_bool().unwrap_or_default())),
        "stringConcat" => Some(json!(format!("{}{}", current.as_str().unwrap_or_default(), first.as_str()?))),
        "stringReplace" => Some(json!(current.as_str()?.replace(first.as_str()?, second.as_str()?))),
        "dateSetNow" => Some(json!(clock::now())),
        "dateAddDays" | "dateSubDays" => {
            let days = first.as_i64()?;
            let days = if method == "dateAddDays" { days } else { days.checked_neg()? };
            let moment = clock::add_days(clock::read(current.as_str()?)?, days)?;
            Some(json!(clock::write(moment)))
        }
        _ => change_list(method, current.as_array().cloned().unwrap_or_default(), values),
    }
}

fn calculate(method: &str, current: &Value, by: &Value, limit: &Value) -> Option<Value> {
    let exact = || {
        let (current, by) = (current.as_i64().or(current.is_null().then_some(0))?, by.as_i64()?);
        match method {
            "increment" => current.checked_add(by),
            "decrement" => current.checked_sub(by),
            "multiply" => current.checked_mul(by),
            "modulo" => current.checked_rem(by),
            _ => None,
        }
    };
    let result = match exact() {
        Some(number) => json!(number),
        None => {
            let (current, by) = (current.as_f64().or(current.is_null().then_some(0.0))?, by.as_f64()?);
            let result = match method {
                "increment" => current + by,
                "decrement" => current - by,
                "multiply" => current * by,
                "divide" => current / by,
                "modulo" => current % by,
                _ => current.powf(by),
            };
            // Nothing is divided by zero.
            plain(Some(result).filter(|result| result.is_finite())?)
        }
    };
    // The limit caps what grows and props up what shrinks.
    let is_over = match (result.as_f64(), limit.as_f64()) {
        (Some(result), Some(limit)) if matches!(method, "decrement" | "divide") => result < limit,
        (Some(result), Some(limit)) => result > limit,
        _ => false,
    };
    Some(if is_over { limit.clone() } else { result })
}

fn change_list(method: &str, mut items: Vec<Value>, values: &[Value]) -> Option<Value> {
    match method {
        "arrayAppend" => items.extend_from_slice(values),
        "arrayPrepend" => items = [values, &items].concat(),
        "arrayInsert" => {
            let index = usize::try_from(values.first()?.as_i64()?).ok()?;
            items.insert(index.min(items.len()), values.get(1)?.clone());
        }
        "arrayRemove" => items.retain(|item| Some(item) != values.first()),
        "arrayUnique" => {
            let mut seen = HashSet::new();
            items.retain(|item| seen.insert(item.clone()));
        }
        "arrayIntersect" | "arrayDiff" => {
            let values: HashSet<&Value> = values.iter().collect();
            items.retain(|item| values.contains(item) == (method == "arrayIntersect"));
        }
        "arrayFilter" => {
            let (condition, wanted) = (values.first()?.as_str()?, values.get(1).unwrap_or(&Value::Null));
            items.retain(|item| keeps(condition, item, wanted));
        }
        _ => return None,
    }
    Some(Value::Array(items))
}

fn keeps(condition: &str, item: &Value, wanted: &Value) -> bool {
    let numbers = (item.as_f64(), wanted.as_f64());
    match (condition, numbers) {
        ("equal", _) => item == wanted,
        ("notEqual", _) => item != wanted,
        ("isNull", _) => item.is_null(),
        ("isNotNull", _) => !item.is_null(),
        ("greaterThan", (Some(item), Some(wanted))) => item > wanted,
        ("greaterThanEqual", (Some(item), Some(wanted))) => item >= wanted,
        ("lessThan", (Some(item), Some(wanted))) => item < wanted,
        ("lessThanEqual", (Some(item), Some(wanted))) => item <= wanted,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(current: Value, operator: &str) -> Value {
        let data = Map::from_iter([("x".to_owned(), json!(operator))]);
        apply(&json!({"x": current}), data).unwrap()["x"].clone()
    }

    #[test]
    fn operators() {
        assert_eq!(changed(json!(1), r#"{"method":"increment","values":[4]}"#), 5);
        assert_eq!(changed(json!(9), r#"{"method":"increment","values":[4,10]}"#), 10);
        assert_eq!(changed(json!(9), r#"{"method":"divide","values":[2]}"#), 4.5);
        assert_eq!(changed(json!(["a"]), r#"{"method":"arrayAppend","values":["b"]}"#), json!(["a", "b"]));
        assert_eq!(
            changed(json!([1, 5]), r#"{"method":"arrayFilter","values":["greaterThan",3]}"#),
            json!([5])
        );
        assert_eq!(changed(json!("ab"), r#"{"method":"stringReplace","values":["b","c"]}"#), "ac");
        assert_eq!(changed(json!(true), r#"{"method":"toggle","values":[]}"#), false);
        assert_eq!(changed(json!(1), "plain text"), "plain text");
        for impossible in [r#"{"method":"divide","values":[0]}"#, r#"{"method":"modulo","values":[0]}"#] {
            assert!(apply(&json!({"x": 1}), Map::from_iter([("x".to_owned(), json!(impossible))])).is_err());
        }
    }
}

//! The order of values.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use crate::clock;

/// How two values of one attribute stand to each other; none when either is null or they do not compare.
///
/// Text compares without regard to case, as the server's database collates it, and dates by their moment.
pub(crate) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => numbers(left, right),
        (Value::String(left), Value::String(right)) => Some(texts(left, right)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Null, _) | (_, Value::Null) => None,
        (left, right) => (left == right).then_some(Ordering::Equal),
    }
}

/// The order of values in a sorted list: every pair has one, whatever their types. Nulls come first, as in the
/// server's database.
pub(crate) fn sorting(left: &Value, right: &Value) -> Ordering {
    let by_type = rank(left).cmp(&rank(right));
    by_type.then_with(|| match (left, right) {
        (Value::String(left), Value::String(right)) => folded(left, right),
        _ => order(left, right).unwrap_or(Ordering::Equal),
    })
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

fn numbers(left: &Number, right: &Number) -> Option<Ordering> {
    match (left.as_i64(), right.as_i64()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

fn texts(left: &str, right: &str) -> Ordering {
    if is_stored_date(left)
        && !is_stored_date(right)
        && let Some(moment) = clock::read(right)
    {
        return left.cmp(clock::write(moment).as_str());
    }
    folded(left, right)
}

fn folded(left: &str, right: &str) -> Ordering {
    // IDs and most other texts need no table of letters, and a list may compare millions of them.
    if left.is_ascii() && right.is_ascii() {
        let lower = |letter: u8| letter.to_ascii_lowercase();
        return left.bytes().map(lower).cmp(right.bytes().map(lower));
    }
    left.chars().flat_map(char::to_lowercase).cmp(right.chars().flat_map(char::to_lowercase))
}

/// Whether a text has the exact form in which dates are kept.
fn is_stored_date(text: &str) -> bool {
    text.len() == 29 && text.ends_with("+00:00") && text.as_bytes()[10] == b'T'
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn compares_like_the_database() {
        let equal = |left, right| order(&left, &right) == Some(Ordering::Equal);
        assert!(equal(json!("Ada"), json!("ada")));
        assert!(equal(json!("Édith"), json!("éDITH")));
        assert_eq!(order(&json!("a"), &json!("B")), Some(Ordering::Less));
        assert_eq!(order(&json!("Z"), &json!("a")), Some(Ordering::Greater));
        assert_eq!(order(&json!("ab"), &json!("A")), Some(Ordering::Greater));
        assert_eq!(order(&json!("z"), &json!("é")), Some(Ordering::Less));
        assert!(equal(json!(2), json!(2.0)));
        assert!(equal(json!("2020-01-01T00:00:00.000+00:00"), json!("2020-01-01T01:00:00+01:00")));
        assert!(!equal(json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64)));
        assert_eq!(order(&Value::Null, &json!(1)), None);
    }
}

//! Whether a document meets a condition.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::{Query, compare, spatial};

/// Whether the document meets the condition. As in SQL, nothing but the null tests is true of a null.
pub(crate) fn matches(query: &Query, document: &Value) -> bool {
    let method = query.method.as_str();
    match method {
        "or" => return query.nested.iter().any(|nested| matches(nested, document)),
        "and" => return query.nested.iter().all(|nested| matches(nested, document)),
        "exists" => return attributes(query).all(|name| !look_up(document, name).is_null()),
        "notExists" => return attributes(query).all(|name| look_up(document, name).is_null()),
        _ => {}
    }
    let value = look_up(document, &query.attribute);
    if query.attribute == "$sequence" && value.is_string() {
        let counted = Query { attribute: "n".to_owned(), values: numbers(&query.values), ..query.clone() };
        return matches(&counted, &json!({"n": number(value)}));
    }
    match method {
        "isNull" => return value.is_null(),
        "isNotNull" => return !value.is_null(),
        "elemMatch" => {
            let elements = value.as_array().map(Vec::as_slice).unwrap_or_default();
            return elements.iter().any(|element| query.nested.iter().all(|nested| matches(nested, element)));
        }
        _ if value.is_null() => return false,
        _ => {}
    }
    let first = query.values.first().unwrap_or(&Value::Null);
    let compared = || compare::order(value, first);
    let is_between = || {
        let last = query.values.get(1).unwrap_or(&Value::Null);
        compared().is_some_and(Ordering::is_ge) && compare::order(value, last).is_some_and(Ordering::is_le)
    };
    let any = |test: &dyn Fn(&Value) -> bool| query.values.iter().any(test);
    match method {
        "equal" => any(&|wanted| same(value, wanted)),
        "notEqual" => !any(&|wanted| same(value, wanted)),
        "lessThan" => compared().is_some_and(Ordering::is_lt),
        "lessThanEqual" => compared().is_some_and(Ordering::is_le),
        "greaterThan" => compared().is_some_and(Ordering::is_gt),
        "greaterThanEqual" => compared().is_some_and(Ordering::is_ge),
        "between" => is_between(),
        "notBetween" => !is_between(),
        "startsWith" => starts_with(value, first),
        "notStartsWith" => !starts_with(value, first),
        "endsWith" => ends_with(value, first),
        "notEndsWith" => !ends_with(value, first),
        "contains" | "containsAny" => any(&|wanted| contains(value, wanted)),
        "notContains" => !any(&|wanted| contains(value, wanted)),
        "containsAll" => query.values.iter().all(|wanted| contains(value, wanted)),
        "search" => found(value, first),
        "notSearch" => !found(value, first),
        "regex" => fits_pattern(value, first),
        // Similarity queries order, they do not filter.
        "vectorDot" | "vectorCosine" | "vectorEuclidean" => true,
        _ => spatial::matches(method, value, first),
    }
}

/// Sequences are texts that count.
fn number(value: &Value) -> Value {
    let parsed = value.as_str().and_then(|text| text.parse::<i64>().ok());
    parsed.map_or_else(|| value.clone(), Value::from)
}

fn numbers(values: &[Value]) -> Vec<Value> {
    values.iter().map(number).collect()
}

fn attributes(query: &Query) -> impl Iterator<Item = &str> {
    query.values.iter().filter_map(Value::as_str)
}

/// The value of an attribute; dots lead into objects.
fn look_up<'a>(document: &'a Value, path: &str) -> &'a Value {
    match document.get(path) {
        Some(value) => value,
        None => path.split('.').try_fold(document, |value, key| value.get(key)).unwrap_or(&Value::Null),
    }
}

fn same(value: &Value, wanted: &Value) -> bool {
    match value {
        Value::Array(elements) if !wanted.is_array() => elements.iter().any(|element| same(element, wanted)),
        _ => compare::order(value, wanted) == Some(Ordering::Equal),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_lowercase)
}

/// Without regard to case, as the server's database collates text; a pattern that cannot be read fits nothing.
fn fits_pattern(value: &Value, pattern: &Value) -> bool {
    let pattern = pattern.as_str().unwrap_or_default();
    let regex = regex_lite::RegexBuilder::new(pattern).case_insensitive(true).build();
    regex.is_ok_and(|regex| value.as_str().is_some_and(|text| regex.is_match(text)))
}

fn starts_with(value: &Value, wanted: &Value) -> bool {
    text(value).starts_with(&text(wanted))
}

fn ends_with(value: &Value, wanted: &Value) -> bool {
    text(value).ends_with(&text(wanted))
}

fn contains(value: &Value, wanted: &Value) -> bool {
    match value {
        Value::Array(elements) => elements.iter().any(|element| same(element, wanted)),
        _ => text(value).contains(&text(wanted)),
    }
}

/// Full-text search: some word of the text starts with some word asked for.
fn found(value: &Value, wanted: &Value) -> bool {
    let (value, wanted) = (text(value), text(wanted));
    let words = |text: &str| -> Vec<String> {
        text.split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let wanted = words(&wanted);
    words(&value).iter().any(|word| wanted.iter().any(|wanted| word.starts_with(wanted.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(method: &str, attribute: &str, values: Value) -> bool {
        let document = json!({
            "title": "The First", "year": 1984, "tags": ["a", "b"], "empty": null, "$sequence": "9",
        });
        let values = values.as_array().cloned().unwrap_or_default();
        let query = Query { method: method.into(), attribute: attribute.into(), values, nested: Vec::new() };
        matches(&query, &document)
    }

    #[test]
    fn conditions() {
        assert!(holds("equal", "year", json!([1983, 1984])));
        assert!(!holds("notEqual", "empty", json!([1])));
        assert!(holds("isNull", "empty", json!([])));
        assert!(holds("between", "year", json!([1984, 1985])));
        assert!(holds("contains", "tags", json!(["b"])));
        assert!(!holds("containsAll", "tags", json!(["b", "c"])));
        assert!(holds("contains", "title", json!(["first"])));
        assert!(holds("search", "title", json!(["fir"])));
        assert!(holds("startsWith", "title", json!(["the"])));
        assert!(holds("regex", "title", json!(["^the f.rst$"])));
        assert!(holds("regex", "title", json!([r"^\D+$"])));
        assert!(!holds("regex", "title", json!([r"\d"])));
        assert!(holds("lessThan", "$sequence", json!(["10"])));
        assert!(holds("equal", "$sequence", json!([9])));
    }
}

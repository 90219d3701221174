//! Whether a document meets a condition.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Query, compare, parse::LEADS_TO, spatial};

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
    let counted;
    let value = match look_up(document, &query.attribute) {
        value if query.attribute == "$sequence" => {
            counted = sequence(value);
            &counted
        }
        value => value,
    };
    match method {
        LEADS_TO => return leads_to(query, value),
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
        "contains" | "containsAny" => holds(value).any_of(&query.values),
        "notContains" => !holds(value).any_of(&query.values),
        "containsAll" => holds(value).all_of(&query.values),
        "search" => found(value, first),
        "notSearch" => !found(value, first),
        "regex" => {
            query.pattern.as_ref().zip(value.as_str()).is_some_and(|(pattern, text)| pattern.is_match(text))
        }
        // Similarity queries order, they do not filter.
        "vectorDot" | "vectorCosine" | "vectorEuclidean" => true,
        _ => spatial::matches(method, value, first),
    }
}

/// Relationships are kept as IDs: one, or a list.
fn leads_to(query: &Query, value: &Value) -> bool {
    let is_one = |id: &Value| id.as_str().is_some_and(|id| query.ids.contains(id));
    value.as_array().map_or_else(|| is_one(value), |ids| ids.iter().any(is_one))
}

/// Sequences are texts that count.
pub(super) fn sequence(value: &Value) -> Value {
    let parsed = value.as_str().and_then(|text| text.parse::<i64>().ok());
    parsed.map_or_else(|| value.clone(), Value::from)
}

fn attributes(query: &Query) -> impl Iterator<Item = &str> {
    query.values.iter().filter_map(Value::as_str)
}

/// The value of an attribute; dots lead into objects.
pub(super) fn look_up<'a>(document: &'a Value, path: &str) -> &'a Value {
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

fn starts_with(value: &Value, wanted: &Value) -> bool {
    text(value).starts_with(&text(wanted))
}

fn ends_with(value: &Value, wanted: &Value) -> bool {
    text(value).ends_with(&text(wanted))
}

/// What may contain wanted values: a list's elements, or a text, brought into the form of comparison once.
enum Holder<'a> {
    List(&'a [Value]),
    Text(String),
}

fn holds(value: &Value) -> Holder<'_> {
    match value {
        Value::Array(elements) => Holder::List(elements),
        other => Holder::Text(text(other)),
    }
}

impl Holder<'_> {
    fn contains(&self, wanted: &Value) -> bool {
        match self {
            Self::List(elements) => elements.iter().any(|element| same(element, wanted)),
            Self::Text(held) => held.contains(&text(wanted)),
        }
    }

    fn any_of(&self, wanted: &[Value]) -> bool {
        wanted.iter().any(|wanted| self.contains(wanted))
    }

    fn all_of(&self, wanted: &[Value]) -> bool {
        wanted.iter().all(|wanted| self.contains(wanted))
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
    use serde_json::json;

    use super::{super::plan, *};
    use crate::query::AttributeKind;

    fn holds(method: &str, attribute: &str, values: Value) -> bool {
        let document = json!({
            "title": "The First", "year": 1984, "tags": ["a", "b"], "empty": null, "$sequence": "9",
        });
        let query = json!({"method": method, "attribute": attribute, "values": values}).to_string();
        let plan = plan(&[Value::from(query)], &|_| Some(AttributeKind::Any)).unwrap();
        matches(&plan.filters[0], &document)
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

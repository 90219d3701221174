//! From query texts to a plan of what to filter, order and cut.

use std::{collections::HashSet, sync::Arc};

use regex_lite::{Regex, RegexBuilder};
use serde_json::Value;

use super::{AttributeKind, matching, methods};
use crate::params::{ID_RULE, is_id};

/// One query as sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    /// `equal`, `or`, `limit` …
    pub(crate) method: String,
    /// The attribute asked about; empty for the methods that have none.
    pub(crate) attribute: String,
    /// Its values.
    pub(crate) values: Vec<Value>,
    /// The queries inside `or`, `and` and `elemMatch`.
    pub(crate) nested: Vec<Query>,
    /// The pattern of `regex`, read once for all documents; one that cannot be read fits nothing.
    pub(crate) pattern: Option<Regex>,
    /// The rows that `LEADS_TO` asks about.
    pub(crate) ids: Arc<HashSet<String>>,
}

impl Query {
    /// Whether a relationship leads to one of these rows. Clients have no such query.
    pub(crate) fn leads_to(relationship: &str, ids: Arc<HashSet<String>>) -> Self {
        Self { method: LEADS_TO.to_owned(), attribute: relationship.to_owned(), ids, ..Self::default() }
    }
}

/// A method that no client can send, because none has its name.
pub(super) const LEADS_TO: &str = "leadsTo";

/// The most values that one query compares with.
const VALUES: usize = 500;

/// Where a page starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// Behind the document with this ID.
    After(String),
    /// Before the document with this ID.
    Before(String),
}

/// All queries of a request, sorted by purpose.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// Conditions that must all hold.
    pub(crate) filters: Vec<Query>,
    /// Attributes to order by, and whether downwards.
    pub(crate) orders: Vec<(String, bool)>,
    /// Whether the order is a lottery.
    pub(crate) random: bool,
    /// At most this many documents.
    pub(crate) limit: Option<usize>,
    /// How many to skip.
    pub(crate) offset: usize,
    /// Where to start.
    pub(crate) cursor: Option<Cursor>,
    /// The attributes wanted; empty for all.
    pub(crate) select: Vec<String>,
}

/// Reads and checks query texts against the attributes that `kind_of` knows.
///
/// # Errors
/// What the server says about the first query it cannot use, without the words it puts in front.
pub(crate) fn plan(texts: &[Value], kind_of: &dyn Fn(&str) -> Option<AttributeKind>) -> Result<Plan, String> {
    let mut plan = Plan::default();
    for text in texts {
        let text = text.as_str().unwrap_or_default();
        let value: Value = text.parse().map_err(|_| "Invalid query: Syntax error".to_owned())?;
        let query = read(&value)?;
        add(&mut plan, query, kind_of)?;
    }
    Ok(plan)
}

fn read(value: &Value) -> Result<Query, String> {
    let Some(object) = value.as_object() else {
        return Err("Invalid query. Must be an array, got ".to_owned() + kind_name(value));
    };
    let method = object.get("method").and_then(Value::as_str).unwrap_or_default().to_owned();
    let attribute = object.get("attribute").and_then(Value::as_str).unwrap_or_default().to_owned();
    let values = match object.get("values") {
        Some(Value::Array(values)) => values.clone(),
        None | Some(Value::Null) => Vec::new(),
        Some(_) => return Err("Invalid query values. Must be an array".to_owned()),
    };
    let is_group = matches!(method.as_str(), "or" | "and" | "elemMatch");
    let nested = if is_group { values.iter().map(read).collect::<Result<_, _>>()? } else { Vec::new() };
    let values = match () {
        () if is_group => Vec::new(),
        () if attribute == "$sequence" => values.iter().map(matching::sequence).collect(),
        () => values,
    };
    // Without regard to case, as the server's database collates text.
    let pattern = values.first().and_then(Value::as_str).filter(|_| method == "regex");
    let pattern = pattern.and_then(|text| RegexBuilder::new(text).case_insensitive(true).build().ok());
    Ok(Query { method, attribute, values, nested, pattern, ids: Arc::default() })
}

fn kind_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "double",
        Value::Number(_) => "integer",
        _ => "string",
    }
}

fn add(plan: &mut Plan, query: Query, kind_of: &dyn Fn(&str) -> Option<AttributeKind>) -> Result<(), String> {
    match query.method.as_str() {
        "limit" => plan.limit = Some(amount(&query, "limit")?),
        "offset" => plan.offset = amount(&query, "offset")?,
        "cursorAfter" => plan.cursor = Some(Cursor::After(id(&query)?)),
        "cursorBefore" => plan.cursor = Some(Cursor::Before(id(&query)?)),
        "orderRandom" => plan.random = true,
        "orderAsc" | "orderDesc" => {
            let attribute = if query.attribute.is_empty() { "$sequence" } else { &query.attribute };
            known(attribute, kind_of)?;
            plan.orders.push((attribute.to_owned(), query.method == "orderDesc"));
        }
        "select" => {
            for name in query.values.iter().filter_map(Value::as_str) {
                if name != "*" {
                    known(name.split('.').next().unwrap_or(name), kind_of)?;
                }
                plan.select.push(name.to_owned());
            }
        }
        _ => {
            check(&query, kind_of)?;
            plan.filters.push(query);
        }
    }
    Ok(())
}

fn amount(query: &Query, what: &str) -> Result<usize, String> {
    let low = i64::from(what == "limit");
    let value = query.values.first().and_then(Value::as_i64).filter(|value| *value >= low);
    value.and_then(|value| usize::try_from(value).ok()).ok_or_else(|| {
        format!(
            "Invalid {what}: Value must be a valid range between {low} and {}",
            grouped(i64::MAX as usize)
        )
    })
}

/// A number with thousands separated: `5,000`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn id(query: &Query) -> Result<String, String> {
    match query.values.first().and_then(Value::as_str) {
        Some(id) if is_id(id) => Ok(id.to_owned()),
        _ => Err(format!("Invalid cursor: {ID_RULE}")),
    }
}

fn known(attribute: &str, kind_of: &dyn Fn(&str) -> Option<AttributeKind>) -> Result<AttributeKind, String> {
    kind_of(attribute).ok_or_else(|| format!("Attribute not found in schema: {attribute}"))
}

fn check(query: &Query, kind_of: &dyn Fn(&str) -> Option<AttributeKind>) -> Result<(), String> {
    match query.method.as_str() {
        "or" | "and" => {
            if query.nested.len() < 2 {
                let method = if query.method == "or" { "Or" } else { "And" };
                return Err(format!("{method} queries require at least two queries"));
            }
            return query.nested.iter().try_for_each(|nested| check(nested, kind_of));
        }
        "exists" | "notExists" => return Ok(()),
        _ => {}
    }
    let count =
        methods::count(&query.method).ok_or_else(|| format!("Invalid query method: {}", query.method))?;
    let kind = known(&query.attribute, kind_of)?;
    if query.values.len() > VALUES {
        return Err(format!("Query on attribute has greater than {VALUES} values: {}", query.attribute));
    }
    if let Some(rule) = count.broken_by(query.values.len()) {
        let mut name = query.method.clone();
        name[..1].make_ascii_uppercase();
        return Err(format!("{name} queries require {rule}."));
    }
    let fits = |value: &Value| match kind {
        AttributeKind::Text => value.is_string(),
        AttributeKind::Number => value.is_number(),
        AttributeKind::Boolean => value.is_boolean(),
        AttributeKind::Any => true,
    };
    if query.values.iter().all(fits) {
        Ok(())
    } else {
        Err(format!("Query value is invalid for attribute \"{}\"", query.attribute))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn year_only(attribute: &str) -> Option<AttributeKind> {
        (attribute == "year").then_some(AttributeKind::Number)
    }

    #[test]
    fn sorts_queries_by_purpose() {
        let texts = [
            json!(r#"{"method":"equal","attribute":"year","values":[1]}"#),
            json!(r#"{"method":"limit","values":[2]}"#),
            json!(r#"{"method":"cursorAfter","values":["a"]}"#),
        ];
        let plan = plan(&texts, &year_only).unwrap();
        assert_eq!((plan.filters.len(), plan.limit), (1, Some(2)));
        assert_eq!(plan.cursor, Some(Cursor::After("a".into())));
    }

    #[test]
    fn says_what_is_wrong() {
        let wrong = |text: &str| plan(&[json!(text)], &year_only).unwrap_err();
        assert_eq!(wrong("limit(2)"), "Invalid query: Syntax error");
        assert_eq!(wrong(r#"{"method":"nonsense","attribute":"year"}"#), "Invalid query method: nonsense");
        assert_eq!(
            wrong(r#"{"method":"equal","attribute":"nope","values":[1]}"#),
            "Attribute not found in schema: nope"
        );
        assert_eq!(
            wrong(r#"{"method":"equal","attribute":"year","values":["a"]}"#),
            "Query value is invalid for attribute \"year\""
        );
        assert!(
            wrong(r#"{"method":"limit","values":[0]}"#)
                .starts_with("Invalid limit: Value must be a valid range")
        );
    }
}

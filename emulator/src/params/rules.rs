//! The rules for values, and the sentences the server refuses them with.

use polywrite_api::{HttpMethod, Method, Param, Place, Type};
use serde_json::Value;

use super::flatten_empty;
use crate::{Like, auth::permission, clock, schema::Schema};

/// Ranges of whole numbers that one method has, by method and parameter.
const METHOD_RANGES: &[(&str, &str, i64, i64)] = &[
    ("createEphemeralKey", "duration", 1, 3600),
    ("createJWT", "duration", 0, 3600),
    ("createToken", "expire", 60, 31_536_000),
    ("createToken", "length", 4, 128),
    ("createTransaction", "ttl", 60, 3600),
    ("updateSessionDurationPolicy", "duration", 5, 31_536_000),
];

/// The same of Appwrite 2.0, where it differs.
const RANGES_OF_2_0: &[(&str, &str, i64, i64)] = &[
    ("updatePasswordHistoryPolicy", "total", 1, 20),
    ("updateSessionDurationPolicy", "duration", 60, 31_536_000),
    ("updateSessionLimitPolicy", "total", 1, 100),
];

/// Ranges of whole numbers, by parameter.
const RANGES: &[(&str, i64, i64)] = &[
    ("width", 0, 4000),
    ("height", 0, 4000),
    ("quality", -1, 100),
    ("borderWidth", 0, 100),
    ("borderRadius", 0, 4000),
    ("rotation", -360, 360),
    ("maximumFileSize", 1, 5_000_000_000),
];

/// The most rows of a bulk call.
const ROWS: usize = 100;

/// The longest path of an execution, in characters.
const PATH: usize = 2048;

/// The longest preferences, as JSON.
const PREFERENCES_LIMIT: usize = 65_535;

/// Checks one value and returns it as handlers see it; the error is the rule it breaks.
pub(super) fn check(schema: &Schema, method: &Method, param: &Param, value: Value) -> Result<Value, String> {
    let name = param.name.as_str();
    match (name, &param.kind) {
        ("queries", _) => return queries(value),
        ("rows" | "documents", Type::Array(_)) if value.as_array().is_some_and(|rows| rows.len() > ROWS) => {
            return Err(format!(
                "Value must a valid array no longer than {ROWS} items and Value must be a valid JSON string"
            ));
        }
        ("permissions", Type::Array(_)) => {
            return permission::validate(&value).map(|()| value).map_err(|rule| or_null(param, rule));
        }
        ("email", Type::String) => return email(method, param, value),
        ("phone" | "number", Type::String)
            if method.id.to_lowercase().contains("phone") || name == "phone" =>
        {
            return phone(method, param, value);
        }
        ("orders", _) => return Ok(value),
        ("expire", Type::String) => return date(param, value),
        // A key may take a user's password away.
        ("password", _) if method.id == "users.updatePassword" && value == "" => return Ok(value),
        ("password" | "oldPassword", Type::String) if is_of_people(method) => return password(value),
        ("labels", Type::Array(_)) => return labels(value),
        _ => {}
    }
    match &param.kind {
        Type::String => string(method, param, value),
        Type::Integer | Type::BigInteger => integer(range(schema, method, name), value),
        Type::Float => float(value),
        Type::Boolean => {
            value.is_boolean().then_some(value).ok_or_else(|| "Value must be a valid boolean".into())
        }
        Type::Enum(members) => one_of(schema, members, value),
        Type::Array(item) => array(schema, item, value),
        Type::Object | Type::Model(_) | Type::Union(_) => object(name, value),
        Type::Any | Type::File => Ok(value),
    }
}

fn or_null(param: &Param, rule: String) -> String {
    if param.required { rule } else { format!("{rule} or null") }
}

/// The most queries of a call.
const QUERIES: usize = 100;

/// The longest query, in characters.
const QUERY: usize = 4096;

fn queries(value: Value) -> Result<Value, String> {
    let Some(items) = value.as_array() else { return Err("Queries must be an array".into()) };
    if items.iter().any(|item| !item.is_string() && !item.is_object()) {
        return Err("Queries must be an array".into());
    }
    let text = |item: &Value| if item.is_object() { Value::String(item.to_string()) } else { item.clone() };
    let texts: Vec<Value> = items.iter().take(QUERIES + 1).map(text).collect();
    let is_bounded =
        |text: &Value| text.as_str().is_some_and(|text| (1..=QUERY).contains(&text.chars().count()));
    if texts.len() > QUERIES || !texts.iter().all(is_bounded) {
        return Err(format!(
            "Value must a valid array no longer than {QUERIES} items and Value must be a valid string and at least 1 \
             chars and no longer than {QUERY} chars"
        ));
    }
    Ok(Value::Array(texts))
}

fn email(method: &Method, param: &Param, value: Value) -> Result<Value, String> {
    let is_valid = value.as_str().is_some_and(|text| {
        let mut parts = text.split('@');
        let (local, domain, rest) = (parts.next(), parts.next(), parts.next());
        rest.is_none()
            && local.is_some_and(|local| !local.is_empty())
            && domain.is_some_and(|domain| {
                domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
            })
            && !text.contains(char::is_whitespace)
    });
    if is_valid || (value == "" && may_be_taken_away(method, param)) {
        Ok(value)
    } else {
        Err(or_null(param, "Value must be a valid email address".into()))
    }
}

/// Whether an empty address is one: where it is optional, or where keys take a user's away.
fn may_be_taken_away(method: &Method, param: &Param) -> bool {
    !param.required || matches!(method.id.as_str(), "users.updateEmail" | "users.updatePhone")
}

fn date(param: &Param, value: Value) -> Result<Value, String> {
    match value.as_str() {
        Some(text) if text.is_empty() || clock::read(text).is_some() => Ok(value),
        _ => Err(or_null(
            param,
            "Value must be valid date between 0000-01-01 00:00:00 and 9999-12-31 23:59:59.".into(),
        )),
    }
}

fn phone(method: &Method, param: &Param, value: Value) -> Result<Value, String> {
    let is_valid = value.as_str().is_some_and(|text| {
        text.strip_prefix('+').is_some_and(|digits| {
            (2..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    if is_valid || (value == "" && may_be_taken_away(method, param)) {
        Ok(value)
    } else {
        Err(or_null(param, "Phone number must start with a '+' can have a maximum of fifteen digits.".into()))
    }
}

/// Whether a password is that of a user; mail servers and the like have passwords of any length.
fn is_of_people(method: &Method) -> bool {
    matches!(method.service.as_str(), "account" | "users")
}

fn password(value: Value) -> Result<Value, String> {
    match value.as_str().map(|text| text.chars().count()) {
        Some(8..=256) => Ok(value),
        _ => Err("Password must be between 8 and 256 characters long.".into()),
    }
}

/// The most labels that a user or a project has.
const LABELS: usize = 1000;

fn labels(value: Value) -> Result<Value, String> {
    let is_label = |label: &Value| {
        label.as_str().is_some_and(|text| {
            (1..=36).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    match value.as_array() {
        Some(labels) if labels.len() <= LABELS && labels.iter().all(is_label) => Ok(value),
        _ => Err(format!(
            "Value must a valid array no longer than {LABELS} items and Value must be a valid string and at least 1 chars \
             and no longer than 36 chars and only consist of '0-9, A-Z, a-z' chars"
        )),
    }
}

/// The most characters that a text may have.
fn longest(method: &Method, param: &Param) -> usize {
    match (method.id.as_str(), param.name.as_str()) {
        (_, "name") => 128,
        ("functions.createExecution", "path") => PATH,
        _ => 16_777_215,
    }
}

fn string(method: &Method, param: &Param, value: Value) -> Result<Value, String> {
    let rule = |limit: usize| {
        Err(format!("Value must be a valid string and at least 1 chars and no longer than {limit} chars"))
    };
    let limit = longest(method, param);
    let Some(text) = value.as_str() else {
        return rule(if param.name == "name" { limit } else { 256 });
    };
    if text.chars().count() > limit || (text.is_empty() && param.required && param.name == "name") {
        return rule(limit);
    }
    if !param.name.ends_with("Id") {
        return Ok(value);
    }
    let is_new = param.place == Place::Body && method.http_method == HttpMethod::Post && param.required;
    let is_checked = param.place == Place::Path || (is_new && text != "unique()");
    if is_checked && !is_id(text) { Err(ID_RULE.to_owned()) } else { Ok(value) }
}

/// What an ID looks like, for messages.
pub(crate) const ID_RULE: &str = "ID must have 1 to 36 characters: letters, digits, period, hyphen, underscore, and a letter or digit first";

/// Whether a text can be an ID.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=36).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        && text.as_bytes()[0].is_ascii_alphanumeric()
}

/// The least and the greatest value of a method's parameter, if it has any.
fn range(schema: &Schema, method: &Method, name: &str) -> Option<(i64, i64)> {
    let newer = if schema.like == Like::V2_0 { RANGES_OF_2_0 } else { &[] };
    let mut all = newer.iter().chain(METHOD_RANGES);
    let own = all.find(|(of, ranged, ..)| *of == method.name && *ranged == name);
    let common = || RANGES.iter().find(|(ranged, ..)| *ranged == name);
    own.map(|(_, _, low, high)| (*low, *high)).or_else(|| common().map(|(_, low, high)| (*low, *high)))
}

fn integer(range: Option<(i64, i64)>, value: Value) -> Result<Value, String> {
    match (value.as_i64(), range) {
        (Some(number), Some((low, high))) if number < low || number > high => {
            Err(format!("Value must be a valid range between {} and {}", signed(low), signed(high)))
        }
        (Some(_), _) => Ok(value),
        (None, Some((low, high))) => {
            Err(format!("Value must be a valid range between {} and {}", signed(low), signed(high)))
        }
        // A whole number may come as a float: 2.0.
        (None, None) => match value.as_f64() {
            Some(number) if number.fract() == 0.0 && number.abs() < 9.0e15 => Ok(Value::from(number as i64)),
            _ => Err("Value must be a valid integer".into()),
        },
    }
}

fn signed(number: i64) -> String {
    let digits = crate::query::grouped(usize::try_from(number.unsigned_abs()).unwrap_or(usize::MAX));
    if number < 0 { format!("-{digits}") } else { digits }
}

fn float(value: Value) -> Result<Value, String> {
    value.is_number().then_some(value).ok_or_else(|| "Value must be a valid float".into())
}

fn one_of(schema: &Schema, members: &str, value: Value) -> Result<Value, String> {
    let members = schema.members(members);
    match value.as_str() {
        Some(text) if members.contains(&text) => Ok(value),
        _ => Err(format!("Value must be one of ({})", members.join(", "))),
    }
}

fn array(schema: &Schema, item: &Type, value: Value) -> Result<Value, String> {
    let Value::Array(items) = value else { return Err("Value must a valid array".into()) };
    let most = if schema.like == Like::V2_0 { 200 } else { 100 };
    let rule = format!("Value must a valid array no longer than {most} items");
    if matches!(item, Type::Enum(_)) && items.len() > most {
        return Err(rule);
    }
    let mut checked = Vec::with_capacity(items.len());
    for value in items {
        let value = match item {
            Type::Enum(members) => {
                one_of(schema, members, value).map_err(|problem| format!("{rule} and {problem}"))?
            }
            Type::String if !value.is_string() => {
                return Err(format!("{rule} and Value must be a valid string and no longer than 256 chars"));
            }
            Type::Object | Type::Model(_) | Type::Union(_) => object("", value)?,
            _ => value,
        };
        checked.push(value);
    }
    Ok(Value::Array(checked))
}

fn object(name: &str, value: Value) -> Result<Value, String> {
    let problem = || "Value must be a valid object.".to_owned();
    let value = match value {
        Value::String(text) => text.parse().map_err(|_| problem())?,
        other => other,
    };
    let is_small = name != "prefs" || value.to_string().len() <= PREFERENCES_LIMIT;
    if !(value.is_object() || value.is_array()) || !is_small {
        return Err(problem());
    }
    Ok(flatten_empty(value))
}

//! Parameters: from path, query, JSON, form; checked against the definition in the server's words.

mod rules;

pub(crate) use rules::{ID_RULE, is_id};

use bytes::Bytes;
use polywrite_api::{Method, Param, Place, Type};
use serde_json::{Map, Value};

use crate::{failure::Failure, schema::Schema};

/// What a request brought, before it is checked.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// Values from the path.
    pub(crate) path: Map<String, Value>,
    /// Values from the query string.
    pub(crate) query: Map<String, Value>,
    /// Values from the body.
    pub(crate) body: Map<String, Value>,
    /// Whether the body was a form, whose values are all text.
    pub(crate) form: bool,
}

impl Given {
    fn get(&self, param: &Param) -> (Option<&Value>, bool) {
        match param.place {
            Place::Path => (self.path.get(&param.name), true),
            Place::Query => (self.query.get(&param.name), true),
            Place::Body => (self.body.get(&param.name), self.form),
        }
    }
}

/// The parameters as people may see them: without those that are secret.
pub(crate) fn shown(method: &Method, params: &Map<String, Value>) -> Bytes {
    let is_secret = |name: &String| method.params.get(name).is_some_and(|param| param.secret);
    let shown = |(name, value): (&String, &Value)| {
        (name.clone(), if is_secret(name) { Value::from("[redacted]") } else { value.clone() })
    };
    let shown: Map<String, Value> = params.iter().map(shown).collect();
    Bytes::from(Value::from(shown).to_string())
}

/// Checks every parameter of `method` in order and returns those that are there.
///
/// Unknown parameters are ignored. A null counts as absent unless the definition allows it.
pub(crate) fn check(schema: &Schema, method: &Method, given: &Given) -> Result<Map<String, Value>, Failure> {
    let mut checked = Map::new();
    for param in method.params.values() {
        if param.kind == Type::File || param.source.is_some() {
            continue;
        }
        let (value, is_text) = given.get(param);
        match value {
            None if param.required && !is_checked_later(method, param) => {
                return Err(Failure::missing(&param.name));
            }
            Some(Value::Null) if param.required && !param.nullable => {
                return Err(Failure::missing(&param.name));
            }
            None => {}
            Some(Value::Null) if param.nullable => {
                checked.insert(param.name.clone(), Value::Null);
            }
            Some(Value::Null) => {}
            Some(value) => {
                let value = if is_text { from_text(&param.kind, value) } else { value.clone() };
                let value = rules::check(schema, method, param, value)
                    .map_err(|rule| Failure::argument(&param.name, rule))?;
                checked.insert(param.name.clone(), value);
            }
        }
    }
    Ok(checked)
}

/// Rows and documents share a route with their bulk twins, so the server itself finds out what is missing. A presence that
/// there is already has its user; only newer servers ask for it again.
fn is_checked_later(method: &Method, param: &Param) -> bool {
    if method.id == "presences.update" {
        return param.name == "userId";
    }
    let names = ["createRow", "createRows", "createDocument", "createDocuments"];
    param.place == Place::Body && names.contains(&method.name.as_str())
}

/// A text from a path, a query or a form, as the type it stands for; what does not fit stays a text.
fn from_text(kind: &Type, value: &Value) -> Value {
    let Some(text) = value.as_str() else {
        return match (kind, value) {
            (Type::Array(item), Value::Array(items)) => {
                items.iter().map(|value| from_text(item, value)).collect()
            }
            _ => value.clone(),
        };
    };
    match kind {
        // Only a 0 (or nothing at all) is false: `total=false` counts as true.
        Type::Boolean => Value::Bool(!matches!(text, "0" | "")),
        Type::Integer | Type::BigInteger => text.parse::<i64>().map_or_else(|_| value.clone(), Value::from),
        Type::Float => text.parse::<f64>().map_or_else(|_| value.clone(), Value::from),
        Type::Object | Type::Any => text.parse().unwrap_or_else(|_| value.clone()),
        _ => value.clone(),
    }
}

/// Nested empty objects become empty lists, as PHP's arrays cannot distinguish them; the outermost survives.
pub(crate) fn flatten_empty(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, nested(value))).collect())
        }
        other => nested(other),
    }
}

fn nested(value: Value) -> Value {
    match value {
        Value::Object(fields) if fields.is_empty() => Value::Array(Vec::new()),
        Value::Array(items) => items.into_iter().map(nested).collect(),
        object @ Value::Object(_) => flatten_empty(object),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn empty_objects_survive_outermost_only() {
        let prefs = json!({"o": {}, "l": [], "n": null, "deep": {"x": {}}});
        assert_eq!(flatten_empty(prefs), json!({"o": [], "l": [], "n": null, "deep": {"x": []}}));
        assert_eq!(flatten_empty(json!({})), json!({}));
    }

    #[test]
    fn only_zero_is_false() {
        assert_eq!(from_text(&Type::Boolean, &json!("false")), json!(true));
        assert_eq!(from_text(&Type::Boolean, &json!("0")), json!(false));
    }
}

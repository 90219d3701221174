//! Query strings and form fields with PHP's brackets: `queries[0]=a`, `queries[]=a`, `headers[x]=y`.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// Reads a raw query string into an object; values are strings, arrays or objects.
pub(crate) fn read(raw: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        insert(&mut fields, &decode(name), Value::String(decode(value)));
    }
    fields
}

/// Adds one field under its bracketed name; later plain values win, as in PHP.
pub(crate) fn insert(fields: &mut Map<String, Value>, name: &str, value: Value) {
    let Some((base, rest)) = name.split_once('[') else {
        fields.insert(name.to_owned(), value);
        return;
    };
    let key = rest.split(']').next().unwrap_or_default();
    let is_index = key.is_empty() || key.bytes().all(|byte| byte.is_ascii_digit());
    let slot = fields.entry(base.to_owned()).or_insert(Value::Null);
    if is_index {
        if !slot.is_array() {
            *slot = Value::Array(Vec::new());
        }
        if let Some(list) = slot.as_array_mut() {
            list.push(value);
        }
    } else {
        if !slot.is_object() {
            *slot = Value::Object(Map::new());
        }
        if let Some(object) = slot.as_object_mut() {
            object.insert(key.to_owned(), value);
        }
    }
}

/// Percent-decoding with `+` as a space.
fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn brackets_make_lists_and_objects() {
        let fields = read("queries%5B0%5D=a+b&queries[]=c&headers[x]=1&total=0&bare");
        assert_eq!(
            Value::Object(fields),
            json!({"queries": ["a b", "c"], "headers": {"x": "1"}, "total": "0", "bare": ""})
        );
    }

    use serde_json::Value;
}

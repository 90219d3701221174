//! The helpers' templates in the table of API facts, and what they expand to.

use std::collections::HashSet;
use std::path::Path;

use serde_json::Value;

/// Templates of one helper class.
pub(crate) struct Facts(Vec<Value>);

impl Facts {
    pub(crate) fn read(class: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/facts/appwrite-api.json");
        let facts: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        Facts(facts["helpers"][class].as_array().unwrap().clone())
    }

    pub(crate) fn entry(&self, name: &str) -> &Value {
        self.0.iter().find(|entry| entry["name"] == name).unwrap_or_else(|| panic!("no helper {name}"))
    }

    pub(crate) fn assert_all_seen(&self, seen: &HashSet<String>, elsewhere: &[&str]) {
        for entry in &self.0 {
            let name = entry["name"].as_str().unwrap();
            assert!(seen.contains(name) || elsewhere.contains(&name), "{name} is not checked");
        }
    }

    /// A format string with its names filled in.
    pub(crate) fn format(&self, name: &str, form: &str, values: &[(&str, &str)]) -> String {
        let format = self.entry(name)[form].as_str().unwrap().to_owned();
        values.iter().fold(format, |text, (key, value)| text.replace(&format!("{{{key}}}"), value))
    }

    /// The JSON text of the template with these arguments.
    pub(crate) fn expected(&self, name: &str, arguments: &Value) -> String {
        let entry = self.entry(name);
        let argument = |name: &str| -> Value {
            let declared = entry["args"].as_array().unwrap().iter().find(|declared| declared["name"] == name);
            arguments
                .get(name)
                .or_else(|| declared.and_then(|declared| declared.get("default")))
                .cloned()
                .unwrap_or(Value::Null)
        };
        let mut parts = vec![format!("\"method\":{}", entry["wire_method"])];
        match &entry["attribute"] {
            Value::String(name) => parts.push(format!("\"attribute\":{}", argument(name))),
            Value::Object(literal) => parts.push(format!("\"attribute\":{}", literal["literal"])),
            _ => {}
        }
        let template = if arguments.get("on").is_some() { &entry["values_on"] } else { &entry["values"] };
        if let Some(values) = values(template, &argument) {
            parts.push(format!("\"values\":{}", Value::Array(values)));
        }
        // The map type of serde_json sorts keys, so nested queries are compared in the order they were written.
        restore_order(&format!("{{{}}}", parts.join(",")))
    }
}

fn values(template: &Value, argument: &dyn Fn(&str) -> Value) -> Option<Vec<Value>> {
    match template {
        Value::Null => None,
        Value::Array(items) => Some(items.iter().flat_map(|item| element(item, argument)).collect()),
        single => match element(single, argument) {
            values if values.is_empty() && single.get("optional").is_some() => None,
            values => Some(values),
        },
    }
}

fn element(template: &Value, argument: &dyn Fn(&str) -> Value) -> Vec<Value> {
    match template {
        Value::String(name) => vec![argument(name)],
        Value::Array(items) => {
            vec![Value::Array(items.iter().flat_map(|item| element(item, argument)).collect())]
        }
        Value::Object(rule) => {
            let (rule, name) = rule.iter().next().unwrap();
            let value = argument(name.as_str().unwrap());
            match rule.as_str() {
                "spread" => match value {
                    Value::Array(values) => values,
                    value => vec![value],
                },
                "parse" => {
                    let texts = value.as_array().unwrap().iter();
                    texts.map(|text| serde_json::from_str(text.as_str().unwrap()).unwrap()).collect()
                }
                "optional" if value.is_null() || value == "" => Vec::new(),
                "optional" => vec![value],
                other => panic!("unknown rule {other}"),
            }
        }
        other => panic!("unknown template {other}"),
    }
}

/// Puts `attribute,method,values` of nested queries back into `method,attribute,values`.
fn restore_order(text: &str) -> String {
    fn write(value: &Value) -> String {
        match value {
            Value::Object(map) => {
                let keys = ["method", "attribute", "values"].into_iter().filter(|key| map.contains_key(*key));
                let parts: Vec<String> = keys.map(|key| format!("\"{key}\":{}", write(&map[key]))).collect();
                format!("{{{}}}", parts.join(","))
            }
            Value::Array(items) => format!("[{}]", items.iter().map(write).collect::<Vec<_>>().join(",")),
            other => other.to_string(),
        }
    }
    write(&serde_json::from_str(text).unwrap())
}

//! Enums: named by the document, else after where they stand.

use super::draft::Draft;
use polywrite_api::names;
use serde_json::Value;

/// Notes the enum of a schema and gives its type.
pub(super) fn read(schema: &Value, owner: &str, name: &str, draft: &mut Draft) -> String {
    let keys: Vec<&str> = texts(&schema["x-enum-keys"]).collect();
    let labelled = texts(&schema["enum"]).enumerate().map(|(index, value)| (value, keys.get(index)));
    let members: Vec<(&str, Option<&&str>)> = labelled.filter(|(value, _)| !value.is_empty()).collect();
    if members.is_empty() {
        return "string".to_owned();
    }
    let title = match schema["x-enum-name"].as_str() {
        Some(title) => names::pascal(title),
        None => format!("{}{}", names::pascal(owner), names::pascal(name)),
    };
    let item = draft.enums.entry(title.clone()).or_default();
    for (value, key) in members {
        let label = key.filter(|key| names::member(key) != names::member(value));
        item.members.entry(value.to_owned()).or_insert_with(|| label.map(|&label| label.to_owned()));
    }
    format!("enum:{title}")
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

//! Enums: named by the document, else after where they stand.

use super::draft::{Draft, class_name};
use super::json::Json;
use super::kinds::choices;
use polywrite_api::names;

/// A value, with what it is called where the document says that.
type Member<'a> = (&'a str, Option<&'a str>);

/// Notes the enum of a schema and gives its type; none when the schema has no values to choose from.
pub(super) fn read(schema: &Json, owner: &str, name: &str, draft: &mut Draft) -> Option<String> {
    let members = listed(schema).or_else(|| chosen(schema))?;
    // Nothing is a value that every parameter can have.
    let members: Vec<Member<'_>> = members.into_iter().filter(|(value, _)| !value.is_empty()).collect();
    if members.is_empty() {
        return Some("string".to_owned());
    }
    let title = match schema["x-enum-name"].as_str() {
        Some(title) => class_name(title, "Enum"),
        None => class_name(&format!("{} {}", names::pascal(owner), names::pascal(name)), "Enum"),
    };
    let item = draft.enums.entry(title.clone()).or_default();
    for (value, key) in members {
        let label = key.filter(|key| names::member(key) != names::member(value));
        item.members.entry(value.to_owned()).or_insert_with(|| label.map(str::to_owned));
    }
    Some(format!("enum:{title}"))
}

/// One list of values, with another of their names beside it.
fn listed(schema: &Json) -> Option<Vec<Member<'_>>> {
    let keys: Vec<&str> = schema["x-enum-keys"].texts().collect();
    let values: Vec<&str> = schema["enum"].texts().collect();
    let all_texts = schema["enum"].elements().iter().all(|value| value.as_str().is_some() || value.is_null());
    (!values.is_empty() && all_texts)
        .then(|| values.iter().enumerate().map(|(index, value)| (*value, keys.get(index).copied())).collect())
}

/// Schemas of one value each to choose from, with their titles.
fn chosen(schema: &Json) -> Option<Vec<Member<'_>>> {
    let choices = choices(schema);
    let single = |choice: &&'_ Json| -> bool { one_value(choice).is_some() };
    (!choices.is_empty() && choices.iter().all(single)).then(|| {
        choices
            .into_iter()
            .filter_map(|choice| Some((one_value(choice)?, choice["title"].as_str())))
            .collect()
    })
}

fn one_value(schema: &Json) -> Option<&str> {
    match schema["enum"].elements() {
        [only] => only.as_str(),
        _ => schema["const"].as_str(),
    }
}

//! Two JSON values, entry by entry.

use super::Report;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What is about the packages that the facts were read from, and not about the API.
const ABOUT_PACKAGES: [&str; 7] = [
    "default_headers",
    "discriminators_from",
    "name_from",
    "per_request_in",
    "retries",
    "timeout_seconds",
    "client.response_format",
];

/// Lists that the definition keeps sorted, so that their order says nothing.
const SORTED: [&str; 5] = ["enums", "methods", "models", "services", "unions"];

/// Notes where `facts` and `ours` differ; `place` is where they stand.
pub(super) fn compare(place: &str, facts: &Value, ours: &Value, report: &mut Report) {
    match (facts, ours) {
        (Value::Object(facts), Value::Object(ours)) => objects(place, facts, ours, report),
        (Value::Array(facts), Value::Array(ours)) if is_named(facts) && is_named(ours) => {
            lists(place, facts, ours, report);
        }
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => {}
        _ if facts == ours => {}
        _ => differ(place, &facts.to_string(), &ours.to_string(), report),
    }
}

fn differ(place: &str, facts: &str, ours: &str, report: &mut Report) {
    report
        .differences
        .push(format!("{}: facts say {facts}, the definition says {ours}", place.trim_start_matches('.')));
}

fn objects(place: &str, facts: &Map<String, Value>, ours: &Map<String, Value>, report: &mut Report) {
    for (key, value) in facts {
        let inner = format!("{place}.{key}");
        if ABOUT_PACKAGES.iter().any(|about| inner.trim_start_matches('.') == *about || key == about) {
            continue;
        }
        match ours.get(key) {
            Some(other) => compare(&inner, &normal(key, value), &normal(key, other), report),
            None => differ(&inner, &value.to_string(), "nothing", report),
        }
    }
    for (key, value) in ours.iter().filter(|(key, _)| !facts.contains_key(*key)) {
        // The official packages for servers have no helpers for what they lack, such as realtime.
        if place == ".helpers" {
            report.additions.push(format!("helpers {key}"));
        } else {
            differ(&format!("{place}.{key}"), "nothing", &value.to_string(), report);
        }
    }
}

/// A union's parts without what says nothing: the order of its models, and that a model's second condition stands
/// behind all first ones. Models are tried in order, so the order of the conditions itself stays.
fn normal(key: &str, value: &Value) -> Value {
    match (key, value) {
        ("members" | "undiscriminated", Value::Array(models)) => {
            let mut models = models.clone();
            models.sort_by_cached_key(ToString::to_string);
            Value::Array(models)
        }
        ("discriminators", Value::Array(conditions)) => {
            let mut grouped: Vec<(Value, Vec<Value>)> = Vec::new();
            for condition in conditions {
                let (model, when) = (condition["model"].clone(), condition["when"].clone());
                match grouped.iter_mut().find(|(known, _)| *known == model) {
                    Some((_, all)) => all.push(when),
                    None => grouped.push((model, vec![when])),
                }
            }
            grouped.into_iter().map(|(model, when)| Value::Array(vec![model, Value::Array(when)])).collect()
        }
        _ => value.clone(),
    }
}

/// Lists whose entries have names: compared by name, and in order where order matters.
fn lists(place: &str, facts: &[Value], ours: &[Value], report: &mut Report) {
    let index: HashMap<&str, &Value> = ours.iter().map(|entry| (name(entry), entry)).collect();
    let known: HashMap<&str, &Value> = facts.iter().map(|entry| (name(entry), entry)).collect();
    for (key, entry) in facts.iter().map(|entry| (name(entry), entry)) {
        match index.get(key) {
            Some(other) => compare(&format!("{}.{key}", parent(place)), entry, other, report),
            None => differ(&format!("{place}.{key}"), "it exists", "nothing", report),
        }
    }
    for (key, entry) in
        ours.iter().map(|entry| (name(entry), entry)).filter(|(key, _)| !known.contains_key(key))
    {
        addition(place, key, entry, report);
    }
    let kind = place.rsplit('.').next().unwrap_or_default();
    if !SORTED.contains(&kind) {
        let theirs: Vec<&str> = facts.iter().map(name).filter(|key| index.contains_key(key)).collect();
        let mine: Vec<&str> = ours.iter().map(name).filter(|key| known.contains_key(key)).collect();
        if theirs != mine {
            differ(&format!("{place} (order)"), &theirs.join(", "), &mine.join(", "), report);
        }
    }
}

/// `services.teams.methods` is reported as `teams`, so that a place reads like an ID; models and enums keep their kind.
fn parent(place: &str) -> &str {
    place.strip_suffix(".methods").or_else(|| place.strip_suffix("services")).unwrap_or(place)
}

fn addition(place: &str, key: &str, entry: &Value, report: &mut Report) {
    let place = place.trim_start_matches('.');
    let mut add = |kind: &str, name: String| report.additions.push(format!("{kind} {name}"));
    match place.rsplit_once('.') {
        None if place == "services" => {
            for method in entry["methods"].as_array().into_iter().flatten() {
                add("method", format!("{key}.{}", name(method)));
            }
        }
        None => add(place.trim_end_matches('s'), key.to_owned()),
        Some((owner, "methods")) => add("method", format!("{owner}.{key}")),
        Some((owner, kind)) => add(kind.trim_end_matches('s'), format!("{owner}.{key}")),
    }
}

fn is_named(list: &[Value]) -> bool {
    list.iter().all(|entry| !name(entry).is_empty())
}

/// Enum members go by their value, since names differ from language to language, and settings by their setter.
fn name(entry: &Value) -> &str {
    ["value", "name", "setter"].into_iter().find_map(|key| entry.get(key)?.as_str()).unwrap_or_default()
}

//! The smaller tables beside the facts: scopes and error types.

use polywrite_api::Api;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Differences from a table in the shape of `scopes.json`.
pub fn scopes(api: &Api, table: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    let mut differ = |place: String, facts: &Value, ours: &Value| {
        if facts != ours {
            differences.push(format!("{place}: facts say {facts}, the definition says {ours}"));
        }
    };
    for kind in ["project", "organization", "account"] {
        differ(format!("scopes.{kind}"), &table[format!("{kind}_scopes")], &json!(api.scopes.get(kind)));
    }
    let services = table["methods"].as_object().into_iter().flatten();
    for (service, methods) in services {
        for (name, facts) in methods.as_object().into_iter().flatten() {
            let id = format!("{service}.{name}");
            let ours = api.method(&id).map(|method| {
                let mut ours = json!({ "scopes": method.scopes, "auth": method.auth });
                if let Some(limit) = method.rate_limit {
                    ours["rate_limit"] = limit.into();
                }
                ours
            });
            differ(id, facts, &json!(ours));
        }
    }
    for id in table["unknown"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let known = api.method(id).map(|method| method.scopes.clone()).unwrap_or_default();
        differ(format!("{id}.scopes"), &json!([]), &json!(known));
    }
    differences
}

/// Differences from a table in the shape of `error-types.json`.
pub fn error_types(api: &Api, table: &Value) -> Vec<String> {
    let facts: BTreeSet<(String, u64)> = table
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| Some((entry["type"].as_str()?.to_owned(), entry["status"].as_u64()?)))
        .collect();
    let ours: BTreeSet<(String, u64)> =
        api.errors.iter().map(|(name, status)| (name.clone(), u64::from(*status))).collect();
    facts
        .symmetric_difference(&ours)
        .map(|(name, status)| format!("error type {name} ({status}): only one has it"))
        .collect()
}

//! The smaller tables beside the facts: scopes and error types.

use polywrite_api::Api;
use serde_json::{Value, json};

/// Differences from a table in the shape of `scopes.json`.
pub fn scopes(api: &Api, table: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    let mut differ = |place: String, facts: &Value, ours: &Value| {
        if facts != ours {
            differences.push(format!("{place}: facts say {facts}, the definition says {ours}"));
        }
    };
    for kind in ["project", "organization", "account"] {
        let ours = api.scopes.get(kind).map(Vec::as_slice).unwrap_or_default();
        let facts = table[format!("{kind}_scopes")].as_array().into_iter().flatten();
        for scope in facts.filter(|scope| !ours.iter().any(|our| *scope == our)) {
            differ(format!("scopes.{kind}"), scope, &Value::Null);
        }
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

/// Differences from a table in the shape of `error-types.json`. More than it has is fine: the table is one server's.
pub fn error_types(api: &Api, table: &Value) -> Vec<String> {
    let facts = table.as_array().into_iter().flatten();
    facts
        .filter_map(|entry| Some((entry["type"].as_str()?, entry["status"].as_u64()?)))
        .filter(|(name, status)| api.errors.get(*name).copied().flatten().map(u64::from) != Some(*status))
        .map(|(name, status)| format!("error type {name} ({status}): the definition has it not, or not so"))
        .collect()
}

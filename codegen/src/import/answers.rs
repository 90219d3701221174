//! What operations answer, and who may call them.

use super::document::{Document, Operation};
use super::draft::Draft;
use serde_json::Value;

/// What it answers, and the Accept header where that is not JSON.
pub(super) fn answer(
    document: &Document<'_>,
    operation: &Operation<'_>,
    variant: &Value,
    draft: &mut Draft,
) -> (String, Option<String>) {
    let responses = operation.value["responses"].as_object().into_iter().flatten();
    let Some((status, response)) = responses.into_iter().find(|(code, _)| code.starts_with(['2', '3']))
    else {
        return ("json".to_owned(), None);
    };
    let content = response["content"].as_object().and_then(|content| content.iter().next());
    let kind = operation.value["x-appwrite"]["type"].as_str();
    let media = content.map(|(media, _)| media.as_str()).filter(|media| !media.is_empty());
    if kind == Some("webAuth") || status.starts_with('3') {
        return ("redirect".to_owned(), Some(media.unwrap_or("text/html").to_owned()));
    }
    if kind == Some("location") || content.is_some_and(|(_, it)| it["schema"]["format"] == "binary") {
        return ("bytes".to_owned(), Some(media.unwrap_or("*/*").to_owned()));
    }
    if let Some(reference) = variant[0]["model"].as_str() {
        return (returned(document.model(reference)), None);
    }
    match content {
        None => ("empty".to_owned(), None),
        Some((media, _)) if media.starts_with("text/") => ("text".to_owned(), Some(media.clone())),
        Some((_, content)) => {
            let kind = document.kind(&content["schema"], "", "", draft);
            (returned(kind), None)
        }
    }
}

/// Only models and unions have a name in an answer; everything else is JSON.
fn returned(kind: String) -> String {
    if kind.starts_with(char::is_uppercase) { kind } else { "json".to_owned() }
}

pub(super) fn scopes(scope: &Value) -> Vec<String> {
    let one = scope.as_str().map(|scope| vec![scope.to_owned()]);
    let many =
        || scope.as_array().map(|all| all.iter().filter_map(|it| Some(it.as_str()?.to_owned())).collect());
    let scopes: Vec<String> = one.or_else(many).unwrap_or_default();
    // Not scopes that a key could have: they mark what is open to all.
    scopes.into_iter().filter(|scope| !scope.is_empty() && scope != "public" && scope != "global").collect()
}

pub(super) fn auth(operation: &Value) -> Vec<String> {
    let schemes =
        operation["security"].as_array().into_iter().flatten().filter_map(Value::as_object).flatten();
    let mut auth: Vec<String> = schemes
        .filter_map(|(scheme, _)| match scheme.as_str() {
            "Key" => Some("key"),
            "Session" => Some("session"),
            "JWT" => Some("jwt"),
            _ => None,
        })
        .map(str::to_owned)
        .collect();
    auth.sort_unstable();
    auth.dedup();
    auth
}

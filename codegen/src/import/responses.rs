//! What operations response, and who may call them.

use super::document::{Document, Operation};
use super::draft::Draft;
use super::json::Json;

/// What it returns, and the Accept header where that is not JSON.
pub(super) fn response(
    document: &Document,
    operation: &Operation<'_>,
    variant: &Json,
    draft: &mut Draft,
) -> (String, Option<String>) {
    let response = |class: char| {
        let mut responses = operation.value["responses"].members();
        responses.find(|(code, _)| code.starts_with(class)).map(|(_, response)| document.resolved(response))
    };
    let (success, redirect) = (response('2'), response('3'));
    // A success with nothing in it says nothing, so that the redirect is what matters.
    let success = success.filter(|it| redirect.is_none() || !it["content"].is_null());
    let Some(response) = success.or(redirect) else { return ("json".to_owned(), None) };
    let content = response["content"].members().next();
    let kind = operation.value["x-appwrite"]["type"].as_str();
    let media = content.map(|(media, _)| media.as_str()).filter(|media| !media.is_empty());
    if kind == Some("webAuth") || success.is_none() {
        return ("redirect".to_owned(), Some(media.unwrap_or("text/html").to_owned()));
    }
    if redirect.is_some() {
        draft.note(operation.http_method, operation.path, "a redirect instead of its response is followed");
    }
    if kind == Some("location") || content.is_some_and(|(_, it)| it["schema"]["format"] == *"binary") {
        return ("bytes".to_owned(), Some(media.unwrap_or("*/*").to_owned()));
    }
    if let Some(reference) = variant[0]["model"].as_str() {
        return (returned(document.referred_kind(reference, draft)), None);
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

/// Only models and unions have a name in an response; everything else is JSON.
fn returned(kind: String) -> String {
    if kind.starts_with(char::is_uppercase) { kind } else { "json".to_owned() }
}

pub(super) fn scopes(scope: &Json) -> Vec<String> {
    let scopes = scope.as_str().into_iter().chain(scope.texts());
    // Not scopes that a key could have: they mark what is open to all.
    scopes.filter(|scope| !["", "public", "global"].contains(scope)).map(str::to_owned).collect()
}

pub(super) fn auth(operation: &Json) -> Vec<String> {
    let schemes = operation["security"].elements().iter().flat_map(Json::members);
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

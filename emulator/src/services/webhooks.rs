//! Webhooks: where changes are sent. Their secret is shown when it is made.

use reqwest::Url;
use serde_json::{Value, json};

use super::{Handler, generic};
use crate::{
    call::Call,
    failure::Failure,
    random,
    response::{Body, Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "create" => create,
        "updateSecret" => update_secret,
        "get" | "list" | "update" => without_secret,
        _ => return None,
    })
}

/// What events can be about; those of the newer names, such as `tablesdb`, the server refuses.
const SUBJECTS: &[&str] = &[
    "databases",
    "users",
    "teams",
    "buckets",
    "functions",
    "sites",
    "messages",
    "topics",
    "providers",
    "proxy",
    "rules",
];

fn require_events(call: &Call) -> Result<(), Failure> {
    let is_event = |event: &Value| {
        event.as_str().is_some_and(|event| SUBJECTS.contains(&event.split('.').next().unwrap_or_default()))
    };
    if call.list("events").iter().all(is_event) {
        return Ok(());
    }
    let rule = "Value must a valid array no longer than 100 items and Event is not valid.";
    Err(Failure::argument("events", rule))
}

/// The given secret, or one that is made up.
fn secret(call: &Call) -> Value {
    json!(
        call.text("secret")
            .filter(|secret| !secret.is_empty())
            .map_or_else(|| random::hex(128), str::to_owned)
    )
}

/// Whether deliveries can go to the URL; here it may be one of this machine.
fn require_url(call: &Call) -> Result<(), Failure> {
    let is_one = |url: &str| {
        Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    };
    if call.text("url").is_none_or(is_one) {
        return Ok(());
    }
    let rule = "1. Value must be a valid URL with following schemes (http, https) \n2. Value must be a public domain \n";
    Err(Failure::argument("url", rule))
}

fn create(call: &Call) -> Handled {
    require_events(call)?;
    require_url(call)?;
    let (id, mut webhook) = generic::draft(call);
    webhook["secret"] = secret(call);
    webhook["enabled"] = json!(call.flag("enabled").unwrap_or(true));
    generic::add(call, &generic::target(call), &id, &webhook)?;
    Ok(Response::created(webhook))
}

fn update_secret(call: &Call) -> Handled {
    let target = generic::target(call);
    let mut webhook = generic::find(call, &target)?;
    webhook["secret"] = secret(call);
    call.state.store.put(&target.collection, target.id.as_deref().unwrap_or_default(), &webhook)?;
    Ok(Response::ok(webhook))
}

fn without_secret(call: &Call) -> Handled {
    require_events(call)?;
    require_url(call)?;
    let mut response = generic::answer(call)?;
    if let Body::Json(body) = &mut response.body {
        match body.get_mut("webhooks").and_then(Value::as_array_mut) {
            Some(webhooks) => webhooks.iter_mut().for_each(|webhook| webhook["secret"] = json!("")),
            None => body["secret"] = json!(""),
        }
    }
    Ok(response)
}

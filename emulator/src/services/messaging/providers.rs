//! Providers: what a method's parameters mean for each of them.

use polywrite_api::Place;
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    clock,
    response::{Handled, Response},
    services::generic,
};

/// Parameters that say how messages look, as against those that open the provider's door.
const OPTIONS: &[&str] = &[
    "fromName",
    "fromEmail",
    "replyToName",
    "replyToEmail",
    "from",
    "senderId",
    "mailer",
    "encryption",
    "autoTLS",
    "sandbox",
    "templateId",
];

/// The provider's name in the path, and what it delivers.
fn kind(call: &Call) -> (String, &'static str) {
    let name = call.method.path.split('/').nth(3).unwrap_or_default().to_owned();
    let delivers = match name.as_str() {
        "fcm" | "apns" => "push",
        "mailgun" | "sendgrid" | "smtp" | "resend" | "ses" => "email",
        _ => "sms",
    };
    (name, delivers)
}

/// The given parameters, sorted into credentials and options, each with what the server fills in.
fn sorted(call: &Call) -> (Map<String, Value>, Map<String, Value>) {
    let (mut credentials, mut options) = (Map::new(), Map::new());
    for param in call.method.params.values().filter(|param| param.place == Place::Body) {
        let name = param.name.as_str();
        if matches!(name, "providerId" | "name" | "enabled") {
            continue;
        }
        let Some(value) = call.value(name) else { continue };
        if OPTIONS.contains(&name) { &mut options } else { &mut credentials }
            .insert(name.to_owned(), value.clone());
    }
    (credentials, options)
}

/// Empty maps are PHP's empty lists.
fn shown(fields: Map<String, Value>) -> Value {
    if fields.is_empty() { json!([]) } else { Value::Object(fields) }
}

pub(super) fn create(call: &Call) -> Handled {
    let id = call.new_id("providerId");
    let now = clock::now();
    let (name, delivers) = kind(call);
    let (mut credentials, mut options) = sorted(call);
    if name == "smtp" {
        for (field, value) in [("port", json!(587)), ("username", json!("")), ("password", json!(""))] {
            credentials.entry(field).or_insert(value);
        }
        for (field, value) in [
            ("replyToName", json!("")),
            ("replyToEmail", json!("")),
            ("encryption", json!("none")),
            ("autoTLS", json!(true)),
            ("mailer", json!("")),
        ] {
            options.entry(field).or_insert(value);
        }
    }
    let is_ready = !credentials.is_empty();
    let provider = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "name": call.text_or_empty("name"), "provider": name,
        "enabled": is_ready && call.flag("enabled").unwrap_or(true), "type": delivers,
        "credentials": shown(credentials), "options": shown(options),
    });
    generic::add(call, &generic::target(call), &id, &provider)?;
    Ok(Response::created(provider))
}

pub(super) fn update(call: &Call) -> Handled {
    let target = generic::target(call);
    let mut provider = generic::find(call, &target)?;
    generic::merge(call, &mut provider);
    let (credentials, options) = sorted(call);
    for (name, changes) in [("credentials", credentials), ("options", options)] {
        if changes.is_empty() {
            continue;
        }
        let mut fields = provider[name].as_object().cloned().unwrap_or_default();
        fields.extend(changes);
        provider[name] = Value::Object(fields);
    }
    call.state.store.put(&target.collection, target.id.as_deref().unwrap_or_default(), &provider)?;
    Ok(Response::ok(provider))
}

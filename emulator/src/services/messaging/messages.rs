//! Messages: drafts, planned ones, and ones that count as delivered at once.

use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
    services::generic,
};

/// Parameters that are about the message and not in it.
const ENVELOPE: &[&str] = &["messageId", "topics", "users", "targets", "draft", "scheduledAt"];

fn contents(call: &Call) -> Map<String, Value> {
    let params = call.params.iter().filter(|(name, _)| !ENVELOPE.contains(&name.as_str()));
    params.map(|(name, value)| (name.clone(), value.clone())).collect()
}

pub(super) fn create(call: &Call) -> Handled {
    let has_recipients = ["topics", "users", "targets"].iter().any(|name| !call.list(name).is_empty());
    let draft = call.flag("draft").unwrap_or(false);
    if !has_recipients && !draft {
        return Err(Failure::new(
            400,
            "message_missing_target",
            "Message with the requested ID has no recipients (topics or users or targets).",
        ));
    }
    let kind = call.method.path.rsplit('/').next().unwrap_or_default();
    let mut data = contents(call);
    let defaults: &[(&str, Value)] = match kind {
        "email" => {
            &[("html", json!(false)), ("cc", json!([])), ("bcc", json!([])), ("attachments", json!([]))]
        }
        "push" => &[("priority", json!("high"))],
        _ => &[],
    };
    for (name, value) in defaults {
        data.entry(*name).or_insert_with(|| value.clone());
    }
    let id = call.new_id("messageId");
    let now = clock::now();
    require_future(call)?;
    let scheduled = call.value("scheduledAt").cloned().unwrap_or(Value::Null);
    let status = match (draft, scheduled.is_null()) {
        (true, _) => "draft",
        (false, false) => "scheduled",
        (false, true) => "processing",
    };
    let message = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "providerType": kind, "topics": call.list("topics"),
        "users": call.list("users"), "targets": call.list("targets"), "scheduledAt": scheduled,
        "deliveredAt": null, "deliveryErrors": [], "deliveredTotal": 0, "data": data, "status": status,
    });
    let target = generic::target(call);
    generic::add(call, &target, &id, &message)?;
    if status == "processing" {
        let mut delivered = message.clone();
        delivered["status"] = json!("sent");
        delivered["deliveredAt"] = json!(clock::now());
        delivered["deliveredTotal"] = json!(call.list("users").len() + call.list("targets").len());
        call.state.store.put(&target.collection, &id, &delivered)?;
    }
    Ok(Response::created(message))
}

/// Nothing is scheduled for the past (400).
fn require_future(call: &Call) -> Result<(), Failure> {
    if call.text("scheduledAt").is_some_and(clock::is_past) {
        let rule = "Value must be valid date in the future and between 0000-01-01 00:00:00 \
                    and 9999-12-31 00:00:00. or null";
        return Err(Failure::argument("scheduledAt", rule));
    }
    Ok(())
}

pub(super) fn update(call: &Call) -> Handled {
    require_future(call)?;
    let target = generic::target(call);
    let mut message = generic::find(call, &target)?;
    if message["status"] == "sent" {
        let words = "Message with the requested ID has already been sent.";
        return Err(Failure::new(400, "message_already_sent", words));
    }
    generic::merge(call, &mut message);
    for (name, value) in contents(call) {
        message["data"][name] = value;
    }
    if let Some(draft) = call.flag("draft") {
        message["status"] = json!(if draft { "draft" } else { "processing" });
    }
    call.state.store.put(&target.collection, target.id.as_deref().unwrap_or_default(), &message)?;
    Ok(Response::ok(message))
}

//! The project itself, and those of its settings that have a shape of their own.

use serde_json::{Value, json};

use super::{Handler, generic, public};
use crate::{
    call::Call,
    clock,
    reply::{Answer, Reply},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "get" => get,
        "listPolicies" => list_policies,
        name if name.starts_with("create") && name.ends_with("Platform") => create_platform,
        "createVariable" => create_variable,
        "updateVariable" => update_variable,
        "createMockPhone" => create_mock_phone,
        "getOAuth2Provider" => get_oauth2,
        name if name.starts_with("updateOAuth2") => update_oauth2,
        _ => return None,
    })
}

/// Ways to sign in, services and protocols are all switched on.
fn get(call: &Call) -> Answer {
    let switched_on = |members: &str| -> Value {
        let names = call.state.schema.self_hosted_members(members).into_iter();
        names.map(|name| json!({"$id": name, "enabled": true})).collect()
    };
    let started = call.state.started_at()?;
    let project = json!({
        "$id": call.project, "$createdAt": started, "$updatedAt": started, "name": call.project,
        "teamId": "local", "region": "default", "devKeys": [], "smtpEnabled": false, "smtpSenderName": "",
        "smtpSenderEmail": "", "smtpReplyToName": "", "smtpReplyToEmail": "", "smtpHost": "", "smtpPort": 0,
        "smtpUsername": "", "smtpPassword": "", "smtpSecure": "", "pingCount": 0, "pingedAt": "",
        "labels": [], "status": "active",
        "authMethods": switched_on("ProjectAuthMethodId"),
        "services": switched_on("ProjectServiceId"),
        "protocols": switched_on("ProjectProtocolId"),
        "blocks": [], "consoleAccessedAt": started,
    });
    Ok(Reply::ok(project))
}

/// Every policy with what was set, or what a new project has.
fn list_policies(call: &Call) -> Answer {
    let mut policies = vec![
        json!({"$id": "password-dictionary", "enabled": false}),
        json!({"$id": "password-history", "total": 0}),
        json!({
            "$id": "password-strength", "min": 8, "uppercase": false, "lowercase": false, "number": false,
            "symbols": false,
        }),
        json!({"$id": "password-personal-data", "enabled": false}),
        json!({"$id": "session-alert", "enabled": false}),
        json!({"$id": "session-duration", "duration": 31_536_000}),
        json!({"$id": "session-invalidation", "enabled": true}),
        json!({"$id": "session-limit", "total": 0}),
        json!({"$id": "user-limit", "total": 0}),
        json!({
            "$id": "membership-privacy", "userId": false, "userEmail": false, "userPhone": false,
            "userName": false, "userMFA": false, "userAccessedAt": false,
        }),
    ];
    for policy in &mut policies {
        let path = format!("/project/policies/{}", policy["$id"].as_str().unwrap_or_default());
        let stored = call.state.store.get(&call.collection("resources/singletons"), &path)?;
        for (name, value) in stored.as_ref().and_then(Value::as_object).into_iter().flatten() {
            policy[name] = value.clone();
        }
    }
    Ok(Reply::list("policies", policies.len(), policies))
}

/// A platform of any kind: those that are known by their host have an empty key besides.
fn create_platform(call: &Call) -> Answer {
    let (id, mut platform) = generic::draft(call);
    if platform.get("hostname").is_some() && platform.get("key").is_none() {
        platform["key"] = json!("");
    }
    generic::add(call, &generic::target(call), &id, &platform)?;
    Ok(Reply::created(platform))
}

fn create_variable(call: &Call) -> Answer {
    let target = generic::target(call);
    let (id, mut variable) = generic::draft(call);
    variable["secret"] = json!(call.flag("secret").unwrap_or(true));
    variable["resourceType"] = json!("project");
    variable["resourceId"] = json!("");
    generic::add(call, &target, &id, &variable)?;
    Ok(Reply::created(shown_variable(&variable)))
}

fn update_variable(call: &Call) -> Answer {
    let target = generic::target(call);
    let mut variable = generic::find(call, &target)?;
    generic::merge(call, &mut variable);
    call.state.store.put(&target.collection, target.id.as_deref().unwrap_or_default(), &variable)?;
    Ok(Reply::ok(shown_variable(&variable)))
}

/// A secret variable's value is never shown.
fn shown_variable(variable: &Value) -> Value {
    let mut shown = public(variable);
    if variable["secret"] == true {
        shown["value"] = json!("");
    }
    shown
}

fn create_mock_phone(call: &Call) -> Answer {
    let now = clock::now();
    let number = call.text_or_empty("number");
    let phone = json!({
        "number": number, "otp": call.text_or_empty("otp"), "$createdAt": now, "$updatedAt": now,
    });
    generic::add(call, &generic::target(call), number, &phone)?;
    Ok(Reply::created(phone))
}

/// Where the settings of providers are kept.
fn providers(call: &Call) -> String {
    call.collection("resources/project/oauth2")
}

/// A provider's settings; its secret goes in and never comes out.
fn update_oauth2(call: &Call) -> Answer {
    let provider = call.path.rsplit('/').next().unwrap_or_default();
    let mut stored = call.state.store.get(&providers(call), provider)?.unwrap_or_else(|| json!({}));
    for (name, value) in &call.params {
        stored[name] = if name.to_lowercase().contains("secret") { json!("") } else { value.clone() };
    }
    stored["$id"] = json!(provider);
    if provider == "google" && stored["prompt"].is_null() {
        stored["prompt"] = json!(["consent"]);
    }
    let given = stored.as_object().cloned().unwrap_or_default();
    let model = call.state.schema.answer_model(call.method);
    let shown = model.map_or(stored, |model| call.state.schema.sample(model, &given));
    call.state.store.put(&providers(call), provider, &shown)?;
    Ok(Reply::ok(shown))
}

/// A provider nobody has set up is switched off.
fn get_oauth2(call: &Call) -> Answer {
    let provider = call.text_or_empty("providerId");
    let stored = call.state.store.get(&providers(call), provider)?;
    Ok(Reply::ok(
        stored.unwrap_or_else(
            || json!({"$id": provider, "enabled": false, "clientId": "", "clientSecret": ""}),
        ),
    ))
}

//! The project itself, and those of its settings that have a shape of their own.

use polywrite_api::Returns as Kind;
use serde_json::{Value, json};

use super::{Handler, generic, set};
use crate::{
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "get" => get,
        "updateLabels" | "updateAuthMethod" | "updateProtocol" | "updateSMTP" | "updateService" => change,
        name if name.starts_with("update") && name.ends_with("Policy") => change,
        "listPolicies" => list_policies,
        name if name.starts_with("create") && name.ends_with("Platform") => create_platform,
        "createMockPhone" => create_mock_phone,
        "getOAuth2Provider" => get_oauth2,
        name if name.starts_with("updateOAuth2") => update_oauth2,
        _ => return None,
    })
}

/// What was set at a path below the project, one of a kind.
fn setting(call: &Call, path: &str) -> Result<Value, Failure> {
    let stored = call.state.store.get(&call.collection("resources/singletons"), path)?;
    Ok(stored.unwrap_or_default())
}

/// A setting changed: most methods answer with the whole project.
fn change(call: &Call) -> Handled {
    let changed = generic::answer(call)?;
    if call.method.returns == Kind::Model("Project".to_owned()) { get(call) } else { Ok(changed) }
}

/// Ways to sign in, services and protocols are switched on, unless they were switched off.
fn get(call: &Call) -> Handled {
    let switches = |members: &str, path: &str| -> Result<Value, Failure> {
        let switch = |name: &str| {
            let stored = setting(call, &format!("/project/{path}/{name}"))?;
            Ok(json!({"$id": name, "enabled": stored["enabled"] != false}))
        };
        call.state.schema.self_hosted_members(members).into_iter().map(switch).collect()
    };
    let labels = match setting(call, "/project/labels")?["labels"].take() {
        Value::Null => json!([]),
        labels => labels,
    };
    let started = call.state.started_at()?;
    let project = json!({
        "$id": call.project, "$createdAt": started, "$updatedAt": started, "name": call.project,
        "teamId": "local", "region": "default", "devKeys": [], "smtpEnabled": false, "smtpSenderName": "",
        "smtpSenderEmail": "", "smtpReplyToName": "", "smtpReplyToEmail": "", "smtpHost": "", "smtpPort": 0,
        "smtpUsername": "", "smtpPassword": "", "smtpSecure": "", "pingCount": 0, "pingedAt": "",
        "labels": labels, "status": "active",
        "authMethods": switches("ProjectAuthMethodId", "auth-methods")?,
        "services": switches("ProjectServiceId", "services")?,
        "protocols": switches("ProjectProtocolId", "protocols")?,
        "blocks": [], "consoleAccessedAt": started,
    });
    Ok(Response::ok(project))
}

/// Every policy with what was set, or what a new project has.
fn list_policies(call: &Call) -> Handled {
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
        set(policy, &stored.unwrap_or_default());
    }
    Ok(Response::list("policies", policies.len(), policies))
}

/// A platform of any kind: those that are known by their host have an empty key besides.
fn create_platform(call: &Call) -> Handled {
    let (id, mut platform) = generic::draft(call);
    platform["type"] = json!(call.method.path.rsplit('/').next());
    if platform.get("hostname").is_some() && platform.get("key").is_none() {
        platform["key"] = json!("");
    }
    generic::add(call, &generic::target(call), &id, &platform)?;
    Ok(Response::created(platform))
}

fn create_mock_phone(call: &Call) -> Handled {
    let now = clock::now();
    let number = call.text_or_empty("number");
    let phone = json!({
        "number": number, "otp": call.text_or_empty("otp"), "$createdAt": now, "$updatedAt": now,
    });
    generic::add(call, &generic::target(call), number, &phone)?;
    Ok(Response::created(phone))
}

/// Where the settings of providers are kept.
fn providers(call: &Call) -> String {
    call.collection("resources/project/oauth2")
}

/// A provider's settings; its secret goes in and never comes out.
fn update_oauth2(call: &Call) -> Handled {
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
    let model = call.state.schema.response_model(call.method);
    let shown = model.map_or(stored, |model| call.state.schema.sample(model, &given));
    call.state.store.put(&providers(call), provider, &shown)?;
    Ok(Response::ok(shown))
}

/// A provider that is not set up is switched off.
fn get_oauth2(call: &Call) -> Handled {
    let provider = call.text_or_empty("providerId");
    let stored = call.state.store.get(&providers(call), provider)?;
    Ok(Response::ok(
        stored.unwrap_or_else(
            || json!({"$id": provider, "enabled": false, "clientId": "", "clientSecret": ""}),
        ),
    ))
}

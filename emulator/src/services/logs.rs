//! What happened to resources, for the methods that list logs.

use polywrite_api::HttpMethod;
use serde_json::{Value, json};

use crate::{
    auth::Caller,
    call::Call,
    clock,
    failure::Failure,
    random,
    response::{Handled, Response},
};

/// Remembers a call that changed something.
pub(super) fn record(call: &Call) -> Result<(), Failure> {
    let (user_id, email, name, kind) = match &call.caller {
        Caller::User { user, .. } => {
            (user["$id"].clone(), user["email"].clone(), user["name"].clone(), "user")
        }
        Caller::Key(key) => (
            json!(""),
            json!(format!("app.{}@service.local", call.project)),
            key["name"].clone(),
            "keyProject",
        ),
        Caller::Guest => (json!(""), json!(""), json!(""), "guest"),
    };
    let action = match call.method.http_method {
        HttpMethod::Post => "create",
        HttpMethod::Delete => "delete",
        _ => "update",
    };
    let noun = call.method.service.trim_end_matches('s');
    let entry = json!({
        "event": format!("{noun}.{action}"), "userId": user_id, "userEmail": email, "userName": name,
        "userType": kind, "time": clock::now(), "_path": call.path,
    });
    call.state.store.put(&call.collection("logs"), &random::hex(32), &entry)
}

/// Lists what happened to the resource whose path the method's path goes on from, newest first.
pub(super) fn of_resource(call: &Call) -> Handled {
    let resource = call.path.strip_suffix("/logs").unwrap_or(&call.path).to_owned();
    list(call, &|entry| {
        let path = entry["_path"].as_str().unwrap_or_default();
        path.strip_prefix(&resource).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Lists what a user did, newest first.
pub(super) fn of_user(call: &Call, user_id: &str) -> Handled {
    let own = format!("/users/{user_id}");
    list(call, &|entry| {
        entry["userId"] == user_id || entry["_path"].as_str().is_some_and(|path| path.starts_with(&own))
    })
}

fn list(call: &Call, wanted: &dyn Fn(&Value) -> bool) -> Handled {
    let mut entries = call.state.store.all(&call.collection("logs"))?;
    entries.retain(wanted);
    entries.reverse();
    let page = call.page("Log", entries.into_iter().map(complete).collect())?;
    Ok(Response::list("logs", page.total, page.documents.iter().map(super::public).collect()))
}

/// An entry with what is the same in each, and not stored with it.
fn complete(entry: Value) -> Value {
    let mut complete = json!({
        "event": "", "userId": "", "userEmail": "", "userName": "", "mode": "default", "userType": "",
        "ip": "127.0.0.1", "time": "", "osCode": "", "osName": "", "osVersion": "", "clientType": "",
        "clientCode": "", "clientName": "", "clientVersion": "", "clientEngine": "", "clientEngineVersion": "",
        "deviceName": "", "deviceBrand": "", "deviceModel": "", "countryCode": "--", "countryName": "Unknown",
    });
    super::set(&mut complete, &entry);
    complete
}

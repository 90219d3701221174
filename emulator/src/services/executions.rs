//! Executions of functions, which the emulator does not run: a synchronous one is completed at once, others stay as they begin.

use serde_json::{Value, json};
use time::Duration;

use super::{Handler, generic};
use crate::{
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    (name == "createExecution").then_some(create)
}

fn create(call: &Call) -> Handled {
    let is_async = call.flag("async").unwrap_or(false);
    let scheduled = call.value("scheduledAt").cloned().unwrap_or(Value::Null);
    require_schedule(scheduled.as_str(), is_async)?;
    let deployment = deployment(call)?;
    let (id, mut execution) = generic::draft(call);
    let (status, code) = match (is_async, scheduled.is_null()) {
        (false, _) => ("completed", 200),
        (true, true) => ("waiting", 0),
        (true, false) => ("scheduled", 0),
    };
    let fields = json!({
        "functionId": call.text_or_empty("functionId"), "deploymentId": deployment, "status": status,
        "trigger": if scheduled.is_null() { "http" } else { "schedule" }, "scheduledAt": scheduled,
        "requestMethod": call.text("method").unwrap_or("POST"), "requestPath": call.text("path").unwrap_or("/"),
        "requestHeaders": [{"name": "x-appwrite-client-ip", "value": "127.0.0.1"}],
        "responseStatusCode": code, "responseHeaders": [], "responseBody": "",
        "$permissions": readers(call),
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        execution[name] = value.clone();
    }
    generic::add(call, &generic::target(call), &id, &execution)?;
    Ok(Response::json(if is_async { 202 } else { 201 }, execution))
}

/// Who may read an execution: the user who started it, and keys alone where a key did.
fn readers(call: &Call) -> Vec<String> {
    call.caller.user().map(|_| format!("read(\"user:{}\")", call.caller.user_id())).into_iter().collect()
}

/// The function's active deployment; without one it cannot be executed (404).
fn deployment(call: &Call) -> Result<Value, Failure> {
    generic::require_parents(call, &generic::target(call))?;
    let functions = call.collection("resources/functions");
    let function = call.state.store.get(&functions, call.text_or_empty("functionId"))?.unwrap_or_default();
    if function["deploymentId"].as_str().is_some_and(|id| !id.is_empty()) {
        return Ok(function["deploymentId"].clone());
    }
    let words = "Deployment not found. Create a deployment before trying to execute a function";
    Err(Failure::new(404, "deployment_not_found", words))
}

/// Only an asynchronous execution is scheduled, and not before a minute has passed (400).
fn require_schedule(moment: Option<&str>, is_async: bool) -> Result<(), Failure> {
    let Some(moment) = moment else { return Ok(()) };
    let earliest = clock::moment() + Duration::MINUTE;
    let words = if !is_async {
        "Scheduled executions must run asynchronously. Set scheduledAt to a future date, or set async to true."
    } else if clock::read(moment).is_none_or(|moment| moment < earliest) {
        "Execution schedule must be a valid date, and at least 1 minute from now"
    } else {
        return Ok(());
    };
    Err(Failure::new(400, "general_bad_request", words))
}

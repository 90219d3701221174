//! Executions of functions. Those with a folder run its code; the others have nothing to run: a synchronous execution is
//! completed at once, others stay as they begin.

use serde_json::{Map, Value, json};
use time::Duration;
use tokio::runtime::Handle;

use super::{Handler, generic, set};
use crate::{
    auth::permission,
    call::Call,
    clock,
    failure::Failure,
    functions::{self, Job},
    response::{Body, Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    (name == "createExecution").then_some(create)
}

/// Begins an execution: `run` goes on with it.
fn create(call: &Call) -> Handled {
    let is_async = call.flag("async").unwrap_or(false);
    let scheduled = call.value("scheduledAt").cloned().unwrap_or(Value::Null);
    require_schedule(scheduled.as_str(), is_async)?;
    let function = function(call)?;
    let (id, mut execution) = generic::draft(call);
    let (status, code) = match (is_async, scheduled.is_null()) {
        (false, _) if functions::is_runnable(&function) => ("processing", 0),
        (false, _) => ("completed", 200),
        (true, true) => ("waiting", 0),
        (true, false) => ("scheduled", 0),
    };
    let fields = json!({
        "functionId": call.text_or_empty("functionId"), "deploymentId": function["deploymentId"], "status": status,
        "trigger": if scheduled.is_null() { "http" } else { "schedule" }, "scheduledAt": scheduled,
        "requestMethod": call.text("method").unwrap_or("POST"), "requestPath": call.text("path").unwrap_or("/"),
        "requestHeaders": [{"name": "x-appwrite-client-ip", "value": "127.0.0.1"}],
        "responseStatusCode": code, "responseHeaders": [], "responseBody": "",
        "$permissions": readers(call),
    });
    set(&mut execution, &fields);
    generic::add(call, &generic::target(call), &id, &execution)?;
    Ok(Response::json(if is_async { 202 } else { 201 }, execution))
}

/// Runs what has begun, or has it run later; a caller who waits gets what became of it.
pub(super) fn run(call: &Call, begun: Response) -> Handled {
    let Body::Json(execution) = &begun.body else { return Ok(begun) };
    // Whether it may be executed was decided when it began.
    let function = stored(call)?;
    if !functions::is_runnable(&function) {
        return Ok(begun);
    }
    let is_async = call.flag("async").unwrap_or(false);
    let job = Job {
        project: call.project.clone(),
        headers: headers(call, &function, execution),
        function,
        execution: execution.clone(),
        method: call.text("method").unwrap_or("POST").to_owned(),
        path: call.text("path").unwrap_or("/").to_owned(),
        body: call.text_or_empty("body").to_owned(),
        is_awaited: !is_async,
    };
    if is_async {
        call.state.executions.add(job);
        return Ok(begun);
    }
    let mut seen = Handle::current().block_on(job.run(call.state))?;
    if !call.caller.is_key() {
        seen["logs"] = json!("");
        seen["errors"] = json!("");
    }
    Ok(Response { body: Body::Json(seen), ..begun })
}

/// The headers of the caller and, in their place where they have the same names, those of the server.
fn headers(call: &Call, function: &Value, execution: &Value) -> Map<String, Value> {
    let given = call.value("headers").and_then(Value::as_object).into_iter().flatten();
    let mut all: Map<String, Value> =
        given.map(|(name, value)| (name.to_lowercase(), value.clone())).collect();
    let user = call.caller.user().map(|_| (call.caller.user_id(), call.caller.session()));
    all.extend(functions::headers(call.state, &call.project, function, execution, user));
    all
}

/// Who may read an execution: the user who started it, and keys alone where a key did.
fn readers(call: &Call) -> Vec<String> {
    call.caller.user().map(|_| format!("read(\"user:{}\")", call.caller.user_id())).into_iter().collect()
}

/// The function, if it has an active deployment; without one it cannot be executed (404).
fn function(call: &Call) -> Result<Value, Failure> {
    generic::require_parents(call, &generic::target(call))?;
    let function = stored(call)?;
    if function["enabled"] == false && !call.caller.is_key() {
        return Err(generic::not_found(call, "functions"));
    }
    if function["deploymentId"].as_str().is_some_and(|id| !id.is_empty()) {
        require_execute(call, &function)?;
        return Ok(function);
    }
    let words = "Deployment not found. Create a deployment before trying to execute a function";
    Err(Failure::new(404, "deployment_not_found", words))
}

fn stored(call: &Call) -> Result<Value, Failure> {
    let functions = call.collection("resources/functions");
    Ok(call.state.store.get(&functions, call.text_or_empty("functionId"))?.unwrap_or_default())
}

/// Users and guests may execute what their roles allow; a key with the scope may execute all.
fn require_execute(call: &Call, function: &Value) -> Result<(), Failure> {
    if call.caller.is_key() {
        return Ok(());
    }
    let roles = function["execute"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let permissions: Vec<Value> = roles.map(|role| json!(format!("execute(\"{role}\")"))).collect();
    permission::require(&Value::Array(permissions), "execute", &call.caller.roles())
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

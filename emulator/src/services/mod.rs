//! What the methods do, a file or folder a service; those without one answer in general terms.

mod account;
mod avatars;
mod databases;
mod deployments;
mod executions;
mod generic;
pub(crate) mod graphql;
mod health;
mod hosting;
mod keys;
mod locale;
mod logs;
mod messaging;
mod migrations;
mod project;
mod storage;
mod teams;
mod tokens;
mod usage;
mod users;
mod variables;
mod webhooks;

use polywrite_api::{HttpMethod, Method};
use serde_json::Value;

use crate::{auth::Caller, call::Call, failure::Failure, response::Handled, state::State};

pub(crate) use databases::{expire_transactions, staged};

/// Does one call.
pub(crate) type Handler = fn(&Call) -> Handled;

/// Lets the service do the call; one that changes something has the memory to itself meanwhile.
pub(crate) fn dispatch(call: &Call) -> Handled {
    // Files are written without the lock: uploads run in parallel, and take it themselves for what they record.
    if call.method.id == "storage.createFile" {
        return handle(call);
    }
    if call.method.http_method == HttpMethod::Get {
        let _reading = call.state.reading();
        return handle(call);
    }
    let done = {
        let _writing = call.state.writing();
        dispatch_within(call)
    };
    // A function makes calls of its own, which wait for the memory.
    if waits(call.method) { executions::run(call, done?) } else { done }
}

/// Whether a method waits for another program.
pub(crate) fn waits(method: &Method) -> bool {
    method.id == "functions.createExecution"
}

/// The same for a caller who has the memory to themselves: what fails leaves no trace.
pub(crate) fn dispatch_within(call: &Call) -> Handled {
    let done = call.state.store.atomically(|| {
        let response = handle(call)?;
        if call.method.http_method != HttpMethod::Get {
            logs::record(call)?;
        }
        Ok(response)
    });
    if done.is_err() && call.method.name == "updateTransaction" {
        call.state.store.atomically(|| databases::fail_transaction(call))?;
    }
    done
}

fn handle(call: &Call) -> Handled {
    handler(&call.method.service, &call.method.name).unwrap_or(generic::answer)(call)
}

fn handler(service: &str, name: &str) -> Option<Handler> {
    match service {
        _ if name.ends_with("Usage") => usage::handler(service, name),
        "account" => account::handler(name),
        "avatars" => avatars::handler(name),
        "client" => Some(ping),
        "databases" | "tablesDB" | "documentsDB" | "vectorsDB" => databases::handler(name),
        "functions" | "sites" => hosting::handler(service, name)
            .or_else(|| deployments::handler(name))
            .or_else(|| executions::handler(name))
            .or_else(|| variables::handler(name)),
        "health" => health::handler(name),
        "locale" => locale::handler(name),
        "messaging" => messaging::handler(name),
        "migrations" => migrations::handler(name),
        "project" => {
            keys::handler(name).or_else(|| project::handler(name)).or_else(|| variables::handler(name))
        }
        "storage" => storage::handler(name),
        "teams" => teams::handler(name),
        "tokens" => tokens::handler(name),
        "users" => users::handler(name),
        "webhooks" => webhooks::handler(name),
        _ => None,
    }
}

fn ping(_: &Call) -> Handled {
    Ok(crate::response::Response::bytes("text/plain; charset=UTF-8", "Pong!"))
}

/// The scopes of which a caller needs one; where the definition knows none, they go by service and HTTP method.
pub(crate) fn scopes(method: &Method) -> Vec<String> {
    if !method.scopes.is_empty() || method.service == "client" {
        return method.scopes.clone();
    }
    match method.service.as_str() {
        "account" if method.path.starts_with("/account/sessions") => vec!["sessions.write".to_owned()],
        "account" => vec!["account".to_owned()],
        service => {
            let action = if method.http_method == HttpMethod::Get { "read" } else { "write" };
            vec![format!("{service}.{action}")]
        }
    }
}

/// Whether the caller may call the method. Everybody has the scope for sessions, but those of others are for keys.
pub(crate) fn allows(method: &Method, caller: &Caller) -> bool {
    (caller.is_key() || method.service != "users") && caller.has_any_scope(&scopes(method))
}

/// Whether the caller has signed in with one factor where their account asks for two.
pub(crate) fn needs_second_factor(
    state: &State,
    project: &str,
    method: &Method,
    caller: &Caller,
) -> Result<bool, Failure> {
    let Some(user) = caller.user().filter(|user| user["mfa"] == true) else { return Ok(false) };
    if method.path.starts_with("/account/mfa/challenge") || method.path.starts_with("/account/mfa/factors") {
        return Ok(false);
    }
    let has_factor = user["emailVerification"] == true
        || user["phoneVerification"] == true
        || user["_totp"]["verified"] == true;
    let sessions = format!("{project}/sessions/{}", caller.user_id());
    let session = state.store.get(&sessions, caller.session())?.unwrap_or(Value::Null);
    let factors = session["factors"].as_array().map_or(0, Vec::len);
    Ok(has_factor && !caller.session().is_empty() && factors < 2)
}

/// Writes fields over those of the same names.
pub(crate) fn set(document: &mut Value, fields: &Value) {
    for (name, value) in fields.as_object().into_iter().flatten() {
        document[name] = value.clone();
    }
}

/// A document without the fields that stay inside, whose names start with `_`.
pub(crate) fn public(document: &Value) -> Value {
    match document {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !name.starts_with('_'))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        other => other.clone(),
    }
}

//! What a function's program is given: variables of its environment, and headers of its request.

use serde_json::{Map, Value, json};

use super::{Job, timeout};
use crate::{SERVER_VERSION, auth::jwt, failure::Failure, state::State};

/// The variables that the server sets, and those of the project and the function, which win.
pub(super) fn variables(state: &State, job: &Job) -> Result<Vec<(String, String)>, Failure> {
    let text = |name: &str| job.function[name].as_str().unwrap_or_default().to_owned();
    let runtime = Runtime::of(&job.function);
    let mut variables = vec![
        ("APPWRITE_VERSION".to_owned(), SERVER_VERSION.to_owned()),
        ("APPWRITE_REGION".to_owned(), "default".to_owned()),
        ("APPWRITE_FUNCTION_API_ENDPOINT".to_owned(), state.endpoint().to_owned()),
        ("APPWRITE_FUNCTION_PROJECT_ID".to_owned(), job.project.clone()),
        ("APPWRITE_FUNCTION_ID".to_owned(), text("$id")),
        ("APPWRITE_FUNCTION_NAME".to_owned(), text("name")),
        ("APPWRITE_FUNCTION_DEPLOYMENT".to_owned(), text("deploymentId")),
        ("APPWRITE_FUNCTION_RUNTIME_NAME".to_owned(), runtime.name.to_owned()),
        ("APPWRITE_FUNCTION_RUNTIME_VERSION".to_owned(), runtime.version.to_owned()),
        ("APPWRITE_FUNCTION_CPUS".to_owned(), "1".to_owned()),
        ("APPWRITE_FUNCTION_MEMORY".to_owned(), "512".to_owned()),
    ];
    let owners = [
        format!("{}/resources/project/variables", job.project),
        format!("{}/resources/functions/{}/variables", job.project, job.function_id()),
    ];
    for owner in owners {
        for variable in state.store.all(&owner)? {
            let field = |name: &str| variable[name].as_str().unwrap_or_default().to_owned();
            variables.push((field("key"), field("value")));
        }
    }
    Ok(variables)
}

/// What a function is written for: `node-22`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Runtime<'a> {
    pub(super) name: &'a str,
    pub(super) version: &'a str,
}

impl<'a> Runtime<'a> {
    pub(super) fn of(function: &'a Value) -> Self {
        let whole = function["runtime"].as_str().unwrap_or_default();
        let (name, version) = whole.rsplit_once('-').unwrap_or((whole, ""));
        Self { name, version }
    }
}

/// The headers that the server adds to those of a caller, and puts in place of theirs.
pub(crate) fn headers(
    state: &State,
    project: &str,
    function: &Value,
    execution: &Value,
    user: Option<(&str, &str)>,
) -> Map<String, Value> {
    let seconds = i64::try_from(timeout(function).as_secs()).unwrap_or(i64::MAX);
    let key = jwt::ephemeral_key(&state.secret, project, &function["scopes"], seconds);
    let token = user.map_or_else(String::new, |(id, session)| {
        jwt::sign(&state.secret, json!({"userId": id, "sessionId": session}), Some(seconds))
    });
    let host =
        state.endpoint().split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let added = json!({
        "host": host,
        "x-appwrite-key": key,
        "x-appwrite-trigger": execution["trigger"],
        "x-appwrite-execution-id": execution["$id"],
        "x-appwrite-user-id": user.map_or("", |(id, _)| id),
        "x-appwrite-user-jwt": token,
        "x-appwrite-country-code": "",
        "x-appwrite-continent-code": "",
        "x-appwrite-continent-eu": "false",
        "x-appwrite-client-ip": "127.0.0.1",
    });
    added.as_object().cloned().unwrap_or_default()
}

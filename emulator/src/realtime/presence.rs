//! Presences that come by message.

use axum::http::HeaderMap;
use serde_json::{Map, Value, json};

use super::report::{Before, report};
use crate::{
    auth::Caller, call::Call, clock, failure::Failure, random, response::Body, services, state::State,
};

/// For how long one is kept that does not say so: thirty days, in seconds.
const LIFE: i64 = 30 * 24 * 60 * 60;

/// Keeps the presence of a user, and reports it to who listens.
///
/// # Errors
/// As `presences.upsert`.
pub(super) fn keep(state: &State, project: &str, user_id: &str, given: &Value) -> Result<Value, Failure> {
    let method = state.schema.method("presences.upsert").ok_or_else(Failure::server)?;
    let id = given["presenceId"].as_str().map_or_else(random::id, str::to_owned);
    let mut params: Map<String, Value> =
        given.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect();
    params.insert("presenceId".to_owned(), json!(id));
    params.insert("userId".to_owned(), json!(user_id));
    params.insert("source".to_owned(), json!("realtime"));
    params.entry("expiresAt").or_insert_with(|| json!(clock::in_seconds(LIFE)));
    let call = Call {
        state,
        method,
        project: project.to_owned(),
        caller: Caller::own(""),
        params,
        upload: None,
        headers: HeaderMap::new(),
        path: format!("/presences/{id}"),
    };
    let mut response = services::dispatch(&call)?;
    if let Body::Json(presence) = &mut response.body {
        presence["$sequence"] = json!("1");
    }
    report(&call, Before::default(), &response);
    match response.body {
        Body::Json(presence) => Ok(presence),
        _ => Err(Failure::server()),
    }
}

//! Sessions and tokens of users.

use serde_json::{Value, json};

use super::{device, people};
use crate::{
    auth::{identify, jwt, session},
    call::Call,
    clock,
    failure::Failure,
    random,
    response::{Handled, Response},
    services::public,
};

/// How long a session lives, in seconds: a year.
const LIFE: i64 = 31_536_000;

/// 404 for a session.
pub(in crate::services) fn not_found() -> Failure {
    Failure::new(404, "user_session_not_found", "The current user session could not be found.")
}

/// Where a user's sessions are kept.
pub(in crate::services) fn collection(call: &Call, user_id: &str) -> String {
    call.collection(&format!("sessions/{user_id}"))
}

/// Opens a session and returns it with the value that clients carry for it.
pub(in crate::services) fn open(
    call: &Call,
    user: &Value,
    provider: &str,
    factor: &str,
) -> Result<(Value, String), Failure> {
    let user_id = user["$id"].as_str().unwrap_or_default();
    let secret = identify::new_secret();
    let id = random::id();
    let now = clock::now();
    let uid = if provider == "email" { user["email"].clone() } else { json!("") };
    let mut session = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "userId": user_id,
        "expire": clock::in_seconds(LIFE), "provider": provider, "providerUid": uid,
        "providerAccessToken": "", "providerAccessTokenExpiry": "", "providerRefreshToken": "",
        "ip": "127.0.0.1", "osCode": "", "osName": "", "osVersion": "", "clientType": "", "clientCode": "",
        "clientName": "", "clientVersion": "", "clientEngine": "", "clientEngineVersion": "",
        "deviceName": "", "deviceBrand": "", "deviceModel": "", "countryCode": "--",
        "countryName": "Unknown", "current": false, "factors": [factor], "secret": "", "mfaUpdatedAt": "",
        "_secret": secret,
    });
    device::describe(call, &mut session);
    call.state.store.put(&collection(call, user_id), &id, &session)?;
    Ok((session, session::encode(user_id, &secret)))
}

/// Ends a user's sessions but the caller's own, as the session-invalidation policy wants after a new password.
pub(in crate::services) fn end_others(call: &Call, user: &Value) -> Result<(), Failure> {
    let policy = "/project/policies/session-invalidation";
    let stored = call.state.store.get(&call.collection("resources/singletons"), policy)?;
    if stored.is_some_and(|policy| policy["enabled"] == false) {
        return Ok(());
    }
    let collection = collection(call, user["$id"].as_str().unwrap_or_default());
    for session in call.state.store.all(&collection)? {
        if session["$id"] != call.caller.session() {
            call.state.store.remove(&collection, session["$id"].as_str().unwrap_or_default())?;
        }
    }
    Ok(())
}

/// A session as shown: `secret` goes to API keys only.
pub(in crate::services) fn view(call: &Call, session: &Value, secret: &str) -> Value {
    let mut shown = public(session);
    shown["secret"] = json!(if call.caller.is_key() { secret } else { "" });
    shown["current"] = json!(session["$id"] == call.caller.session());
    shown
}

/// Makes a token that a session can be opened with, and returns it with its secret in `_secret`.
pub(in crate::services) fn issue_token(
    call: &Call,
    user_id: &str,
    purpose: &str,
    secret: &str,
    seconds: i64,
) -> Result<Value, Failure> {
    let id = random::id();
    let token = json!({
        "$id": id, "$createdAt": clock::now(), "userId": user_id, "secret": "",
        "expire": clock::in_seconds(seconds), "phrase": "", "_secret": secret, "_purpose": purpose,
    });
    call.state.store.put(&call.collection(&format!("tokens/{user_id}")), &id, &token)?;
    Ok(token)
}

/// Uses a token up: 401 unless it is one of these purposes' and still good.
pub(in crate::services) fn redeem(
    call: &Call,
    user_id: &str,
    secret: &str,
    purposes: &[&str],
) -> Result<Value, Failure> {
    let invalid = || Failure::new(401, "user_invalid_token", "Invalid token passed in the request.");
    let collection = call.collection(&format!("tokens/{user_id}"));
    let tokens = call.state.store.all(&collection)?;
    let token = tokens.into_iter().find(|token| {
        token["_secret"] == secret
            && token["_purpose"].as_str().is_some_and(|purpose| purposes.contains(&purpose))
            && !token["expire"].as_str().is_some_and(clock::is_past)
    });
    let token = token.ok_or_else(invalid)?;
    call.state.store.remove(&collection, token["$id"].as_str().unwrap_or_default())?;
    Ok(token)
}

/// A token as shown: `secret` goes to API keys only.
pub(in crate::services) fn view_token(call: &Call, token: &Value) -> Value {
    let mut shown = public(token);
    if call.caller.is_key() {
        shown["secret"] = token["_secret"].clone();
    }
    shown
}

pub(super) fn create(call: &Call) -> Handled {
    let user = people::find(call)?;
    let (session, carried) = open(call, &user, "server", "server")?;
    Ok(Response::created(view(call, &session, &carried)))
}

pub(super) fn list(call: &Call) -> Handled {
    let user = people::find(call)?;
    let sessions = call.state.store.all(&collection(call, user["$id"].as_str().unwrap_or_default()))?;
    let total = if call.wants_total() { sessions.len() } else { 0 };
    let shown = sessions
        .iter()
        .map(|session| view(call, session, session["_secret"].as_str().unwrap_or_default()))
        .collect();
    Ok(Response::list("sessions", total, shown))
}

pub(super) fn delete(call: &Call) -> Handled {
    let user = people::find(call)?;
    let collection = collection(call, user["$id"].as_str().unwrap_or_default());
    if !call.state.store.remove(&collection, call.text_or_empty("sessionId"))? {
        return Err(not_found());
    }
    Ok(Response::empty())
}

pub(super) fn delete_all(call: &Call) -> Handled {
    let user = people::find(call)?;
    call.state.store.remove_tree(&collection(call, user["$id"].as_str().unwrap_or_default()))?;
    Ok(Response::empty())
}

pub(super) fn create_token(call: &Call) -> Handled {
    let user = people::find(call)?;
    let length = usize::try_from(call.integer("length").unwrap_or(6)).unwrap_or(6);
    let seconds = call.integer("expire").unwrap_or(900);
    let user_id = user["$id"].as_str().unwrap_or_default();
    let token = issue_token(call, user_id, "token", &random::hex(length), seconds)?;
    Ok(Response::created(view_token(call, &token)))
}

pub(super) fn create_jwt(call: &Call) -> Handled {
    let user = people::find(call)?;
    let user_id = user["$id"].as_str().unwrap_or_default();
    let sessions = call.state.store.all(&collection(call, user_id))?;
    let wanted = call.text_or_empty("sessionId");
    let session_id = match wanted {
        "recent" => sessions.last().and_then(|session| session["$id"].as_str()).unwrap_or_default(),
        _ => sessions
            .iter()
            .filter_map(|session| session["$id"].as_str())
            .find(|id| *id == wanted)
            .unwrap_or_default(),
    };
    let claims = json!({"userId": user_id, "sessionId": session_id});
    let seconds = call.integer("duration").unwrap_or(900);
    // The server takes it and fails.
    if seconds == 0 {
        return Err(Failure::new(500, "general_unknown", "Server Error"));
    }
    Ok(Response::created(json!({"jwt": jwt::sign(&call.state.secret, claims, Some(seconds))})))
}

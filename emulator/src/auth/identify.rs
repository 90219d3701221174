//! From headers and cookies to a caller.

use std::sync::Arc;

use axum::http::HeaderMap;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{Caller, jwt, session};
use crate::{clock, failure::Failure, random, state::State};

/// Finds out who calls.
///
/// A key wins over everything else. A session that does not fit is silently a guest; a bad key or JWT is refused.
pub(crate) fn identify(state: &State, project: &str, headers: &HeaderMap) -> Result<Caller, Failure> {
    if let Some(key) = text(headers, "x-appwrite-key") {
        return by_key(state, project, key);
    }
    let session = by_session(state, project, headers)?;
    let caller = match (text(headers, "x-appwrite-jwt"), session) {
        (Some(_), Caller::User { .. }) => {
            return Err(Failure::new(
                403,
                "user_jwt_and_cookie_set",
                "JWT and cookie used in the same request. Use either `setJWT` or `setCookie`. Learn about which \
                 authentication method to use in the SSR docs: \
                 https://appwrite.io/docs/products/auth/server-side-rendering",
            ));
        }
        (Some(token), _) => by_jwt(state, project, token)?,
        (None, caller) => caller,
    };
    match caller {
        Caller::User { .. } => impersonated(state, project, headers, caller),
        other => Ok(other),
    }
}

/// A header's text, unless it is empty.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).filter(|text| !text.is_empty())
}

fn by_key(state: &State, project: &str, secret: &str) -> Result<Caller, Failure> {
    if let Some(token) = secret.strip_prefix(jwt::EPHEMERAL) {
        let claims = jwt::verify(&state.secret, token).map_err(|_| Failure::unauthorized())?;
        if claims["projectId"] != project {
            return Err(Failure::unauthorized());
        }
        return Ok(Caller::Key(Arc::new(claims)));
    }
    let id = state.store.shared(&format!("{project}/keySecrets"), secret)?;
    let key = match id.as_ref().and_then(|id| id["keyId"].as_str()) {
        Some(id) => state.store.shared(&format!("{project}/keys"), id)?,
        None => None,
    };
    let Some(key) = key else { return Err(Failure::unauthorized()) };
    if key["expire"].as_str().is_some_and(clock::is_past) {
        return Err(Failure::new(
            401,
            "project_key_expired",
            "The project key has expired. Please generate a new key using the Appwrite console.",
        ));
    }
    Ok(Caller::Key(key))
}

fn by_jwt(state: &State, project: &str, token: &str) -> Result<Caller, Failure> {
    let claims = jwt::verify(&state.secret, token).map_err(|problem| {
        let message = format!("Failed to verify JWT. Invalid token: {problem}");
        Failure::new(401, "user_jwt_invalid", message)
    })?;
    let user_id = claims["userId"].as_str().unwrap_or_default();
    let session_id = claims["sessionId"].as_str().unwrap_or_default();
    let Some(user) = state.store.get(&format!("{project}/users"), user_id)? else { return Ok(Caller::Guest) };
    if !session_id.is_empty()
        && state.store.get(&format!("{project}/sessions/{user_id}"), session_id)?.is_none()
    {
        return Ok(Caller::Guest);
    }
    user_caller(state, project, user, session_id)
}

fn by_session(state: &State, project: &str, headers: &HeaderMap) -> Result<Caller, Failure> {
    let carried = text(headers, "x-appwrite-session")
        .map(str::to_owned)
        .or_else(|| cookie(headers, &format!("a_session_{project}")))
        .or_else(|| cookie(headers, &format!("a_session_{project}_legacy")))
        .or_else(|| fallback(headers, &format!("a_session_{project}")));
    let Some((user_id, secret)) = carried.as_deref().and_then(session::decode) else {
        return Ok(Caller::Guest);
    };
    let Some(user) = state.store.get(&format!("{project}/users"), &user_id)? else {
        return Ok(Caller::Guest);
    };
    let sessions = state.store.all(&format!("{project}/sessions/{user_id}"))?;
    let current = sessions.iter().find(|session| {
        session["_secret"] == secret.as_str() && !session["expire"].as_str().is_some_and(clock::is_past)
    });
    match current.and_then(|session| session["$id"].as_str()) {
        Some(session_id) => user_caller(state, project, user, session_id),
        None => Ok(Caller::Guest),
    }
}

fn user_caller(state: &State, project: &str, user: Value, session: &str) -> Result<Caller, Failure> {
    if user["status"] == false {
        return Err(Failure::new(403, "user_blocked", "The current user has been blocked."));
    }
    let roles = roles(state, project, &user)?;
    Ok(Caller::User { user: Box::new(user), session: session.to_owned(), roles })
}

/// Every role of a user, in the order the server lists them.
pub(crate) fn roles(state: &State, project: &str, user: &Value) -> Result<Vec<String>, Failure> {
    let id = user["$id"].as_str().unwrap_or_default();
    let mut roles = vec!["any".to_owned(), "users".to_owned(), format!("user:{id}")];
    if user["emailVerification"] == true || user["phoneVerification"] == true {
        roles.extend([format!("user:{id}/verified"), "users/verified".to_owned()]);
    } else {
        roles.extend([format!("user:{id}/unverified"), "users/unverified".to_owned()]);
    }
    for membership in state.store.all(&format!("{project}/userMemberships/{id}"))? {
        let (team, membership_id) = (
            membership["teamId"].as_str().unwrap_or_default(),
            membership["$id"].as_str().unwrap_or_default(),
        );
        let stored = state.store.get(&format!("{project}/memberships/{team}"), membership_id)?;
        let Some(stored) = stored.filter(|stored| stored["confirm"] == true) else { continue };
        roles.extend([format!("team:{team}"), format!("member:{membership_id}")]);
        for role in stored["roles"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            roles.push(format!("team:{team}/{role}"));
        }
    }
    for label in user["labels"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        roles.push(format!("label:{label}"));
    }
    Ok(roles)
}

/// Users with the right to may act as others; anyone else's wish is ignored.
fn impersonated(
    state: &State,
    project: &str,
    headers: &HeaderMap,
    caller: Caller,
) -> Result<Caller, Failure> {
    let Some(user) = caller.user().filter(|user| user["impersonator"] == true) else { return Ok(caller) };
    let wishes = [
        ("x-appwrite-impersonate-user-id", "$id"),
        ("x-appwrite-impersonate-user-email", "email"),
        ("x-appwrite-impersonate-user-phone", "phone"),
    ];
    for (header, field) in wishes {
        let Some(wanted) = text(headers, header) else { continue };
        let users = state.store.all(&format!("{project}/users"))?;
        let Some(mut target) = users.into_iter().find(|other| other[field] == wanted) else { continue };
        target["impersonatorUserId"] = user["$id"].clone();
        return user_caller(state, project, target, caller.session());
    }
    Ok(caller)
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned())
}

fn fallback(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies: Value = text(headers, "x-fallback-cookies")?.parse().ok()?;
    cookies[name].as_str().map(str::to_owned)
}

/// A fresh session secret.
pub(crate) fn new_secret() -> String {
    random::hex(256)
}

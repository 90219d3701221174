//! Signing in and out.

use serde_json::{Value, json};

use super::{invalid_credentials, require_password, user};
use crate::{
    auth::{Caller, jwt, password, session},
    call::Call,
    clock,
    failure::Failure,
    random,
    response::{Handled, Response},
    services::users::{
        people,
        sessions::{self, not_found, open, redeem},
    },
};

/// How long a session lives after it is renewed, in seconds.
const LIFE: i64 = 31_536_000;

/// A user who is signed in cannot sign in again (401).
fn require_signed_out(call: &Call) -> Result<(), Failure> {
    match call.caller {
        Caller::User { .. } => Err(Failure::new(
            401,
            "user_session_already_exists",
            "Creation of a session is prohibited when a session is active.",
        )),
        _ => Ok(()),
    }
}

/// Opens a session and hands it to the client.
fn sign_in(call: &Call, user: &Value, provider: &str, factor: &str) -> Handled {
    let (session, carried) = open(call, user, provider, factor)?;
    let mut stamped = user.clone();
    stamped["accessedAt"] = json!(clock::now());
    let users = call.collection("users");
    call.state.store.put(&users, user["$id"].as_str().unwrap_or_default(), &stamped)?;
    let mut shown = sessions::view(call, &session, &carried);
    shown["current"] = json!(true);
    Ok(Response::created(shown).with_all(session::headers(&call.project, &carried)))
}

pub(super) fn create_by_email(call: &Call) -> Handled {
    let email = call.text_or_empty("email").to_lowercase();
    let user = people::by_field(call, "email", &email)?.ok_or_else(invalid_credentials)?;
    require_password(&user, call.text_or_empty("password"))?;
    if user["status"] == false {
        return Err(Failure::new(403, "user_blocked", "The current user has been blocked."));
    }
    require_signed_out(call)?;
    sign_in(call, &user, "email", "password")
}

pub(super) fn create_anonymous(call: &Call) -> Handled {
    require_signed_out(call)?;
    let user = people::add(call, Value::Null, "argon2", password::options())?;
    let mut user = user;
    user["accessedAt"] = json!(clock::now());
    sign_in(call, &user, "anonymous", "anonymous")
}

/// Signs in with a token: one made by a key, a mailed link or a code.
pub(super) fn create_by_token(call: &Call) -> Handled {
    let mut user = people::find(call)
        .map_err(|_| Failure::new(401, "user_invalid_token", "Invalid token passed in the request."))?;
    let token = redeem(
        call,
        call.text_or_empty("userId"),
        call.text_or_empty("secret"),
        &["token", "email", "magic-url", "phone"],
    )?;
    let (provider, factor) = match token["_purpose"].as_str().unwrap_or_default() {
        "magic-url" => ("magic-url", "email"),
        "phone" => ("phone", "phone"),
        "email" => ("token", "email"),
        _ => ("token", "token"),
    };
    match token["_purpose"].as_str() {
        Some("email" | "magic-url") => user["emailVerification"] = json!(true),
        Some("phone") => user["phoneVerification"] = json!(true),
        _ => {}
    }
    sign_in(call, &user, provider, factor)
}

pub(super) fn list(call: &Call) -> Handled {
    let sessions = call.state.store.all(&sessions::collection(call, call.caller.user_id()))?;
    let shown: Vec<Value> = sessions.iter().map(|session| sessions::view(call, session, "")).collect();
    Ok(Response::list("sessions", shown.len(), shown))
}

/// The session that the call names, `current` included.
fn find(call: &Call) -> Result<Value, Failure> {
    let id = match call.text_or_empty("sessionId") {
        "current" => call.caller.session(),
        id => id,
    };
    let found = call.state.store.get(&sessions::collection(call, call.caller.user_id()), id)?;
    found.ok_or_else(not_found)
}

pub(super) fn get(call: &Call) -> Handled {
    Ok(Response::ok(sessions::view(call, &find(call)?, "")))
}

/// Renews a session's life.
pub(super) fn update(call: &Call) -> Handled {
    let mut session = find(call)?;
    session["expire"] = json!(clock::in_seconds(LIFE));
    let collection = sessions::collection(call, call.caller.user_id());
    call.state.store.put(&collection, session["$id"].as_str().unwrap_or_default(), &session)?;
    Ok(Response::ok(sessions::view(call, &session, "")))
}

pub(super) fn delete(call: &Call) -> Handled {
    let session = find(call)?;
    let id = session["$id"].as_str().unwrap_or_default();
    call.state.store.remove(&sessions::collection(call, call.caller.user_id()), id)?;
    let response = Response::empty();
    if id == call.caller.session() {
        return Ok(response.with_all(session::farewell(&call.project)));
    }
    Ok(response)
}

pub(super) fn delete_all(call: &Call) -> Handled {
    call.state.store.remove_tree(&sessions::collection(call, call.caller.user_id()))?;
    Ok(Response::empty().with_all(session::farewell(&call.project)))
}

pub(super) fn create_jwt(call: &Call) -> Handled {
    let user = user(call)?;
    // A token stands for a session and is none.
    if call.header("x-appwrite-jwt").is_some() {
        return Err(not_found());
    }
    let claims = json!({"userId": user["$id"], "sessionId": call.caller.session(), "nonce": random::hex(8)});
    let seconds = call.integer("duration").unwrap_or(900);
    Ok(Response::created(json!({"jwt": jwt::sign(&call.state.secret, claims, Some(seconds))})))
}

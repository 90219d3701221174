//! Second factors of the signed-in user.

use serde_json::{Value, json};

use super::{saved, user};
use crate::{
    auth::totp,
    call::Call,
    clock,
    failure::Failure,
    mail, random,
    response::{Handled, Response},
    services::{
        Handler,
        users::{factors, people, sessions},
    },
};

/// How long a challenge is open, in seconds.
const LIFE: i64 = 3600;

pub(super) fn handler(name: &str) -> Option<Handler> {
    let name = name.replace("Mfa", "MFA");
    Some(match name.as_str() {
        "listMFAFactors" => |call| Ok(Response::ok(factors::list(&user(call)?))),
        "createMFAAuthenticator" => create_authenticator,
        "updateMFAAuthenticator" => verify_authenticator,
        "deleteMFAAuthenticator" => delete_authenticator,
        "createMFARecoveryCodes" => create_codes,
        "getMFARecoveryCodes" => get_codes,
        "updateMFARecoveryCodes" => renew_codes,
        "createMFAChallenge" => create,
        "updateMFAChallenge" => answer,
        _ => return None,
    })
}

fn create_authenticator(call: &Call) -> Handled {
    let mut user = user(call)?;
    if user["_totp"]["verified"] == true {
        return Err(Failure::new(
            409,
            "user_authenticator_already_verified",
            "This authenticator is already verified on the current user.",
        ));
    }
    let secret = totp::new_secret();
    user["_totp"] = json!({"secret": secret, "verified": false});
    let account = user["email"].as_str().unwrap_or_default().replace('@', "%40");
    let project = &call.project;
    let uri = format!("otpauth://totp/{project}%3A{account}?issuer={project}&secret={secret}");
    people::save(call, &mut user)?;
    Ok(Response::ok(json!({"secret": secret, "uri": uri})))
}

/// Whether the user's authenticator shows this password now.
fn is_right(user: &Value, otp: &str) -> bool {
    user["_totp"]["secret"].as_str().is_some_and(|secret| totp::is_right(secret, otp))
}

fn invalid() -> Failure {
    Failure::new(401, "user_invalid_token", "Invalid token passed in the request.")
}

fn verify_authenticator(call: &Call) -> Handled {
    let mut user = user(call)?;
    if user["_totp"].is_null() {
        factors::drop_authenticator(&mut user)?;
    }
    if !is_right(&user, call.text_or_empty("otp")) {
        return Err(invalid());
    }
    user["_totp"]["verified"] = json!(true);
    pass(call, "totp")?;
    saved(call, user)
}

fn delete_authenticator(call: &Call) -> Handled {
    let mut user = user(call)?;
    factors::drop_authenticator(&mut user)?;
    saved(call, user)?;
    Ok(Response::empty())
}

fn create_codes(call: &Call) -> Handled {
    let mut user = user(call)?;
    factors::require_no_codes(&user)?;
    factors::new_codes(&mut user);
    people::save(call, &mut user)?;
    Ok(Response::created(factors::codes(&user)))
}

fn get_codes(call: &Call) -> Handled {
    let user = user(call)?;
    factors::require_codes(&user)?;
    Ok(Response::ok(factors::codes(&user)))
}

fn renew_codes(call: &Call) -> Handled {
    let mut user = user(call)?;
    factors::require_codes(&user)?;
    factors::new_codes(&mut user);
    people::save(call, &mut user)?;
    Ok(Response::ok(factors::codes(&user)))
}

fn create(call: &Call) -> Handled {
    let user = user(call)?;
    let factor = call.text_or_empty("factor").to_lowercase();
    if factor == "phone" {
        return Err(Failure::new(503, "general_phone_disabled", "Phone provider not configured"));
    }
    let id = random::id();
    let code = json!(random::code(6));
    if factor == "email" {
        mail::write(call, &user, "challenge", &code, &[])?;
    }
    let challenge = json!({
        "$id": id, "$createdAt": clock::now(), "userId": user["$id"], "expire": clock::in_seconds(LIFE),
        "_factor": factor, "_code": code,
    });
    call.state.store.put(&collection(call), &id, &challenge)?;
    Ok(Response::created(crate::services::public(&challenge)))
}

fn collection(call: &Call) -> String {
    call.collection(&format!("challenges/{}", call.caller.user_id()))
}

fn answer(call: &Call) -> Handled {
    let mut user = user(call)?;
    let id = call.text_or_empty("challengeId");
    let challenge = call.state.store.get(&collection(call), id)?.ok_or_else(invalid)?;
    let otp = call.text_or_empty("otp");
    let factor = challenge["_factor"].as_str().unwrap_or_default();
    let is_right = match factor {
        "recoverycode" => use_code(&mut user, otp),
        "totp" => is_right(&user, otp),
        _ => challenge["_code"] == otp,
    };
    if !is_right || challenge["expire"].as_str().is_some_and(clock::is_past) {
        return Err(invalid());
    }
    call.state.store.remove(&collection(call), id)?;
    people::save(call, &mut user)?;
    let session = pass(call, factor)?;
    Ok(Response::ok(sessions::view(call, &session, "")))
}

/// A recovery code is good once.
fn use_code(user: &mut Value, code: &str) -> bool {
    let Some(codes) = user["_recoveryCodes"].as_array_mut() else { return false };
    let before = codes.len();
    codes.retain(|known| known != code);
    codes.len() < before
}

/// Writes down that the session has passed with one factor more.
fn pass(call: &Call, factor: &str) -> Result<Value, Failure> {
    let collection = sessions::collection(call, call.caller.user_id());
    let found = call.state.store.get(&collection, call.caller.session())?;
    let mut session = found.ok_or_else(sessions::not_found)?;
    let mut passed = session["factors"].as_array().cloned().unwrap_or_default();
    if !passed.contains(&json!(factor)) {
        passed.push(json!(factor));
    }
    session["factors"] = json!(passed);
    session["mfaUpdatedAt"] = json!(clock::now());
    call.state.store.put(&collection, call.caller.session(), &session)?;
    Ok(session)
}

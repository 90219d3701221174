//! Second factors: authenticators and recovery codes.

use serde_json::{Value, json};

use super::people;
use crate::{
    call::Call,
    failure::Failure,
    random,
    response::{Handled, Response},
};

/// Which factors a user can answer with.
pub(in crate::services) fn list(user: &Value) -> Value {
    json!({
        "totp": user["_totp"]["verified"] == true,
        "phone": user["phoneVerification"] == true && user["phone"] != "",
        "email": user["emailVerification"] == true && user["email"] != "",
        "recoveryCode": user["_recoveryCodes"].as_array().is_some_and(|codes| !codes.is_empty()),
    })
}

/// Gives a user six new recovery codes.
pub(in crate::services) fn new_codes(user: &mut Value) {
    let codes: Vec<String> = (0..6).map(|_| random::hex(10)).collect();
    user["_recoveryCodes"] = json!(codes);
}

/// The codes as answered.
pub(in crate::services) fn codes(user: &Value) -> Value {
    json!({"recoveryCodes": user["_recoveryCodes"].as_array().cloned().unwrap_or_default()})
}

/// 409 for codes that exist already.
pub(in crate::services) fn require_no_codes(user: &Value) -> Result<(), Failure> {
    if user["_recoveryCodes"].is_array() {
        return Err(Failure::new(
            409,
            "user_recovery_codes_already_exists",
            "The current user already generated recovery codes and they can only be read once for security reasons.",
        ));
    }
    Ok(())
}

/// 404 for codes that do not.
pub(in crate::services) fn require_codes(user: &Value) -> Result<(), Failure> {
    if user["_recoveryCodes"].is_array() {
        return Ok(());
    }
    Err(Failure::new(
        404,
        "user_recovery_codes_not_found",
        "The requested recovery codes could not be found.",
    ))
}

/// Takes a user's authenticator away; 404 when there is none.
pub(in crate::services) fn drop_authenticator(user: &mut Value) -> Result<(), Failure> {
    match user.as_object_mut().and_then(|fields| fields.remove("_totp")) {
        Some(_) => Ok(()),
        None => Err(Failure::new(
            404,
            "user_authenticator_not_found",
            "Authenticator could not be found on the current user.",
        )),
    }
}

pub(super) fn create_codes(call: &Call) -> Handled {
    let mut user = people::find(call)?;
    require_no_codes(&user)?;
    new_codes(&mut user);
    people::save(call, &mut user)?;
    // A user's own codes are 201; those that a key makes are 200.
    Ok(Response::ok(codes(&user)))
}

pub(super) fn get_codes(call: &Call) -> Handled {
    let user = people::find(call)?;
    require_codes(&user)?;
    Ok(Response::ok(codes(&user)))
}

pub(super) fn renew_codes(call: &Call) -> Handled {
    let mut user = people::find(call)?;
    require_codes(&user)?;
    new_codes(&mut user);
    people::save(call, &mut user)?;
    Ok(Response::ok(codes(&user)))
}

pub(super) fn delete_authenticator(call: &Call) -> Handled {
    let mut user = people::find(call)?;
    drop_authenticator(&mut user)?;
    people::save(call, &mut user)?;
    Ok(Response::empty())
}

//! The account of the signed-in user.

mod challenges;
mod oauth;
mod profile;
mod proofs;
mod sessions;

use serde_json::Value;

use super::{Handler, logs, users::people, users::targets};
use crate::{
    call::Call,
    failure::Failure,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    let handler: Handler = match name {
        "create" => profile::create,
        "get" => profile::get,
        "delete" => profile::delete,
        "getPrefs" => |call| Ok(Response::ok(user(call)?["prefs"].clone())),
        "updatePrefs" => profile::update_prefs,
        "updateName" => profile::update_name,
        "updateEmail" => profile::update_email,
        "updatePhone" => profile::update_phone,
        "updatePassword" => profile::update_password,
        "updateStatus" => profile::block,
        "updateMFA" | "updateMfa" => profile::update_mfa,
        "listLogs" => |call| logs::of_user(call, call.caller.user_id()),
        "listIdentities" => |_| Ok(Response::list("identities", 0, Vec::new())),
        "createEmailPasswordSession" => sessions::create_by_email,
        "createAnonymousSession" => sessions::create_anonymous,
        "createSession" | "updateMagicURLSession" | "updatePhoneSession" => sessions::create_by_token,
        "listSessions" => sessions::list,
        "getSession" => sessions::get,
        "updateSession" => sessions::update,
        "deleteSession" => sessions::delete,
        "deleteSessions" => sessions::delete_all,
        "createJWT" | "createJwt" => sessions::create_jwt,
        "createEmailToken" | "createMagicURLToken" | "createPhoneToken" => proofs::create_login,
        "createRecovery" => proofs::create_recovery,
        "updateRecovery" => proofs::confirm_recovery,
        "createVerification" | "createEmailVerification" => proofs::create_email,
        "updateVerification" | "updateEmailVerification" => proofs::confirm_email,
        "createPhoneVerification" => proofs::create_phone,
        "updatePhoneVerification" => proofs::confirm_phone,
        "createOAuth2Session" | "createOAuth2Token" => oauth::redirect,
        "createPushTarget" => profile::create_target,
        "updatePushTarget" => |call| targets::change(call, call.caller.user_id()),
        "deletePushTarget" => |call| targets::remove(call, call.caller.user_id()),
        name if name.to_lowercase().contains("mfa") => return challenges::handler(name),
        _ => return None,
    };
    Some(handler)
}

/// The signed-in user. The scope check has kept everybody else out.
fn user(call: &Call) -> Result<Value, Failure> {
    call.caller.user().cloned().ok_or_else(Failure::unauthorized)
}

/// Writes the user back and answers with what they may see of themselves.
fn saved(call: &Call, mut user: Value) -> Handled {
    // Impersonation shows in the response only.
    let impersonator = std::mem::take(&mut user["impersonatorUserId"]);
    people::save(call, &mut user)?;
    user["impersonatorUserId"] = impersonator;
    Ok(Response::ok(people::own_view(call, &user)?))
}

/// Refuses a wrong password (401).
fn require_password(user: &Value, given: &str) -> Result<(), Failure> {
    if crate::auth::password::matches(given, &user["password"]) { Ok(()) } else { Err(invalid_credentials()) }
}

/// 401 for a login that fails.
fn invalid_credentials() -> Failure {
    Failure::new(401, "user_invalid_credentials", "Invalid credentials. Please check the email and password.")
}

//! Users, as an API key sees them.

mod device;
pub(super) mod factors;
mod imports;
pub(super) mod people;
pub(super) mod sessions;
pub(super) mod targets;
mod updates;

pub(super) use updates::{preferences, set_email, set_password, set_phone};

use serde_json::{Value, json};

use super::{Handler, logs};
use crate::{
    call::Call,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    let handler: Handler = match name {
        "create" => create,
        "get" => get,
        "list" => list,
        "delete" => delete,
        "getPrefs" => get_prefs,
        "updatePrefs" => updates::prefs,
        "updateName" => updates::name,
        "updateEmail" => updates::email,
        "updatePhone" => updates::phone,
        "updatePassword" => updates::password,
        "updateStatus"
        | "updateLabels"
        | "updateEmailVerification"
        | "updatePhoneVerification"
        | "updateMFA"
        | "updateMfa"
        | "updateImpersonator" => updates::fields,
        "listLogs" => |call| {
            let user = people::find(call)?;
            logs::of_user(call, user["$id"].as_str().unwrap_or_default())
        },
        "listMemberships" => list_memberships,
        "listIdentities" => |_| Ok(Response::list("identities", 0, Vec::new())),
        "createSession" => sessions::create,
        "listSessions" => sessions::list,
        "deleteSession" => sessions::delete,
        "deleteSessions" => sessions::delete_all,
        "createToken" => sessions::create_token,
        "createJWT" => sessions::create_jwt,
        "createTarget" => targets::create,
        "getTarget" => targets::get,
        "listTargets" => targets::list,
        "updateTarget" => targets::update,
        "deleteTarget" => targets::delete,
        "listMFAFactors" | "listMfaFactors" => |call| Ok(Response::ok(factors::list(&people::find(call)?))),
        "createMFARecoveryCodes" | "createMfaRecoveryCodes" => factors::create_codes,
        "getMFARecoveryCodes" | "getMfaRecoveryCodes" => factors::get_codes,
        "updateMFARecoveryCodes" | "updateMfaRecoveryCodes" => factors::renew_codes,
        "deleteMFAAuthenticator" | "deleteMfaAuthenticator" => factors::delete_authenticator,
        _ => return imports::handler(name),
    };
    Some(handler)
}

fn create(call: &Call) -> Handled {
    let hash = call.text("password").map(crate::auth::password::hash);
    let user =
        people::add(call, hash.map_or(Value::Null, Value::from), "argon2", crate::auth::password::options())?;
    Ok(Response::created(people::view(call, &user)?))
}

fn get(call: &Call) -> Handled {
    Ok(Response::ok(people::view(call, &people::find(call)?)?))
}

fn list(call: &Call) -> Handled {
    let page = call.page("User", call.state.store.all(&call.collection("users"))?)?;
    let users = page.documents.iter().map(|user| people::view(call, user)).collect::<Result<_, _>>()?;
    Ok(Response::list("users", page.total, users))
}

fn delete(call: &Call) -> Handled {
    let user = people::find(call)?;
    people::remove(call, user["$id"].as_str().unwrap_or_default())?;
    Ok(Response::empty())
}

fn get_prefs(call: &Call) -> Handled {
    Ok(Response::ok(people::find(call)?["prefs"].clone()))
}

fn list_memberships(call: &Call) -> Handled {
    let user = people::find(call)?;
    let id = user["$id"].as_str().unwrap_or_default();
    let memberships = super::teams::memberships_of(call, id)?;
    let page = call.page("Membership", memberships)?;
    Ok(Response::ok(json!({"total": page.total, "memberships": page.documents})))
}

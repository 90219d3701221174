//! Name, addresses, password, preferences.

use serde_json::{Value, json};

use super::{require_password, saved, user};
use crate::{
    auth::{password, session},
    call::Call,
    response::{Handled, Response},
    services::users::{people, preferences, sessions, set_email, set_password, set_phone, targets},
};

/// Signing up.
pub(super) fn create(call: &Call) -> Handled {
    let hash = json!(password::hash(call.text_or_empty("password")));
    let user = people::add(call, hash, "argon2", password::options())?;
    Ok(Response::created(people::own_view(call, &user)?))
}

pub(super) fn get(call: &Call) -> Handled {
    Ok(Response::ok(people::own_view(call, &user(call)?)?))
}

pub(super) fn delete(call: &Call) -> Handled {
    people::remove(call, call.caller.user_id())?;
    Ok(Response::empty().with_all(session::farewell(&call.project)))
}

pub(super) fn update_name(call: &Call) -> Handled {
    let mut user = user(call)?;
    user["name"] = json!(call.text_or_empty("name"));
    saved(call, user)
}

/// An account without a password, such as an anonymous one, gets the given one.
fn confirm_password(user: &mut Value, given: &str) -> Result<(), crate::failure::Failure> {
    if user["password"].is_null() {
        set_password(user, given);
        return Ok(());
    }
    require_password(user, given)
}

pub(super) fn update_email(call: &Call) -> Handled {
    let mut user = user(call)?;
    confirm_password(&mut user, call.text_or_empty("password"))?;
    set_email(call, &mut user, call.text_or_empty("email"))?;
    saved(call, user)
}

pub(super) fn update_phone(call: &Call) -> Handled {
    let mut user = user(call)?;
    confirm_password(&mut user, call.text_or_empty("password"))?;
    set_phone(call, &mut user, call.text_or_empty("phone"))?;
    saved(call, user)
}

pub(super) fn update_password(call: &Call) -> Handled {
    let mut user = user(call)?;
    if !user["password"].is_null() {
        require_password(&user, call.text_or_empty("oldPassword"))?;
    }
    set_password(&mut user, call.text_or_empty("password"));
    sessions::end_others(call, &user)?;
    saved(call, user)
}

pub(super) fn update_prefs(call: &Call) -> Handled {
    let mut user = user(call)?;
    user["prefs"] = preferences(call);
    saved(call, user)
}

pub(super) fn update_mfa(call: &Call) -> Handled {
    let mut user = user(call)?;
    user["mfa"] = json!(call.flag("mfa").unwrap_or(false));
    saved(call, user)
}

/// Blocks the account for good and signs out.
pub(super) fn block(call: &Call) -> Handled {
    let mut user = user(call)?;
    user["status"] = json!(false);
    Ok(saved(call, user)?.with_all(session::farewell(&call.project)))
}

pub(super) fn create_target(call: &Call) -> Handled {
    let provider = call.value("providerId").filter(|value| *value != "").cloned().unwrap_or(Value::Null);
    let target = targets::add(
        call,
        call.caller.user_id(),
        &call.new_id("targetId"),
        "push",
        call.text_or_empty("identifier"),
        " ",
        provider,
    )?;
    Ok(Response::created(target))
}

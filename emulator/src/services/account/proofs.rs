//! Tokens that prove something: logins by mail, recovery, verification. Nothing is mailed; keys receive the secrets.

use serde_json::{Value, json};

use super::{saved, user};
use crate::{
    auth::password,
    call::Call,
    failure::Failure,
    http::origin,
    mail, random,
    response::{Handled, Response},
    services::users::{
        people,
        sessions::{end_others, issue_token, redeem, view_token},
        set_password,
    },
};

/// How long a mailed link is good, in seconds.
const HOUR: i64 = 3600;

/// How long a code is good, in seconds.
const QUARTER: i64 = 900;

/// A code or a link to sign in with; an unknown address becomes a user.
pub(super) fn create_login(call: &Call) -> Handled {
    let is_link = call.method.path.ends_with("/magic-url");
    if call.method.path.ends_with("/phone") {
        return Err(phone_disabled());
    }
    if let Some(url) = call.text("url").filter(|url| !url.is_empty()) {
        origin::require_redirect(call.state, &call.project, "url", url)?;
    }
    let email = call.text_or_empty("email").to_lowercase();
    let user = match people::by_field(call, "email", &email)? {
        Some(user) => user,
        None => people::add(call, Value::Null, "argon2", password::options())?,
    };
    let user_id = user["$id"].as_str().unwrap_or_default();
    let token = if is_link {
        issue_token(call, user_id, "magic-url", &random::hex(64), HOUR)?
    } else {
        issue_token(call, user_id, "email", &random::code(6), QUARTER)?
    };
    mail::write(
        call,
        &user,
        if is_link { "magic-url" } else { "email" },
        &token["_secret"],
        &[expire(&token)],
    )?;
    let mut shown = view_token(call, &token);
    if call.flag("phrase") == Some(true) {
        shown["phrase"] = json!("Steady lantern");
    }
    Ok(Response::created(shown))
}

/// Links say until when they work.
fn expire(token: &Value) -> (&'static str, &Value) {
    ("expire", &token["expire"])
}

/// 503: there is no provider for text messages.
fn phone_disabled() -> Failure {
    Failure::new(503, "general_phone_disabled", "Phone provider not configured")
}

pub(super) fn create_recovery(call: &Call) -> Handled {
    origin::require_redirect(call.state, &call.project, "url", call.text_or_empty("url"))?;
    let email = call.text_or_empty("email").to_lowercase();
    let user = people::by_field(call, "email", &email)?.ok_or_else(people::not_found)?;
    let user_id = user["$id"].as_str().unwrap_or_default();
    let token = issue_token(call, user_id, "recovery", &random::hex(256), HOUR)?;
    mail::write(call, &user, "recovery", &token["_secret"], &[expire(&token)])?;
    Ok(Response::created(view_token(call, &token)))
}

pub(super) fn confirm_recovery(call: &Call) -> Handled {
    let mut user = people::find(call)?;
    let user_id = call.text_or_empty("userId");
    let token = redeem(call, user_id, call.text_or_empty("secret"), &["recovery"])?;
    set_password(&mut user, call.text_or_empty("password"));
    user["emailVerification"] = json!(true);
    end_others(call, &user)?;
    people::save(call, &mut user)?;
    Ok(Response::ok(view_token(call, &token)))
}

pub(super) fn create_email(call: &Call) -> Handled {
    origin::require_redirect(call.state, &call.project, "url", call.text_or_empty("url"))?;
    let user = user(call)?;
    if user["emailVerification"] == true {
        return Err(Failure::new(409, "user_email_already_verified", "User email is already verified"));
    }
    let token = issue_token(call, call.caller.user_id(), "verification", &random::hex(256), HOUR)?;
    mail::write(call, &user, "verification", &token["_secret"], &[expire(&token)])?;
    Ok(Response::created(view_token(call, &token)))
}

pub(super) fn confirm_email(call: &Call) -> Handled {
    confirm(call, "verification", "emailVerification")
}

pub(super) fn create_phone(call: &Call) -> Handled {
    let user = user(call)?;
    if user["phone"] == "" {
        return Err(Failure::new(
            400,
            "user_phone_not_found",
            "The current user does not have a phone number associated with their account.",
        ));
    }
    Err(phone_disabled())
}

pub(super) fn confirm_phone(call: &Call) -> Handled {
    confirm(call, "phone-verification", "phoneVerification")
}

fn confirm(call: &Call, purpose: &str, field: &str) -> Handled {
    let mut user = people::find(call)?;
    let token = redeem(call, call.text_or_empty("userId"), call.text_or_empty("secret"), &[purpose])?;
    user[field] = json!(true);
    saved(call, user)?;
    Ok(Response::ok(view_token(call, &token)))
}

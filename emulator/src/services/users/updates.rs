//! Changes to users.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{people, sessions, targets};
use crate::{
    auth::password,
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
};

/// Sets every given parameter that is a field of the user: status, labels, verifications, flags.
pub(super) fn fields(call: &Call) -> Handled {
    change(call, |user| {
        for (name, value) in &call.params {
            if name != "userId" && !user[name].is_null() {
                user[name] = if name == "labels" { each_once(value) } else { value.clone() };
            }
        }
        Ok(())
    })
}

fn each_once(labels: &Value) -> Value {
    let mut seen = HashSet::new();
    labels.as_array().into_iter().flatten().filter(|label| seen.insert(*label)).cloned().collect()
}

pub(super) fn name(call: &Call) -> Handled {
    change(call, |user| {
        user["name"] = json!(call.text_or_empty("name"));
        Ok(())
    })
}

pub(super) fn password(call: &Call) -> Handled {
    change(call, |user| {
        match call.text_or_empty("password") {
            "" => user["password"] = Value::Null,
            password => set_password(user, password),
        }
        sessions::end_others(call, user)
    })
}

pub(super) fn email(call: &Call) -> Handled {
    change(call, |user| set_email(call, user, call.text_or_empty("email")))
}

pub(super) fn phone(call: &Call) -> Handled {
    change(call, |user| set_phone(call, user, call.text_or_empty("number")))
}

pub(super) fn prefs(call: &Call) -> Handled {
    let mut user = people::find(call)?;
    user["prefs"] = preferences(call);
    people::save(call, &mut user)?;
    Ok(Response::ok(user["prefs"].clone()))
}

/// The parameter `prefs`; an empty list is PHP's empty object.
pub(in crate::services) fn preferences(call: &Call) -> Value {
    match call.value("prefs") {
        Some(prefs) if prefs.is_object() => prefs.clone(),
        _ => json!({}),
    }
}

/// Gives a user a new password.
pub(in crate::services) fn set_password(user: &mut Value, text: &str) {
    user["password"] = json!(password::hash(text));
    user["hash"] = json!("argon2");
    user["hashOptions"] = password::options();
    user["passwordUpdate"] = json!(clock::now());
}

/// Gives a user a new e-mail address, which is unverified again.
pub(in crate::services) fn set_email(call: &Call, user: &mut Value, email: &str) -> Result<(), Failure> {
    let email = email.to_lowercase();
    if user["email"] == email {
        return Ok(());
    }
    require_free(call, "email", &email)?;
    let old = user["email"].as_str().unwrap_or_default().to_owned();
    targets::rename(call, user["$id"].as_str().unwrap_or_default(), "email", &old, &email)?;
    user["email"] = json!(email);
    user["emailVerification"] = json!(false);
    people::describe_email(user);
    Ok(())
}

/// Gives a user a new phone number, which is unverified again.
pub(in crate::services) fn set_phone(call: &Call, user: &mut Value, phone: &str) -> Result<(), Failure> {
    if user["phone"] == phone {
        return Ok(());
    }
    require_free(call, "phone", phone)?;
    let old = user["phone"].as_str().unwrap_or_default().to_owned();
    targets::rename(call, user["$id"].as_str().unwrap_or_default(), "sms", &old, phone)?;
    user["phone"] = json!(phone);
    user["phoneVerification"] = json!(false);
    Ok(())
}

fn require_free(call: &Call, field: &str, value: &str) -> Result<(), Failure> {
    match people::by_field(call, field, value)? {
        Some(_) => {
            Err(Failure::new(409, "user_target_already_exists", "A target with the same ID already exists."))
        }
        None => Ok(()),
    }
}

fn change(call: &Call, apply: impl FnOnce(&mut Value) -> Result<(), Failure>) -> Handled {
    let mut user = people::find(call)?;
    apply(&mut user)?;
    people::save(call, &mut user)?;
    Ok(Response::ok(people::view(call, &user)?))
}

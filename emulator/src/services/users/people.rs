//! User documents: made, found, shown, removed.

use serde_json::{Value, json};

use crate::{
    call::Call,
    clock,
    failure::Failure,
    random,
    services::{public, users::targets},
};

/// 404 for a user.
pub(in crate::services) fn not_found() -> Failure {
    Failure::new(404, "user_not_found", "User with the requested ID could not be found.")
}

/// 409 for a user whose ID, e-mail address or phone number is taken.
pub(in crate::services) fn conflict() -> Failure {
    Failure::new(
        409,
        "user_already_exists",
        "A user with the same id, email, or phone already exists in this project.",
    )
}

/// The user that the parameter `userId` names.
pub(in crate::services) fn find(call: &Call) -> Result<Value, Failure> {
    let found = call.state.store.get(&call.collection("users"), call.text_or_empty("userId"))?;
    found.ok_or_else(not_found)
}

/// The user with this value in a field; an empty value belongs to no user.
pub(in crate::services) fn by_field(call: &Call, field: &str, value: &str) -> Result<Option<Value>, Failure> {
    if value.is_empty() {
        return Ok(None);
    }
    call.state.store.find(&call.collection("users"), &[(field, &json!(value))])
}

/// Makes a user from the call's `userId`, `email`, `phone` and `name`.
pub(in crate::services) fn add(
    call: &Call,
    password: Value,
    hash: &str,
    options: Value,
) -> Result<Value, Failure> {
    let id = call.new_id("userId");
    let email = call.text_or_empty("email").to_lowercase();
    let phone = call.text_or_empty("phone");
    if by_field(call, "email", &email)?.is_some() || by_field(call, "phone", phone)?.is_some() {
        return Err(conflict());
    }
    let now = clock::now();
    let password_date = if password.is_null() { "" } else { now.as_str() };
    let mut user = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "name": call.text_or_empty("name"),
        "password": password, "hash": hash, "hashOptions": options, "registration": now, "status": true,
        "labels": [], "passwordUpdate": password_date, "email": email, "phone": phone,
        "emailVerification": false, "phoneVerification": false, "mfa": false, "prefs": {},
        "accessedAt": "", "impersonator": false, "impersonatorUserId": null,
    });
    describe_email(&mut user);
    if !call.state.store.insert(&call.collection("users"), &id, &user)? {
        return Err(conflict());
    }
    for (kind, identifier) in [("email", email.as_str()), ("sms", phone)] {
        if !identifier.is_empty() {
            targets::add(call, &id, &random::id(), kind, identifier, "", Value::Null)?;
        }
    }
    Ok(user)
}

/// What the server works out from an e-mail address.
pub(in crate::services) fn describe_email(user: &mut Value) {
    let email = user["email"].clone();
    let is_set = email.as_str().is_some_and(|email| !email.is_empty());
    let known = |value: bool| if is_set { json!(value) } else { Value::Null };
    user["emailCanonical"] = if is_set { email } else { Value::Null };
    user["emailIsFree"] = known(false);
    user["emailIsDisposable"] = known(false);
    user["emailIsCorporate"] = known(true);
    user["emailIsCanonical"] = known(true);
}

/// Writes a changed user back.
pub(in crate::services) fn save(call: &Call, user: &mut Value) -> Result<(), Failure> {
    user["$updatedAt"] = json!(clock::now());
    let id = user["$id"].as_str().unwrap_or_default().to_owned();
    call.state.store.put(&call.collection("users"), &id, user)
}

/// The user as the users service shows them: everything, with their targets.
pub(in crate::services) fn view(call: &Call, user: &Value) -> Result<Value, Failure> {
    let mut shown = public(user);
    let id = user["$id"].as_str().unwrap_or_default();
    shown["targets"] = Value::from(targets::all(call, id)?);
    Ok(shown)
}

/// The user as they see themselves: without anything about the password.
pub(in crate::services) fn own_view(call: &Call, user: &Value) -> Result<Value, Failure> {
    let mut shown = view(call, user)?;
    if let Some(fields) = shown.as_object_mut() {
        for name in ["password", "hash", "hashOptions"] {
            fields.remove(name);
        }
    }
    Ok(shown)
}

/// Removes a user and all that is theirs.
pub(in crate::services) fn remove(call: &Call, id: &str) -> Result<(), Failure> {
    let store = &call.state.store;
    for target in targets::all(call, id)? {
        store.remove(&call.collection("targetOwners"), target["$id"].as_str().unwrap_or_default())?;
    }
    crate::services::teams::leave_all(call, id)?;
    store.remove(&call.collection("users"), id)?;
    for name in ["targets", "sessions", "tokens", "userMemberships"] {
        store.remove_tree(&call.collection(&format!("{name}/{id}")))?;
    }
    Ok(())
}

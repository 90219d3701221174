//! Targets: where a user can be reached.

use serde_json::{Value, json};

use super::people;
use crate::{
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
};

/// 404 for a target.
pub(in crate::services) fn not_found() -> Failure {
    Failure::new(404, "user_target_not_found", "The target could not be found.")
}

fn collection(call: &Call, user_id: &str) -> String {
    call.collection(&format!("targets/{user_id}"))
}

/// All targets of a user.
pub(in crate::services) fn all(call: &Call, user_id: &str) -> Result<Vec<Value>, Failure> {
    call.state.store.all(&collection(call, user_id))
}

/// A target by its ID alone, of any owner.
pub(in crate::services) fn by_id(call: &Call, id: &str) -> Result<Option<Value>, Failure> {
    let Some(owner) = call.state.store.get(&call.collection("targetOwners"), id)? else { return Ok(None) };
    call.state.store.get(&collection(call, owner["userId"].as_str().unwrap_or_default()), id)
}

/// Adds a target; a taken ID is a conflict (409).
pub(in crate::services) fn add(
    call: &Call,
    user_id: &str,
    id: &str,
    kind: &str,
    identifier: &str,
    name: &str,
    provider_id: Value,
) -> Result<Value, Failure> {
    let now = clock::now();
    let target = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "name": name, "userId": user_id,
        "providerId": provider_id, "providerType": kind, "identifier": identifier, "expired": false,
    });
    if !call.state.store.insert(&call.collection("targetOwners"), id, &json!({"userId": user_id}))? {
        return Err(Failure::new(
            409,
            "user_target_already_exists",
            "A target with the same ID already exists.",
        ));
    }
    call.state.store.put(&collection(call, user_id), id, &target)?;
    Ok(target)
}

/// Moves a user's address or number: its target changes with it, appears or goes.
pub(in crate::services) fn rename(
    call: &Call,
    user_id: &str,
    kind: &str,
    old: &str,
    new: &str,
) -> Result<(), Failure> {
    let targets = all(call, user_id)?;
    let found =
        targets.into_iter().find(|target| target["providerType"] == kind && target["identifier"] == old);
    match found {
        Some(mut target) => {
            target["identifier"] = json!(new);
            save(call, user_id, &mut target)
        }
        None if new.is_empty() => Ok(()),
        None => add(call, user_id, &crate::random::id(), kind, new, "", Value::Null).map(|_| ()),
    }
}

/// Writes a changed target back.
pub(in crate::services) fn save(call: &Call, user_id: &str, target: &mut Value) -> Result<(), Failure> {
    target["$updatedAt"] = json!(clock::now());
    let id = target["$id"].as_str().unwrap_or_default().to_owned();
    call.state.store.put(&collection(call, user_id), &id, target)
}

/// The target that the parameters name.
pub(in crate::services) fn find(call: &Call, user_id: &str) -> Result<Value, Failure> {
    let found = call.state.store.get(&collection(call, user_id), call.text_or_empty("targetId"))?;
    found.ok_or_else(not_found)
}

/// Removes a user's target.
pub(in crate::services) fn remove(call: &Call, user_id: &str) -> Handled {
    let target = find(call, user_id)?;
    let id = target["$id"].as_str().unwrap_or_default();
    call.state.store.remove(&collection(call, user_id), id)?;
    call.state.store.remove(&call.collection("targetOwners"), id)?;
    Ok(Response::empty())
}

/// Writes the given parameters into a target.
pub(in crate::services) fn change(call: &Call, user_id: &str) -> Handled {
    let mut target = find(call, user_id)?;
    for name in ["identifier", "name", "providerId"] {
        if let Some(value) = call.value(name) {
            target[name] = value.clone();
        }
    }
    save(call, user_id, &mut target)?;
    Ok(Response::ok(target))
}

pub(super) fn create(call: &Call) -> Handled {
    let user = people::find(call)?;
    let provider = call.value("providerId").filter(|value| *value != "").cloned().unwrap_or(Value::Null);
    let target = add(
        call,
        user["$id"].as_str().unwrap_or_default(),
        &call.new_id("targetId"),
        call.text_or_empty("providerType"),
        call.text_or_empty("identifier"),
        call.text_or_empty("name"),
        provider,
    )?;
    Ok(Response::created(target))
}

pub(super) fn get(call: &Call) -> Handled {
    people::find(call)?;
    Ok(Response::ok(find(call, call.text_or_empty("userId"))?))
}

pub(super) fn list(call: &Call) -> Handled {
    people::find(call)?;
    let page = call.page("Target", all(call, call.text_or_empty("userId"))?)?;
    Ok(Response::list("targets", page.total, page.documents))
}

pub(super) fn update(call: &Call) -> Handled {
    people::find(call)?;
    change(call, call.text_or_empty("userId"))
}

pub(super) fn delete(call: &Call) -> Handled {
    people::find(call)?;
    remove(call, call.text_or_empty("userId"))
}

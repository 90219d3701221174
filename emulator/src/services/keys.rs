//! The Keys API: standard keys with scopes and expiry, and ephemeral ones that nothing remembers.

use serde_json::{Value, json};

use super::Handler;
use crate::{
    Like,
    auth::jwt,
    call::Call,
    clock,
    failure::Failure,
    random,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "createKey" | "createStandardKey" => create,
        "createEphemeralKey" => create_ephemeral,
        "deleteKey" => delete,
        "getKey" => get,
        "listKeys" => list,
        "updateKey" => update,
        _ => return None,
    })
}

fn not_found() -> Failure {
    Failure::new(404, "key_not_found", "Key with the requested ID could not be found.")
}

fn create(call: &Call) -> Handled {
    if call.state.like == Like::V2_0 && call.caller.is_key() {
        return Err(Failure::new(
            403,
            "key_creation_denied",
            "An API key cannot create standard API keys. Use the endpoint for ephemeral keys.",
        ));
    }
    let id = call.new_id("keyId");
    let now = clock::now();
    let secret = format!("standard_{}", random::hex(256));
    let key = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "name": call.text_or_empty("name"),
        "expire": call.text_or_empty("expire"), "scopes": call.list("scopes"), "secret": secret,
        "accessedAt": "", "sdks": [],
    });
    if !call.state.store.insert(&call.collection("keys"), &id, &key)? {
        return Err(Failure::new(
            409,
            "key_already_exists",
            "Key with the same ID already exists. Try again with a different ID.",
        ));
    }
    call.state.store.put(&call.collection("keySecrets"), &secret, &json!({"keyId": id}))?;
    Ok(Response::created(key))
}

fn create_ephemeral(call: &Call) -> Handled {
    let seconds = call.integer("duration").unwrap_or(900);
    // Nothing stores it, so its dates are not in the form of stored ones.
    let (now, expire) = clock::unstored(seconds);
    Ok(Response::created(json!({
        "$id": random::id(), "$createdAt": now, "$updatedAt": now, "name": "",
        "expire": expire, "scopes": call.list("scopes"),
        "secret": jwt::ephemeral_key(&call.state.secret, &call.project, &json!(call.list("scopes")), seconds),
        "accessedAt": "", "sdks": [],
    })))
}

fn list(call: &Call) -> Handled {
    let page = call.page("Key", call.state.store.all(&call.collection("keys"))?)?;
    Ok(Response::list("keys", page.total, page.documents))
}

fn find(call: &Call) -> Result<Value, Failure> {
    let found = call.state.store.get(&call.collection("keys"), call.text_or_empty("keyId"))?;
    found.ok_or_else(not_found)
}

fn get(call: &Call) -> Handled {
    Ok(Response::ok(find(call)?))
}

fn update(call: &Call) -> Handled {
    let mut key = find(call)?;
    super::generic::merge(call, &mut key);
    // Null, or nothing at all, means never again.
    key["expire"] = json!(call.text_or_empty("expire"));
    call.state.store.put(&call.collection("keys"), call.text_or_empty("keyId"), &key)?;
    Ok(Response::ok(key))
}

fn delete(call: &Call) -> Handled {
    let key = find(call)?;
    call.state.store.remove(&call.collection("keys"), call.text_or_empty("keyId"))?;
    call.state.store.remove(&call.collection("keySecrets"), key["secret"].as_str().unwrap_or_default())?;
    Ok(Response::empty())
}

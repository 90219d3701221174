//! File tokens: a link that opens one file to its bearer.

use serde_json::{Value, json};

use super::{Handler, public, storage};
use crate::{
    auth::jwt,
    call::Call,
    clock,
    failure::Failure,
    random,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "createFileToken" => create,
        "list" => list,
        "get" => get,
        "update" => update,
        "delete" => delete,
        _ => return None,
    })
}

fn collection(call: &Call) -> String {
    call.collection("fileTokens")
}

fn find(call: &Call) -> Result<Value, Failure> {
    let found = call.state.store.get(&collection(call), call.text_or_empty("tokenId"))?;
    found.ok_or_else(|| Failure::new(404, "token_not_found", "The requested file token could not be found."))
}

fn create(call: &Call) -> Handled {
    let file = storage::find_file(call, "update")?;
    let id = random::id();
    let resource = format!("{}:{}", call.text_or_empty("bucketId"), file["$id"].as_str().unwrap_or_default());
    let mut token = json!({
        "$id": id, "$createdAt": clock::now(), "resourceId": resource, "resourceType": "files",
        "expire": call.text_or_empty("expire"), "accessedAt": "",
    });
    sign(call, &mut token);
    call.state.store.put(&collection(call), &id, &token)?;
    Ok(Response::created(token))
}

/// The secret is a signed token that names resource and expiry.
fn sign(call: &Call, token: &mut Value) {
    let seconds =
        token["expire"].as_str().and_then(clock::read).map(|moment| moment.unix_timestamp() - clock::epoch());
    let claims = json!({
        "tokenId": token["$id"], "resourceId": token["resourceId"], "resourceType": "files",
    });
    token["secret"] = json!(jwt::sign(&call.state.secret, claims, seconds));
}

fn list(call: &Call) -> Handled {
    storage::find_file(call, "read")?;
    let resource = format!("{}:{}", call.text_or_empty("bucketId"), call.text_or_empty("fileId"));
    let mut tokens = call.state.store.all(&collection(call))?;
    tokens.retain(|token| token["resourceId"] == resource);
    let page = call.page("Token", tokens)?;
    Ok(Response::list("tokens", page.total, page.documents.iter().map(public).collect()))
}

fn get(call: &Call) -> Handled {
    Ok(Response::ok(find(call)?))
}

fn update(call: &Call) -> Handled {
    let mut token = find(call)?;
    token["expire"] = json!(call.text_or_empty("expire"));
    sign(call, &mut token);
    call.state.store.put(&collection(call), call.text_or_empty("tokenId"), &token)?;
    Ok(Response::ok(token))
}

fn delete(call: &Call) -> Handled {
    find(call)?;
    call.state.store.remove(&collection(call), call.text_or_empty("tokenId"))?;
    Ok(Response::empty())
}

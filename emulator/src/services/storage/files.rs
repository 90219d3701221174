//! Files, apart from their contents.

use serde_json::{Value, json};

use super::{buckets, disk};
use crate::{
    auth::permission,
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
    services::{databases::new_permissions, public},
};

/// 404 for a file.
pub(super) fn not_found() -> Failure {
    Failure::new(404, "storage_file_not_found", "The requested file could not be found.")
}

/// 409 for a file.
pub(super) fn already_there() -> Failure {
    Failure::new(409, "storage_file_already_exists", "A storage file with the requested ID already exists.")
}

/// Where the files of the call's bucket are kept.
pub(super) fn collection(call: &Call) -> String {
    call.collection(&format!("files/{}", call.text_or_empty("bucketId")))
}

/// The file that the call names, if the caller may do this with it.
///
/// Without file security the bucket decides, and says so (401); with it, what is not allowed does not exist (404).
pub(in crate::services) fn find(call: &Call, action: &str) -> Result<Value, Failure> {
    let bucket = buckets::find(call)?;
    let roles = call.caller.roles();
    let file = || {
        let found = call.state.store.get(&collection(call), call.text_or_empty("fileId"))?;
        found.ok_or_else(not_found)
    };
    if call.caller.is_key() || permission::allows(&bucket["$permissions"], action, &roles) {
        return file();
    }
    if bucket["fileSecurity"] != true {
        permission::require(&bucket["$permissions"], action, &roles)?;
    }
    let file = file()?;
    match permission::allows(&file["$permissions"], action, &roles) {
        true => Ok(file),
        false if permission::allows(&file["$permissions"], "read", &roles) => Err(Failure::unauthorized()),
        false => Err(not_found()),
    }
}

/// The permissions for a new file.
pub(super) fn permissions(call: &Call) -> Result<Value, Failure> {
    new_permissions(call)
}

pub(super) fn list(call: &Call) -> Handled {
    let bucket = buckets::find(call)?;
    let roles = call.caller.roles();
    let sees_all = call.caller.is_key() || permission::allows(&bucket["$permissions"], "read", &roles);
    if !sees_all && bucket["fileSecurity"] != true {
        permission::require(&bucket["$permissions"], "read", &roles)?;
    }
    let mut files = call.state.store.all(&collection(call))?;
    files.retain(|file| sees_all || permission::allows(&file["$permissions"], "read", &roles));
    let page = call.page("File", files)?;
    Ok(Response::list("files", page.total, page.documents.iter().map(public).collect()))
}

pub(super) fn get(call: &Call) -> Handled {
    Ok(Response::ok(public(&find(call, "read")?)))
}

pub(super) fn update(call: &Call) -> Handled {
    let mut file = find(call, "update")?;
    if let Some(name) = call.value("name") {
        file["name"] = name.clone();
    }
    if call.value("permissions").is_some() {
        file["$permissions"] = new_permissions(call)?;
    }
    file["$updatedAt"] = json!(clock::now());
    call.state.store.put(&collection(call), call.text_or_empty("fileId"), &file)?;
    Ok(Response::ok(public(&file)))
}

pub(super) fn delete(call: &Call) -> Handled {
    find(call, "delete")?;
    let (bucket, id) = (call.text_or_empty("bucketId"), call.text_or_empty("fileId"));
    call.state.store.remove(&collection(call), id)?;
    disk::remove(call, bucket, id)?;
    Ok(Response::empty())
}

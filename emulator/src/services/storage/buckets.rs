//! Buckets.

use serde_json::{Value, json};

use super::disk;
use crate::{
    auth::permission,
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
};

/// The largest file a bucket takes by default: 5 GB.
const MAXIMUM_FILE_SIZE: i64 = 5_000_000_000;

fn collection(call: &Call) -> String {
    call.collection("buckets")
}

/// The bucket that the call names; a disabled one exists for keys only.
pub(in crate::services) fn find(call: &Call) -> Result<Value, Failure> {
    let found = call.state.store.get(&collection(call), call.text_or_empty("bucketId"))?;
    found.filter(|bucket| call.caller.is_key() || bucket["enabled"] != false).ok_or_else(|| {
        Failure::new(
            404,
            "storage_bucket_not_found",
            "Storage bucket with the requested ID could not be found.",
        )
    })
}

pub(super) fn create(call: &Call) -> Handled {
    let id = call.new_id("bucketId");
    let now = clock::now();
    let bucket = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now,
        "$permissions": permission::expand(call.value("permissions").unwrap_or(&json!([]))),
        "fileSecurity": call.flag("fileSecurity").unwrap_or(false), "name": call.text_or_empty("name"),
        "enabled": call.flag("enabled").unwrap_or(true),
        "maximumFileSize": call.integer("maximumFileSize").unwrap_or(MAXIMUM_FILE_SIZE),
        "allowedFileExtensions": call.list("allowedFileExtensions"),
        "compression": call.text("compression").unwrap_or("none"),
        "encryption": call.flag("encryption").unwrap_or(true),
        "antivirus": call.flag("antivirus").unwrap_or(true),
        "transformations": call.flag("transformations").unwrap_or(true), "totalSize": 0,
    });
    if !call.state.store.insert(&collection(call), &id, &bucket)? {
        return Err(Failure::new(
            409,
            "storage_bucket_already_exists",
            "A storage bucket with the requested ID already exists. Try again with a different ID or use \
             ID.unique() to generate a unique ID.",
        ));
    }
    Ok(Response::created(bucket))
}

pub(super) fn list(call: &Call) -> Handled {
    let page = call.page("Bucket", call.state.store.all(&collection(call))?)?;
    Ok(Response::list("buckets", page.total, page.documents))
}

pub(super) fn get(call: &Call) -> Handled {
    Ok(Response::ok(find(call)?))
}

pub(super) fn update(call: &Call) -> Handled {
    let mut bucket = find(call)?;
    crate::services::generic::merge(call, &mut bucket);
    if let Some(permissions) = call.value("permissions") {
        bucket["$permissions"] = permission::expand(permissions);
    }
    call.state.store.put(&collection(call), call.text_or_empty("bucketId"), &bucket)?;
    Ok(Response::ok(bucket))
}

pub(super) fn delete(call: &Call) -> Handled {
    find(call)?;
    let id = call.text_or_empty("bucketId");
    call.state.store.remove(&collection(call), id)?;
    call.state.store.remove_tree(&call.collection(&format!("files/{id}")))?;
    disk::remove_bucket(call, id)?;
    Ok(Response::empty())
}

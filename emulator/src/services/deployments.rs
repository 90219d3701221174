//! Deployments of functions and sites: their source is kept, in one piece or in chunks; the emulator does not build it.

use serde_json::{Value, json};

use super::{
    Handler, generic, set,
    storage::{disk, id_in_header, range, serve},
};
use crate::{
    call::Call,
    clock,
    failure::Failure,
    random,
    response::{Handled, Response},
};

/// Where sources lie, beside the buckets, whose IDs cannot start so.
const PLACE: &str = "_deployments";

/// The largest source: as large as the largest file.
const MAXIMUM_SIZE: u64 = 5_000_000_000;

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "createDeployment" => create,
        "createDuplicateDeployment" => duplicate,
        "updateDeploymentStatus" => cancel,
        "getDeploymentDownload" => download,
        _ => return None,
    })
}

fn create(call: &Call) -> Handled {
    generic::require_parents(call, &generic::target(call))?;
    let upload = call
        .upload
        .as_ref()
        .ok_or_else(|| Failure::new(400, "storage_file_empty", "Empty file passed to the endpoint."))?;
    let (start, total) = match call.header("content-range") {
        Some(header) => range(header)?,
        None => (0, upload.content.len() as u64),
    };
    if total > MAXIMUM_SIZE {
        return Err(Failure::new(400, "storage_invalid_file_size", "File size not allowed"));
    }
    let id = id_in_header(call)?.unwrap_or_else(random::id);
    let target = generic::target(call);
    disk::write_chunk(call, PLACE, &id, start / disk::CHUNK, &upload.content, total)?;
    let mut deployment = match call.state.store.get(&target.collection, &id)? {
        Some(deployment) => deployment,
        None => draft(call, &id),
    };
    deployment["sourceSize"] = json!(total);
    deployment["totalSize"] = json!(total);
    deployment["$updatedAt"] = json!(clock::now());
    call.state.store.put(&target.collection, &id, &deployment)?;
    Ok(Response::json(202, deployment))
}

fn draft(call: &Call, id: &str) -> Value {
    let (_, mut deployment) = generic::draft(call);
    let owner = call.text("functionId").or(call.text("siteId"));
    deployment["$id"] = json!(id);
    deployment["type"] = json!("manual");
    deployment["status"] = json!("waiting");
    deployment["resourceId"] = json!(owner);
    deployment["resourceType"] = json!(call.method.service);
    deployment
}

/// Another deployment of the same source.
fn duplicate(call: &Call) -> Handled {
    let target = generic::target(call);
    generic::require_parents(call, &target)?;
    let origin = call.text_or_empty("deploymentId");
    let Some(mut deployment) = call.state.store.get(&target.collection, origin)? else {
        return Err(generic::not_found(call, &target.noun));
    };
    let (id, now) = (random::id(), clock::now());
    std::fs::copy(disk::path(call, PLACE, origin)?, disk::path(call, PLACE, &id)?)?;
    let fresh = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "status": "waiting", "activate": false, "buildLogs": "",
    });
    set(&mut deployment, &fresh);
    call.state.store.put(&target.collection, &id, &deployment)?;
    Ok(Response::json(202, deployment))
}

/// Ends a build, which no program has begun.
fn cancel(call: &Call) -> Handled {
    let target = generic::target(call);
    let mut deployment = generic::find(call, &target)?;
    if matches!(deployment["status"].as_str(), Some("ready" | "failed")) {
        return Err(Failure::new(
            400,
            "build_already_completed",
            "Build with the requested ID is already completed.",
        ));
    }
    deployment["status"] = json!("canceled");
    deployment["$updatedAt"] = json!(clock::now());
    call.state.store.put(&target.collection, target.id.as_deref().unwrap_or_default(), &deployment)?;
    Ok(Response::ok(deployment))
}

fn download(call: &Call) -> Handled {
    let target = generic::target(call);
    generic::require_parents(call, &target)?;
    generic::find(call, &target)?;
    let id = target.id.as_deref().unwrap_or_default();
    if !disk::path(call, PLACE, id)?.exists() {
        return Err(Failure::new(404, "deployment_not_found", "The requested deployment has no source."));
    }
    let name = format!("attachment; filename=\"{id}.tar.gz\"");
    Ok(serve(call, PLACE, id, "application/gzip")?.with("content-disposition", name))
}

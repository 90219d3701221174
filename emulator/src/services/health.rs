//! Health: everything is well.

use serde_json::json;

use super::Handler;
use crate::{
    SERVER_VERSION,
    call::Call,
    failure::Failure,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "get" => |_| Ok(status("http")),
        "getStorage" | "getStorageLocal" => |_| Ok(status("")),
        "getAntivirus" => |_| Ok(Response::ok(json!({"status": "disabled", "version": ""}))),
        "getVersion" => |_| Ok(Response::ok(json!({"version": SERVER_VERSION}))),
        "getCache" => |_| Ok(list(&["Cache"])),
        "getDB" => |_| Ok(list(&["Console.DB (console)", "Projects.DB (database_db_main)"])),
        "getPubSub" | "getPubsub" => |_| Ok(list(&["PubSub (pubsub)"])),
        "getTime" => |_| Err(Failure::server()),
        "getCertificate" => certificate,
        name if name.starts_with("getQueue") || name.starts_with("getFailedJobs") => {
            |_| Ok(Response::ok(json!({"size": 0})))
        }
        _ => return None,
    })
}

fn status(name: &str) -> Response {
    Response::ok(json!({"name": name, "ping": 0, "status": "pass"}))
}

fn list(names: &[&str]) -> Response {
    let statuses = names.iter().map(|name| json!({"name": name, "ping": 0, "status": "pass"}));
    Response::list("statuses", names.len(), statuses.collect())
}

/// The emulator never goes out to look at a certificate.
fn certificate(call: &Call) -> Handled {
    let message = format!("Failed to connect to host: {}", call.text_or_empty("domain"));
    Err(Failure::new(404, "health_invalid_host", message))
}

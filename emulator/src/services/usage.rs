//! Usage: a flat line, as long as the range asked for.

use serde_json::{Map, Value, json};
use time::Duration;

use super::Handler;
use crate::{
    call::Call,
    clock,
    failure::Failure,
    response::{Body, Handled, Response},
};

pub(super) fn handler(service: &str, name: &str) -> Option<Handler> {
    Some(match (service, name) {
        ("users", "getUsage") => |call| report(call, &["users", "sessions"]),
        ("storage", "getUsage") => |call| storage(call, &["buckets", "files"]),
        ("storage", "getBucketUsage") => |call| {
            super::storage::bucket(call)?;
            let mut response = storage(call, &["files"])?;
            if let Body::Json(usage) = &mut response.body {
                usage["imageTransformations"] = usage["files"].clone();
                usage["imageTransformationsTotal"] = json!(0);
            }
            Ok(response)
        },
        ("tablesDB" | "databases", "getUsage") => |call| {
            super::databases::database(call)?;
            report(
                call,
                &["collections", "tables", "documents", "rows", "storage", "databaseReads", "databaseWrites"],
            )
        },
        _ => return None,
    })
}

/// The same of files: the series of what they take is `storage`, its total `filesStorageTotal`.
fn storage(call: &Call, names: &[&str]) -> Handled {
    let mut response = report(call, &[names, &["storage"]].concat())?;
    if let Body::Json(Value::Object(usage)) = &mut response.body
        && let Some(total) = usage.remove("storageTotal")
    {
        usage.insert("filesStorageTotal".to_owned(), total);
    }
    Ok(response)
}

/// A total and a series for each name.
fn report(call: &Call, names: &[&str]) -> Handled {
    let range = call.text("range").unwrap_or("30d");
    let (count, step) = match range {
        "24h" => (24, Duration::HOUR),
        "30d" => (30, Duration::DAY),
        "90d" => (90, Duration::DAY),
        _ => return Err(Failure::argument("range", "Value must be one of (24h, 30d, 90d)")),
    };
    let now = clock::moment();
    let points: Vec<Value> =
        (0..count).rev().map(|ago| json!({"value": 0, "date": clock::write(now - step * ago)})).collect();
    let mut usage = Map::from_iter([("range".to_owned(), json!(range))]);
    for name in names {
        usage.insert(format!("{name}Total"), json!(0));
        usage.insert((*name).to_owned(), json!(points));
    }
    Ok(Response::ok(Value::Object(usage)))
}

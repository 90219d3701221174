//! Migrations, which the emulator does not carry out: they stay as they begin.

use serde_json::json;

use super::{Handler, generic, set};
use crate::{
    call::Call,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    (name.starts_with("create") && name.ends_with("Migration")).then_some(create)
}

fn create(call: &Call) -> Handled {
    let (id, mut migration) = generic::draft(call);
    // `createNHostMigration` → `NHost`.
    let source = call.method.name.trim_start_matches("create").trim_end_matches("Migration");
    let fields = json!({
        "status": "pending", "stage": "init", "source": source, "destination": "Appwrite",
        "resources": call.list("resources"), "resourceId": "", "statusCounters": [], "resourceData": [],
        "errors": [], "options": {"onDuplicate": call.text("onDuplicate").unwrap_or("fail")},
    });
    set(&mut migration, &fields);
    call.state.store.put(&call.collection("resources/migrations"), &id, &migration)?;
    Ok(Response::json(202, migration))
}

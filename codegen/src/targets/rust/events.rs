//! What events carry.

use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::{Value, json};

/// Where the models of payloads stand, and where what realtime needs.
pub(super) const FOLDERS: [&str; 2] = ["core/src/event/generated", "core/src/realtime/generated"];

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let payloads = api
        .events
        .payloads
        .iter()
        .map(|(name, model)| json!({ "segments": name.split('.').collect::<Vec<_>>(), "model": model }));
    let context = json!({ "header": header("events.toml"), "payloads": payloads.collect::<Vec<Value>>() });
    let realtime = &api.events.realtime;
    let given = json!({
        "header": header("events.toml"), "path": realtime.path, "messages": realtime.messages,
        "message_bytes": realtime.message_bytes, "queries": realtime.queries, "buffer": realtime.buffer,
        "silence": realtime.silence,
    });
    Ok(vec![
        File::new(format!("{}/mod.rs", FOLDERS[0]), templates.render("events.rs", context)?),
        File::new(format!("{}/mod.rs", FOLDERS[1]), templates.render("realtime.rs", given)?),
    ])
}

//! What events carry.

use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::{Value, json};

pub(super) const FOLDER: &str = "core/src/event/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let payloads = api
        .events
        .payloads
        .iter()
        .map(|(name, model)| json!({ "segments": name.split('.').collect::<Vec<_>>(), "model": model }));
    let context = json!({ "header": header("events.toml"), "payloads": payloads.collect::<Vec<Value>>() });
    Ok(File::new(format!("{FOLDER}/mod.rs"), templates.render("events.rs", context)?))
}

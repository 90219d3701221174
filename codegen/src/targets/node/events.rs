//! What events carry.

use super::FOLDER;
use super::types::has_own_fields;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let names: BTreeSet<&String> = api.events.payloads.values().filter(|name| !name.is_empty()).collect();
    let carries_data =
        |name: &str| api.models.get(name).is_some_and(|model| model.open && has_own_fields(model));
    let kind = |name: &str| match api.models.get(name) {
        _ if carries_data(name) => format!("Models.{name} & Data"),
        Some(model) if model.open => format!("Models.Default{name}"),
        _ => format!("Models.{name}"),
    };
    let payloads = names.iter().map(|name| json!({ "name": name, "kind": kind(name) }));
    let context = json!({
        "header": header("events.toml"), "has_data": names.iter().any(|name| carries_data(name)),
        "payloads": payloads.collect::<Vec<Value>>(),
    });
    Ok(File::new(format!("{FOLDER}/events.ts"), templates.render("events.ts", context)?))
}

//! Transfers of several files: their operations, and what they return.

use super::FOLDER;
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::json;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let context = json!({ "header": header("services/storage.toml"), "several": docs::several(api) });
    Ok(File::new(format!("{FOLDER}/transfers.ts"), templates.render("transfers.ts", context)?))
}

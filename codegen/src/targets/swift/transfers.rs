//! Transfers of several files: their operations.

use super::helpers::FOLDER;
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::json;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let context = json!({ "header": header("services/storage.toml"), "several": docs::several(api) });
    let text = templates.render("transfers.swift", context)?;
    Ok(File::new(format!("{FOLDER}/Transfers+Operations.swift"), text))
}

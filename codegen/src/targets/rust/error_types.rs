//! Constants for the server's names of errors.

use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::json;

pub(super) const FOLDER: &str = "core/src/error_types/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let context = json!({ "header": header("errors.toml"), "types": api.errors });
    Ok(File::new(format!("{FOLDER}/mod.rs"), templates.render("error_types.rs", context)?))
}

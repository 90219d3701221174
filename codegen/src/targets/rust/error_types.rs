//! Constants for the server's names of errors.

use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, names};
use serde_json::{Value, json};

pub(super) const FOLDER: &str = "core/src/error_types/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let types = api.errors.iter().map(
        |(name, status)| json!({ "name": name, "status": status, "constant": names::screaming_snake(name) }),
    );
    let mut types: Vec<Value> = types.collect();
    types.sort_by_key(|item| item["name"].to_string());
    let context = json!({ "header": header("errors.toml"), "types": types });
    Ok(File::new(format!("{FOLDER}/mod.rs"), templates.render("error_types.rs", context)?))
}

//! The kinds of errors.

use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, names};
use serde_json::{Value, json};

pub(super) const FOLDER: &str = "core/src/error/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let kinds = api
        .kinds
        .values()
        .map(|kind| json!({ "name": kind.name, "variant": names::pascal(&kind.name), "about": kind.about }));
    let context = json!({ "header": header("kinds.toml"), "kinds": kinds.collect::<Vec<Value>>() });
    Ok(File::new(format!("{FOLDER}/mod.rs"), templates.render("error_kinds.rs", context)?))
}

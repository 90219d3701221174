//! What transfers of several files return.

use super::errors::INNER;
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::json;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let context = json!({ "header": header("services/storage.toml"), "model": docs::sent_file(api) });
    Ok(File::new(format!("{INNER}/transfers.py"), templates.render("transfers.py", context)?))
}

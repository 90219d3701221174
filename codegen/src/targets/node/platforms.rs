//! The packages with native libraries, each behind a `require` that bundlers and file tracers can follow.

use super::FOLDER;
use crate::target::{File, header_of};
use crate::templates::Templates;
use anyhow::Result;
use serde_json::{Value, json};

/// The one list of platforms; packing and releasing read it too.
const PLATFORMS: &str = include_str!("../../../../bindings-node/platforms.json");

pub(super) fn render(templates: &Templates) -> Result<File> {
    let platforms: Value = serde_json::from_str(PLATFORMS)?;
    let header = header_of("bindings-node/platforms.json");
    let text = templates.render("platforms.ts", json!({ "header": header, "platforms": platforms }))?;
    Ok(File::new(format!("{FOLDER}/platforms.ts"), text))
}

//! The `__init__` of a package whose names are loaded when they are first used.

use super::FOLDER;
use super::text::WIDTH;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use serde_json::json;

/// The `__init__` of a package: names and the modules they are in.
pub(super) fn render(
    templates: &Templates,
    package: &str,
    source: &str,
    about: &str,
    names: &[(String, String)],
) -> Result<File> {
    let imports: Vec<String> = names
        .iter()
        .map(|(name, module)| {
            let line = format!("    from .{module} import {name} as {name}");
            if line.chars().count() <= WIDTH {
                return line;
            }
            format!("    from .{module} import (\n        {name} as {name},\n    )")
        })
        .collect();
    let depth = package.split('/').count() + 1;
    let context = json!({
        "header": header(source), "about": about, "names": names, "imports": imports, "root": ".".repeat(depth),
        "models": package == "models", "services": package == "services",
    });
    Ok(File::new(format!("{FOLDER}/{package}/__init__.py"), templates.render("index.py", context)?))
}

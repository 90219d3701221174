//! Copies the hand-written sources of a folder.

use super::manifest;
use anyhow::{Context, Result};
use std::path::Path;

/// What builds and tests leave behind, and tests, which are about this repository's own definition.
const NOT_SOURCES: [&str; 9] =
    [".build", ".venv", "__pycache__", "benches", "build", "dist", "node_modules", "target", "tests"];

/// Endings of what builds leave beside the sources.
const NOT_SOURCE_FILES: [&str; 3] = [".node", ".pyc", ".so"];

/// Copies `folder`, below `root`, to the same place below `out`, without these folders: what is generated, and what the SDK
/// goes without.
pub(super) fn folder(root: &Path, out: &Path, folder: &Path, without: &[&str]) -> Result<()> {
    if without.iter().any(|it| Path::new(it) == folder) {
        return Ok(());
    }
    let target = out.join(folder);
    std::fs::create_dir_all(&target).with_context(|| target.display().to_string())?;
    let source = root.join(folder);
    for entry in std::fs::read_dir(&source).with_context(|| source.display().to_string())? {
        let entry = entry?;
        let path = entry.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let inner = folder.join(name);
        if path.is_dir() {
            if !NOT_SOURCES.contains(&name) {
                self::folder(root, out, &inner, without)?;
            }
        } else if name == "Cargo.toml" {
            manifest::package(&path, &out.join(&inner))?;
        } else if !NOT_SOURCE_FILES.iter().any(|ending| name.ends_with(ending)) {
            std::fs::copy(&path, out.join(&inner)).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

//! A complete SDK from any definition: the hand-written parts of this repository beside facades for that definition.

mod copy;
mod manifest;

use crate::{Target, output, targets};
use anyhow::{Context, Result};
use polywrite_api::Api;
use std::collections::BTreeSet;
use std::path::Path;

/// What stands at the root of every SDK.
const ROOT_FILES: [&str; 6] =
    ["Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "clippy.toml", "rustfmt.toml"];

/// The folders that the native layers of all languages are built on.
const CORE: [&str; 2] = ["core", "models"];

/// Puts the SDK for `languages` into the folder `out`. `root` is this repository.
///
/// Files that are there already are written over; nothing else in `out` is touched, but what is stale in folders
/// called `generated`.
///
/// # Errors
/// When a language can't say what the definition asks for, a formatter is missing, or a file can't be written.
pub fn build(root: &Path, api: &Api, languages: &[Box<dyn Target>], out: &Path) -> Result<()> {
    let folders: BTreeSet<&str> =
        languages.iter().flat_map(|language| language.hand_written()).copied().collect();
    let generated: Vec<&str> =
        targets::all().iter().flat_map(|language| language.folders()).copied().collect();
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    for folder in &folders {
        copy::folder(root, out, Path::new(folder), &generated)?;
    }
    for name in ROOT_FILES.iter().filter(|name| root.join(name).is_file()) {
        std::fs::copy(root.join(name), out.join(name))
            .with_context(|| out.join(name).display().to_string())?;
    }
    manifest::workspace(root, out, &folders)?;
    for language in with_core(languages, &folders) {
        let files = output::rendered(&*language, api, root)?;
        output::write(&*language, &files, out)?;
    }
    Ok(())
}

/// Every language's native layer needs the core's table, whether or not Rust was asked for.
fn with_core(languages: &[Box<dyn Target>], folders: &BTreeSet<&str>) -> Vec<Box<dyn Target>> {
    let asked: BTreeSet<&str> = languages.iter().map(|language| language.name()).collect();
    let is_core = |language: &dyn Target| language.hand_written() == CORE;
    targets::all()
        .into_iter()
        .filter(|language| {
            asked.contains(language.name())
                || (CORE.iter().all(|folder| folders.contains(folder)) && is_core(&**language))
        })
        .collect()
}

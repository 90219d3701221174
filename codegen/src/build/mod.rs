//! A complete SDK from any definition: the hand-written parts of this repository beside facades for that definition.

mod copy;
mod manifest;

use crate::{Target, output, targets};
use anyhow::{Context, Result, bail, ensure};
use polywrite_api::Api;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// What stands at the root of every SDK.
const ROOT_FILES: [&str; 6] =
    ["Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "clippy.toml", "rustfmt.toml"];

/// The folders that the native layers of all languages are built on.
const CORE: [&str; 2] = ["core", "models"];

/// Puts the SDK for `languages` into the folder `out`. `root` is this repository.
///
/// Files that are there already are written over; nothing else in `out` is touched, but what is stale among generated
/// files.
///
/// # Errors
/// When `out` is where the sources are, a language cannot say what the definition asks for, a formatter is missing, or
/// a file cannot be written.
pub fn build(root: &Path, api: &Api, languages: &[Box<dyn Target>], out: &Path) -> Result<()> {
    let folders: BTreeSet<&str> =
        languages.iter().flat_map(|language| language.hand_written()).copied().collect();
    let every_language = targets::all();
    let generated = every_language.iter().flat_map(|language| language.folders());
    let left_out = languages.iter().flat_map(|language| language.left_out(api));
    let not_copied: Vec<&str> = generated.chain(left_out).copied().collect();
    refuse_own_sources(root, out, &folders)?;
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    for folder in &folders {
        copy::folder(root, out, Path::new(folder), &not_copied)?;
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

/// A file that is copied onto itself is emptied, and a folder into itself never ends.
fn refuse_own_sources(root: &Path, out: &Path, folders: &BTreeSet<&str>) -> Result<()> {
    let (root, place) = (real(root)?, real(out)?);
    let is_inside = |folder: &&str| place.starts_with(root.join(folder));
    ensure!(
        !root.starts_with(&place) && !folders.iter().any(is_inside),
        "{} is where the SDK's own sources are; choose another folder",
        out.display()
    );
    Ok(())
}

/// A path without links or `..`, also of a folder that is not there yet.
fn real(path: &Path) -> Result<PathBuf> {
    let mut missing = Vec::new();
    let mut there = std::path::absolute(path)?;
    loop {
        if let Ok(real) = there.canonicalize() {
            return Ok(missing.into_iter().rev().fold(real, |path, name: OsString| path.join(name)));
        }
        match there.components().next_back() {
            Some(Component::Normal(name)) => missing.push(name.to_owned()),
            other => bail!("{} leads nowhere ({other:?})", path.display()),
        }
        there.pop();
    }
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
